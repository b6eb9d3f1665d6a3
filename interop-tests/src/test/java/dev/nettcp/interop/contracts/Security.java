package dev.nettcp.interop.contracts;

/** How the stream is secured. */
public enum Security {
    PLAIN("plain"),
    TLS("TLS"),
    MUTUAL_TLS("mutual TLS");

    private final String text;

    Security(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
