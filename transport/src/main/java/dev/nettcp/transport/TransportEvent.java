package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.ViaUri;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a {@link TransportListener} is told. Of one session at a client, in this order: {@link PoolUsed}, {@link LookedUp} and {@link
 * ConnectAttempted} where there was no pooled connection, {@link Upgraded}, {@link SessionOpened}, {@link FirstByte}, {@link SessionEnded}; {@link
 * SessionNotOpened} ends it early.
 */
public sealed interface TransportEvent {

    /**
     * A client has asked for the addresses of a host.
     *
     * @param addresses how many there are
     * @param failureOrNull why there are none
     */
    record LookedUp(
            ViaUri via,
            int addresses,
            Duration took,
            @Nullable Throwable failureOrNull) implements TransportEvent {

        public Optional<Throwable> failure() {
            return Optional.ofNullable(failureOrNull);
        }
    }

    /**
     * A client has tried to connect to one address.
     *
     * @param failureOrNull why it is not connected
     */
    record ConnectAttempted(
            ViaUri via,
            InetSocketAddress remote,
            Duration took,
            @Nullable Throwable failureOrNull) implements TransportEvent {

        public Optional<Throwable> failure() {
            return Optional.ofNullable(failureOrNull);
        }
    }

    /**
     * A handshake that secures a stream has ended.
     *
     * @param upgrade its name on the wire
     * @param took from the agreement on it
     * @param failureOrNull why the stream is not secured
     */
    record Upgraded(
            StreamUpgrade.Side side,
            ConnectionAddresses addresses,
            String upgrade,
            Duration took,
            @Nullable Throwable failureOrNull)
            implements TransportEvent {

        public Optional<Throwable> failure() {
            return Optional.ofNullable(failureOrNull);
        }
    }

    /**
     * A session is acknowledged.
     *
     * @param reused whether its connection had a session before
     * @param took at a client from the first byte of the preamble, at a server from the complete via
     */
    record SessionOpened(StreamUpgrade.Side side, Session session, boolean reused, Duration took)
            implements TransportEvent {}

    /**
     * Introducing a session failed, whoever was to blame.
     *
     * @param viaOrNull what it was for, as far as that is known
     * @param cause what the other side is told, or would be
     */
    record SessionNotOpened(
            StreamUpgrade.Side side, @Nullable ViaUri viaOrNull, Throwable cause) implements TransportEvent {

        public Optional<ViaUri> via() {
            return Optional.ofNullable(viaOrNull);
        }
    }

    /**
     * The first byte of the peer in a session.
     *
     * @param took at a client from its first envelope, at a server from the acknowledgement
     */
    record FirstByte(StreamUpgrade.Side side, Session session, Duration took) implements TransportEvent {}

    /**
     * A session that had been opened is over.
     *
     * @param open how long it was
     * @param failureOrNull what ended it before both sides had
     */
    record SessionEnded(
            StreamUpgrade.Side side,
            Session session,
            Duration open,
            SessionTotals totals,
            @Nullable TransportException failureOrNull)
            implements TransportEvent {

        public Optional<TransportException> failure() {
            return Optional.ofNullable(failureOrNull);
        }
    }

    /** A server has told a client by a fault why it is not served, or not any longer. */
    record FaultSent(ConnectionAddresses addresses, FaultCode fault, String reason) implements TransportEvent {}

    /** A client has been told so. */
    record FaultReceived(ConnectionAddresses addresses, FaultCode fault) implements TransportEvent {}

    /**
     * A client's pool of idle connections was used.
     *
     * @param host and
     * @param port where the connection leads, or was to lead
     * @param idle how many connections are idle in the whole pool now
     */
    record PoolUsed(PoolAction action, String host, int port, int idle) implements TransportEvent {}

    /** What may happen in a pool. */
    enum PoolAction {
        /** An idle connection was there, and is used. */
        TAKEN,
        /** None was there. */
        MISSED,
        /** A connection whose session has ended waits for the next one. */
        PUT,
        /** A connection whose session has ended was closed: the pool is full or closed, or the connection too old. */
        NOT_KEPT,
        /** An idle connection was closed after its idle or lease timeout. */
        EXPIRED,
        /** The server has closed an idle connection. */
        LOST
    }
}
