package dev.nettcp.sharing;

/**
 * Version of the registration protocol, as the first message of a control session states it.
 *
 * <p>A higher minor version only adds fields, optional messages and features, so both sides go on. A higher major version
 * than the service's own is refused with {@link StatusCode#VERSION_UNSUPPORTED}; an equal or lower one is accepted as long
 * as the service still speaks it.
 */
public record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion> {
    /** What this build speaks. */
    public static final ProtocolVersion CURRENT = new ProtocolVersion(1, 0);

    public ProtocolVersion {
        if (major < 1 || minor < 0) {
            throw new IllegalArgumentException("protocol version %d.%d does not exist".formatted(major, minor));
        }
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
