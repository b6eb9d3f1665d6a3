package dev.nettcp.sharing.service.handover;

import static dev.nettcp.sharing.service.telemetry.LogCode.DISPATCH_FAILED;
import static dev.nettcp.sharing.service.telemetry.LogCode.NOT_ROUTED;

import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.service.config.HandoverSettings;
import dev.nettcp.sharing.service.config.Parity;
import dev.nettcp.sharing.service.config.SettingType.Span;
import dev.nettcp.sharing.service.listen.Arrivals;
import dev.nettcp.sharing.service.listen.ClientConnection;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.service.routing.RouteDecision;
import dev.nettcp.sharing.service.routing.RoutingTable;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import dev.nettcp.sharing.service.telemetry.QueueStatus;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes connections and brings them into the queue of their registration; those that were not delivered too, in the same way. The
 * decision is taken on the thread that has the connection, by the snapshot of that moment; queues belong to the registrar's
 * thread.
 */
public final class Dispatcher implements Arrivals {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** As good as no limit, and still a number a clock can add. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Supplier<RoutingTable> routes;
    private final HandoverSettings settings;
    private final Parity parity;
    private final FaultAndClose farewell;
    private final Counters counters;
    private final EventLoop registrar;
    private final Timer timer;
    private final StartGrace startGrace;
    private final Map<Registration, HandoverQueue> queues = new HashMap<>();
    private int pausing; // connections between two attempts, in no queue
    private boolean expecting = true; // registrations
    private volatile boolean stopping;
    private final Undelivered undelivered = new Undelivered() {
        @Override
        public void again(PendingConnection connection, Duration pause) {
            if (pause.isZero()) {
                Dispatcher.this.again(connection);
            } else {
                pausing++;
                timer.after(pause, () -> {
                    pausing--;
                    Dispatcher.this.again(connection);
                });
            }
        }

        @Override
        public void refused(PendingConnection connection, FaultCode fault) {
            Dispatcher.this.refused(connection, fault);
        }
    };

    /**
     * Queues that live on the registrar's thread.
     *
     * @param routes the routing table of the moment; asked on any thread
     */
    public Dispatcher(
            Supplier<RoutingTable> routes,
            HandoverSettings settings,
            Parity parity,
            FaultAndClose farewell,
            Counters counters,
            EventLoop registrar) {
        this.routes = routes;
        this.settings = settings;
        this.parity = parity;
        this.farewell = farewell;
        this.counters = counters;
        this.registrar = registrar;
        this.timer = new RegistrarTimer(registrar);
        Duration grace = parity == Parity.STRICT ? Duration.ZERO : settings.startGrace();
        this.startGrace = new StartGrace(timer, grace, settings.maxWaiting(), this::again);
    }

    // ---- on the connection's event loop ----------------------------------------------------------------------------

    @Override
    public void arrived(ClientConnection connection) {
        RouteDecision decision =
                route(connection.preamble().via(), connection.addresses().local(), connection.returnedBy());
        if (stopping) { // asked after the route: the table may have lost it only because of the stop
            counters.count(Counter.ENDED_BY_STOP);
            connection.abort();
        } else if (decision instanceof RouteDecision.To to) {
            PendingConnection parked = parked(connection);
            connection.park(registrar, () -> enqueue(parked, to.registration()));
        } else if (decision instanceof RouteDecision.Refuse refuse && mayStillComeToBe(refuse)) {
            PendingConnection parked = parked(connection);
            connection.park(registrar, () -> again(parked));
        } else if (decision instanceof RouteDecision.Refuse refuse) {
            counters.count(Counter.DISPATCH_FAILURES);
            LOG.debug("{} {}: {}", NOT_ROUTED, connection, refuse.why());
            connection.refuse(farewell, refuse.fault());
        } else if (decision instanceof RouteDecision.Abort abort) {
            LOG.info("{} {}: {}", NOT_ROUTED, connection, abort.why());
            connection.abort();
        }
    }

    private RouteDecision route(ViaUri via, InetSocketAddress local, Optional<PeerCredentials> returnedBy) {
        RoutingTable table = routes.get();
        return returnedBy
                .map(worker -> table.routeReturned(via, local, worker))
                .orElseGet(() -> table.route(via, local));
    }

    private PendingConnection parked(ClientConnection connection) {
        return new ParkedConnection(connection, farewell, timer.now() + queueTime());
    }

    private boolean mayStillComeToBe(RouteDecision.Refuse refuse) {
        return refuse.fault().equals(FaultCode.ENDPOINT_NOT_FOUND) && startGrace.lasts();
    }

