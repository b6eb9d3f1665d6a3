package dev.nettcp.cli.remote;

import java.util.Locale;

/** What happens between a client's wish and an open session, in this order. */
enum Step {
    LOOK_UP("look up the host", "looking up the host"),
    CONNECT("connect", "connecting"),
    AGREE("agree on TLS", "waiting for the answer to the wish for TLS"),
    HANDSHAKE("TLS handshake", "in the TLS handshake"),
    ACKNOWLEDGE("introduce the session", "waiting for the acknowledgement of the session"),
    CLOSE("close the session", "closing the session");

    private final String title;
    private final String meanwhile;

    Step(String title, String meanwhile) {
        this.title = title;
        this.meanwhile = meanwhile;
    }

    /** For a list. */
    String title() {
        return title;
    }

    /** While it goes on, in the middle of a sentence. */
    String meanwhile() {
        return meanwhile;
    }

    /** For programs. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
