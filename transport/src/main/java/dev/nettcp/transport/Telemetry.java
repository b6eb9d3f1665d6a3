package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.ViaUri;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens at one side, to its {@link TransportListener} and to the Flight Recorder. Steps that take time are told in two halves: the method
 * that begins one returns what its end is to be told to. Thread-safe.
 */
final class Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private final StreamUpgrade.Side side;
    private final @Nullable TransportListener listener;
    private final AtomicBoolean complained = new AtomicBoolean();

    Telemetry(StreamUpgrade.Side side, TransportListener listener) {
        this.side = side;
        this.listener = TransportListener.NONE.equals(listener) ? null : listener;
    }

    StreamUpgrade.Side side() {
        return side;
    }

    /** The answer goes to what is returned, or why there is none. A literal address is not looked up. */
    BiConsumer<@Nullable List<?>, @Nullable Throwable> lookingUp(ViaUri via) {
        if (via.address().isPresent()) {
            return (addresses, failure) -> {};
        }
        long start = System.nanoTime();
        FlightEvents.LookUp flight = new FlightEvents.LookUp();
        flight.begin();
        return (addresses, failure) -> {
            int found = addresses == null ? 0 : addresses.size();
            if (flight.shouldCommit()) {
                flight.host = via.host();
                flight.addresses = found;
                flight.failure = text(failure);
                flight.commit();
            }
            if (listener != null) {
                tell(new TransportEvent.LookedUp(via, found, since(start), failure));
            }
        };
    }

    Consumer<@Nullable Throwable> connecting(ViaUri via, InetSocketAddress remote) {
        long start = System.nanoTime();
        FlightEvents.Connect flight = new FlightEvents.Connect();
        flight.begin();
        return failure -> {
            if (flight.shouldCommit()) {
                flight.via = via.toString();
                flight.remote = ConnectionAddresses.text(remote);
                flight.failure = text(failure);
                flight.commit();
            }
            if (listener != null) {
                tell(new TransportEvent.ConnectAttempted(via, remote, since(start), failure));
            }
        };
    }

    BiConsumer<@Nullable RemoteSecurity, @Nullable Throwable> upgrading(ConnectionAddresses addresses, String upgrade) {
        long start = System.nanoTime();
        FlightEvents.Upgrade flight = new FlightEvents.Upgrade();
        flight.begin();
        return (remote, failure) -> {
            if (flight.shouldCommit()) {
                flight.side = side.name();
                flight.remote = addresses.remoteText();
                flight.upgrade = upgrade;
                flight.mechanism = remote == null ? null : remote.mechanism();
                flight.failure = text(failure);
                flight.commit();
            }
            if (listener != null) {
                tell(new TransportEvent.Upgraded(side, addresses, upgrade, since(start), failure));
            }
        };
    }

    void notOpened(@Nullable ViaUri via, Throwable cause) {
        if (listener != null) {
            tell(new TransportEvent.SessionNotOpened(side, via, cause));
        }
    }

    void faultSent(ConnectionAddresses addresses, FaultCode fault, String reason) {
        recordFault(addresses, fault, reason);
        if (listener != null) {
            tell(new TransportEvent.FaultSent(addresses, fault, reason));
        }
    }

    void faultReceived(ConnectionAddresses addresses, FaultCode fault) {
        recordFault(addresses, fault, null);
        if (listener != null) {
            tell(new TransportEvent.FaultReceived(addresses, fault));
        }
    }

    private void recordFault(ConnectionAddresses addresses, FaultCode fault, @Nullable String reason) {
        FlightEvents.Fault flight = new FlightEvents.Fault();
        if (flight.shouldCommit()) {
            flight.side = side.name();
            flight.remote = addresses.remoteText();
            flight.fault = fault.name();
            flight.reason = reason;
            flight.commit();
        }
    }

    void poolUsed(TransportEvent.PoolAction action, ConnectionPool pool, ConnectionPool.Key key) {
        FlightEvents.Pool flight = new FlightEvents.Pool();
        boolean recorded = flight.shouldCommit();
        if (!recorded && listener == null) {
            return;
        }
        int idle = pool.idleConnections();
        if (recorded) {
            flight.action = action.name();
            flight.host = key.host();
            flight.port = key.port();
            flight.idle = idle;
            flight.commit();
        }
        if (listener != null) {
            tell(new TransportEvent.PoolUsed(action, key.host(), key.port(), idle));
        }
    }

    void received(Session session, int bytes) {
        if (listener != null) {
            guarded(to -> to.envelopeReceived(session, bytes));
        }
    }

    void sent(Session session, int bytes) {
        if (listener != null) {
            guarded(to -> to.envelopeSent(session, bytes));
        }
    }

    boolean isListening() {
        return listener != null;
    }

    void tell(TransportEvent event) {
        guarded(to -> to.happened(event));
    }

    /** A listener that fails is somebody else's mistake: sessions go on. */
    private void guarded(Consumer<TransportListener> call) {
        TransportListener told = listener;
        if (told == null) {
            return;
        }
        try {
            call.accept(told);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            if (complained.compareAndSet(false, true)) {
                LOG.warn("The transport listener {} failed; further failures of it are not logged", told, e);
            }
        }
    }

    static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    static @Nullable String text(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