    private long queueTime() {
        Duration queueTimeout = settings.queueTimeout();
        return (queueTimeout.equals(Span.INFINITE) ? LONGEST : queueTimeout).toNanos();
    }

    // ---- on the registrar's thread ---------------------------------------------------------------------------------

    /** A registration begins to receive connections. */
    public void open(Registration registration) {
        queues.put(registration, new HandoverQueue(registration, settings, timer, undelivered, counters));
    }

    /** The routing table has a registration more. */
    public void routesHaveGrown() {
        startGrace.tryAgain();
    }

    /** Its worker has opened a lane. */
    public void laneOpened(Registration registration, HandoverLane lane) {
        HandoverQueue queue = queues.get(registration);
        if (queue == null) {
            lane.close("the registration has ended");
        } else {
            queue.laneOpened(lane);
        }
    }

    /** The registration has left the routing table; who waits for it is routed anew. */
    public void close(Registration registration, String why) {
        HandoverQueue queue = queues.remove(registration);
        if (queue != null) {
            queue.close(why);
        }
    }

    /** No further registration will come. */
    public void stopExpecting() {
        expecting = false;
        startGrace.tryAgain();
    }

    /** What is not taken any more ends without a word: the service stops. */
    public void stop() {
        stopping = true;
    }

    /** What waits and what is under way for a registration. */
    public QueueStatus status(Registration registration) {
        HandoverQueue queue = queues.get(registration);
        return queue == null ? QueueStatus.NONE : new QueueStatus(queue.waiting(), queue.offered(), queue.lanes());
    }

    /** What waits and what is under way altogether. */
    public QueueStatus status() {
        QueueStatus inNoQueue = new QueueStatus(pausing + startGrace.waiting(), 0, 0);
        return queues.keySet().stream().map(this::status).reduce(inNoQueue, QueueStatus::plus);
    }

    private void enqueue(PendingConnection connection, Registration registration) {
        HandoverQueue queue = queues.get(registration);
        if (queue == null) {
            again(connection);
        } else {
            queue.add(connection);
        }
    }

    private void again(PendingConnection connection) {
        if (stopping) {
            endByStop(connection);
            return;
        }
        if (parity == Parity.STRICT) {
            connection.abort(); // the original aborts what waits when its worker goes
            return;
        }
        if (connection.failedOffers() >= settings.attempts()) {
            giveUp(connection, "attempts=%d are used up".formatted(settings.attempts()));
            return;
        }
        RouteDecision decision = route(connection.via(), connection.local(), connection.returnedBy());
        if (decision instanceof RouteDecision.To to) {
            enqueue(connection, to.registration());
        } else if (decision instanceof RouteDecision.Refuse refuse) {
            notRoutedAgain(connection, refuse);
        } else {
            connection.abort();
        }
    }

    private void notRoutedAgain(PendingConnection connection, RouteDecision.Refuse refuse) {
        if (connection.failedOffers() > 0) {
            giveUp(connection, refuse.why());
        } else if (mayStillComeToBe(refuse)) {
            awaitRegistration(connection);
        } else {
            notRouted(connection, refuse.fault(), refuse.why());
        }
    }

    private void awaitRegistration(PendingConnection connection) {
        if (!expecting) {
            endByStop(connection);
        } else if (startGrace.isFull()) {
            notRouted(connection, FaultCode.SERVER_TOO_BUSY, startGrace.waiting() + " already wait for registrations");
        } else {
            startGrace.keep(connection);
        }
    }

    private void notRouted(PendingConnection connection, FaultCode fault, String why) {
        counters.count(Counter.DISPATCH_FAILURES);
        LOG.debug("{} {}: {}", NOT_ROUTED, connection, why);
        connection.refuse(fault);
    }

    private void endByStop(PendingConnection connection) {
        counters.count(Counter.ENDED_BY_STOP);
        connection.abort();
    }

    private void giveUp(PendingConnection connection, String why) {
        counters.count(Counter.HANDOVERS_GIVEN_UP);
        LOG.warn("{} {} is given up: {}", DISPATCH_FAILED, connection, why);
        connection.refuse(FaultCode.CONNECTION_DISPATCH_FAILED);
    }

    private void refused(PendingConnection connection, FaultCode fault) {
        if (parity == Parity.STRICT) {
            connection.abort(); // the original knows no fault for a full queue, and no end of waiting
        } else {
            connection.refuse(fault);
        }
    }

    /** The registrar's event loop as a clock. */
    private record RegistrarTimer(EventLoop registrar) implements Timer {
        private static final long BEGIN = System.nanoTime();

        @Override
        public long now() {
            return System.nanoTime() - BEGIN;
        }

        @Override
        public void after(Duration delay, Runnable task) {
            registrar.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
