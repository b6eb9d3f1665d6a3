package dev.nettcp.capture;

/** Who says it. */
public enum Side {
    /** The side that opened the connection. */
    CLIENT,
    /** The side that accepted it. */
    SERVER;

    /** Whom it is said to. */
    public Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    /** {@code client} or {@code server}. */
    @Override
    public String toString() {
        return this == CLIENT ? "client" : "server";
    }
}
