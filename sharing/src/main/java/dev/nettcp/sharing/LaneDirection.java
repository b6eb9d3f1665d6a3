package dev.nettcp.sharing;

/** Which end of a lane offers connections. A worker opens lanes of both directions. */
public enum LaneDirection {
    /** The service offers, the worker takes: the ordinary way of a new connection. */
    HANDOVER(1),
    /** The worker offers, the service takes: a pooled connection whose next session is another worker's. */
    RETURN(2);

    private final int code;

    LaneDirection(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static LaneDirection of(int code) throws ControlProtocolException {
        return switch (code) {
            case 1 -> HANDOVER;
            case 2 -> RETURN;
            default ->
                throw new ControlProtocolException(
                        "lane direction %d; known are 1 (handover) and 2 (return)".formatted(code));
        };
    }
}
