package dev.nettcp.binding;

import java.time.Duration;

/**
 * How long an operation may take before it fails with a {@link NetTcpTimeoutException}.
 *
 * @param openTimeout connecting and the preamble, until the peer's acknowledgement
 * @param closeTimeout from this side's End to the peer's End
 * @param sendTimeout a whole call, from the request to its reply; or a one-way message, until it is written. Includes
 *     the opening of the session when the call is what opens it. In a streamed transfer mode: a client's call until the headers of the reply are
 *     there, so the whole writing of the request; and a server's writing of a reply
 * @param receiveTimeout how long a server keeps a session in which no message arrives. In a streamed transfer mode: how long either side waits
 *     for more of a message that is being read; and how long a client leaves an unread reply alone that holds the server up
 */
public record Timeouts(Duration openTimeout, Duration closeTimeout, Duration sendTimeout, Duration receiveTimeout) {
    /** WCF's defaults: 1 minute each, 10 minutes for receiving. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10));

    /** Refuses what is not longer than zero. */
    public Timeouts {
        Settings.positive(openTimeout, "openTimeout");
        Settings.positive(closeTimeout, "closeTimeout");
        Settings.positive(sendTimeout, "sendTimeout");
        Settings.positive(receiveTimeout, "receiveTimeout");
    }
}
