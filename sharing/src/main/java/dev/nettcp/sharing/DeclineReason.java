package dev.nettcp.sharing;

/** Why one offered connection was declined; the lane lives on. An unnamed code is still equal, sent and logged. */
public record DeclineReason(int code) {
    /** The receiving side gives up waiting for room of its own accord. */
    public static final DeclineReason NO_ROOM = new DeclineReason(1);
    /** The receiving side is closing. */
    public static final DeclineReason CLOSING = new DeclineReason(2);
    /** The receiving process is at its limit of open descriptors; the kernel dropped the one sent. */
    public static final DeclineReason DESCRIPTOR_LIMIT = new DeclineReason(3);
    /** What came is not a connection the receiving side may take, such as one of a port that it does not listen on. */
    public static final DeclineReason NOT_ACCEPTABLE = new DeclineReason(4);

    public DeclineReason {
        if (code < 0) {
            throw new IllegalArgumentException("a decline reason is not negative: " + code);
        }
    }

    @Override
    public String toString() {
        return switch (code) {
            case 1 -> "NoRoom";
            case 2 -> "Closing";
            case 3 -> "DescriptorLimit";
            case 4 -> "NotAcceptable";
            default -> "reason " + code;
        };
    }
}
