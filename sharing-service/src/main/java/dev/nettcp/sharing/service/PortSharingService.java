package dev.nettcp.sharing.service;

import static dev.nettcp.sharing.service.telemetry.LogCode.STARTED;
import static dev.nettcp.sharing.service.telemetry.LogCode.STOPPED;
import static dev.nettcp.sharing.service.telemetry.LogCode.STOPPING;

import dev.nettcp.connection.DrainLimits;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.FaultPolicy;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.service.admin.AdminCommands;
import dev.nettcp.sharing.service.config.ConfigException;
import dev.nettcp.sharing.service.config.FileTrouble;
import dev.nettcp.sharing.service.config.Parity;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.sharing.service.config.SettingType.Span;
import dev.nettcp.sharing.service.handover.Dispatcher;
import dev.nettcp.sharing.service.listen.Ports;
import dev.nettcp.sharing.service.listen.Preambles;
import dev.nettcp.sharing.service.registration.AccessRules;
import dev.nettcp.sharing.service.registration.Admission;
import dev.nettcp.sharing.service.registration.LaneDesk;
import dev.nettcp.sharing.service.registration.Registrar;
import dev.nettcp.sharing.service.registration.Registry;
import dev.nettcp.sharing.service.registration.SystemUsers;
import dev.nettcp.sharing.service.registration.UserDatabase;
import dev.nettcp.sharing.service.routing.RoutingTable;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import dev.nettcp.sharing.service.telemetry.LogCode;
import dev.nettcp.sharing.service.telemetry.QueueStatus;
import dev.nettcp.sharing.unix.ControlClient;
import dev.nettcp.sharing.unix.ControlServer;
import dev.nettcp.sharing.unix.ControlServerSettings;
import dev.nettcp.sharing.unix.ControlSocketPath;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running port sharing service.
 *
 * <pre>{@code
 * try (PortSharingService service = PortSharingService.launch(ServiceConfig.defaults())) {
 *     service.awaitStopped();
 * }
 * }</pre>
 *
 * Threads: the <em>registrar</em>, one, has the control sessions, the lanes, the registrations and the queues; the
 * <em>I/O</em> threads, half as many as processors, have the clients' connections until they are parked (on two processors
 * and fewer the registrar's thread does both); <em>look-ups</em> may wait for the user database.
 */
public final class PortSharingService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortSharingService.class);

    private static final long STOP_POLL_MILLIS = 10;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** With so few, waking another thread for every step costs more than the steps: one thread does everything. */
    private static final int FEW_PROCESSORS = 2;

    /** How long workers may take to end their side of a session that is over. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final ServiceConfig config;
    private final ControlSocketPlace place;
    private final Counters counters = new Counters();
    private final Registry registry = new Registry();
    private final EventLoops registrarLoops;
    private final EventLoops ioLoops;
    private final ExecutorService lookups;
    private final EventLoop registrarThread;
    private final Dispatcher dispatcher;
    private final Preambles preambles;
    private final Ports ports;
    private final Registrar registrar;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable ControlServer control;

    /**
     * Starts a service; it is ready for workers when this returns.
     *
     * @throws ConfigException if the configuration names users or groups that this host does not know
     * @throws ServiceStartException if something stands in the way; the message says what, and what to do about it
     */
    public static PortSharingService launch(ServiceConfig config) throws ConfigException, ServiceStartException {
        return launch(config, LaneObserver.NONE);
    }

    /** As {@link #launch(ServiceConfig)}; the observer watches the lanes over which connections move. */
    public static PortSharingService launch(ServiceConfig config, LaneObserver observer)
            throws ConfigException, ServiceStartException {
        if (!Epoll.isAvailable()) {
            throw new ServiceStartException(
                    "The port sharing service needs epoll, that is, Linux on x86_64 or aarch64: without it no socket can be handed to another process.",
                    Epoll.unavailabilityCause());
        }
        int user = ControlClient.ownUser();
        var users = new SystemUsers();
        AccessRules access = AccessRules.of(config.allowAccounts(), config.places(), user, users);
        requireKnownGroup(config, users);
        Path path = ControlSocketPath.toListen(config.controlSocket().path(), System.getenv(), user)
                .toAbsolutePath()
                .normalize();
        ControlSocketPlace place = ControlSocketPlace.take(path, config.controlSocket(), user);
        var service = new PortSharingService(config, access, place);
        try {
            service.open(path, observer);
            return service;
        } catch (IOException | RuntimeException e) {
            service.close();
            throw new ServiceStartException(
                    "The control socket cannot be at %s: %s."
                            .formatted(path, e instanceof IOException file ? FileTrouble.why(file) : e.getMessage()),
                    e);
        }
    }

    private static void requireKnownGroup(ServiceConfig config, UserDatabase users) throws ConfigException {
        Optional<String> group = config.controlSocket().group();
        if (group.isPresent() && users.groupId(group.get()).isEmpty()) {
            throw new ConfigException(List.of(config.places()
                    .problem("controlSocket.group", "this host knows no group '%s'".formatted(group.get()))));
        }
    }

    private PortSharingService(ServiceConfig config, AccessRules access, ControlSocketPlace place) {
        this.config = config;
        this.place = place;
        registrarLoops = EventLoops.create("nettcp-registrar", 1);
        ioLoops = PROCESSORS > FEW_PROCESSORS ? EventLoops.create("nettcp-io", PROCESSORS / 2) : registrarLoops;
        lookups = Executors.newSingleThreadExecutor(new DefaultThreadFactory("nettcp-lookups", true));
        registrarThread = registrarLoops.group().next();
        var farewell = new FaultAndClose(
                new DrainLimits(config.draining().maxBytes(), config.draining().timeout()),
                config.draining().maxConnections());
        dispatcher = new Dispatcher(
                registry::routes, config.handover(), config.parity(), farewell, counters, registrarThread);
        preambles = new Preambles(
                ioLoops, config.accepting().receiveTimeout(), faultPolicy(config), farewell, counters, dispatcher);
        ports = new Ports(config.accepting(), ioLoops, registrarThread, preambles, counters, this::portLost);
        var lanes = new LaneDesk(
                registry, dispatcher, preambles, ports, deadlines(config), handoverLanes(config), counters);
        var commands = new AdminCommands(registry, dispatcher, ports, counters, this::setPaused);
        var admission = new Admission(access, lookups, registrarThread, counters);
        registrar = new Registrar(
                admission, registry, ports, dispatcher, lanes, commands, counters, config.registrations());
    }

    private static FaultPolicy faultPolicy(ServiceConfig config) {
        return config.parity() == Parity.STRICT ? FaultPolicy.STRICT_SERVICE : FaultPolicy.FRIENDLY;
    }

    private static LaneDeadlines deadlines(ServiceConfig config) {
        return new LaneDeadlines(config.handover().takeTimeout(), LaneDeadlines.DEFAULT.descriptor());
    }

    /** The original has one connection of a registration under way at a time; several at once need fewer wake-ups each. */
    private static int handoverLanes(ServiceConfig config) {
        return config.parity() == Parity.STRICT ? 1 : 4;
    }

    private void open(Path path, LaneObserver observer) throws IOException {
        var defaults = ControlServerSettings.DEFAULT;
        var settings = new ControlServerSettings(
                defaults.greetingLimit(),
                permissions(config.controlSocket().mode()),
                config.controlSocket().group(),
                defaults.backlog(),
                defaults.product(),
                config.registrations().maxGuests());
        control = ControlServer.bind(path, registrarLoops.group(), settings, registrar, observer);
        LOG.info(
                "{} ready for workers at {} (parity {}, maxPendingConnections {}, receiveTimeout {})",
                STARTED,
                path,
                config.parity(),
                config.accepting().maxPendingConnections(),
                Span.print(config.accepting().receiveTimeout()));
    }

    /** {@code rw-rw----} for 0660, as {@code chmod} shows it. */
    private static String permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromLeft = PosixFilePermission.values();
        for (int i = 0; i < fromLeft.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(fromLeft[i]);
            }
        }
        return PosixFilePermissions.toString(permissions);
    }

    // ---- while it runs ---------------------------------------------------------------------------------------------

    /** Where workers find it. */
    public Path controlSocket() {
        ControlServer server = control;
        if (server == null) {
            throw new IllegalStateException("the service was never opened");
        }
        return server.path();
    }

    /** The registrations of the moment. */
    public RoutingTable routes() {
        return registry.routes();
    }

    /** What it has counted since its start. */
    public long count(Counter counter) {
        return counters.value(counter);
    }

    /** What waits for workers now, and what is being handed over. */
    public QueueStatus queues() {
        return onRegistrar(dispatcher::status);
    }

    /** The addresses that are open for clients now. */
    public List<InetSocketAddress> addresses() {
        return onRegistrar(ports::addresses);
    }

    /** Gives every connection that has a route EndpointUnavailable, until {@link #continueService()}. */
    public void pause() {
        registrarThread.execute(() -> registrar.pause(true));
    }

    /** Ends a pause. */
    public void continueService() {
        registrarThread.execute(() -> registrar.pause(false));
    }

    private void portLost(int port) {
        registrar.portLost(port);
    }

    private void setPaused(boolean paused) {
        registrar.pause(paused);
    }

    private <T> T onRegistrar(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, registrarThread).join();
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /**
     * Stops in the order of the original: the control socket disappears first, so that nobody comes any more; the ports close;
     * connections that are being handed over have until stopTimeout; then all registrations end. Sessions that workers have live
     * on, since they live in the workers. Returns at once.
     *
     * @return done when everything has ended
     */
    public CompletableFuture<Void> stop() {
        if (stopping.compareAndSet(false, true)) {
            logIfOpened(STOPPING, "stopping");
            takeControlSocketAway();
            long deadline = System.nanoTime() + config.stopTimeout().toNanos();
            registrarThread.execute(() -> {
                registrar.stopRegistering();
                dispatcher.stopExpecting();
                ports.shut().whenComplete((done, failure) -> awaitHandovers(deadline));
            });
        }
        return stopped;
    }

    /** A service that could not even start has nothing to say of its end. */
    private void logIfOpened(LogCode code, String what) {
        if (control != null) {
            LOG.info("{} {}", code, what);
        }
    }

    private void takeControlSocketAway() {
        ControlServer server = control;
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                LOG.warn("{} the control socket {} cannot be removed: {}", STOPPING, server.path(), e.toString());
            }
        }
    }

    private void awaitHandovers(long deadline) {
        poll(() -> dispatcher.status().connections() == 0, deadline, () -> {
            dispatcher.stop();
            registrar.endAll();
            poll(() -> registrar.sessions() == 0, System.nanoTime() + GOODBYE.toNanos(), this::release);
        });
    }

    /** Runs the next step on the registrar's thread, as soon as the condition holds or the time is over. */
    private void poll(BooleanSupplier condition, long deadline, Runnable next) {
        if (condition.getAsBoolean() || System.nanoTime() - deadline >= 0) {
            next.run();
        } else {
            registrarThread.schedule(() -> poll(condition, deadline, next), STOP_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void release() {
        preambles
                .closeAll()
                .thenCompose(done -> ioLoops.shutdown())
                .thenCompose(done -> registrarLoops.shutdown()) // perhaps the same: then there is nothing left to end
                .whenComplete((done, failure) -> released());
    }

    private void released() {
        lookups.shutdown();
        ports.close();
        try {
            place.close();
        } catch (IOException e) {
            LOG.warn("{} the lock of the control socket cannot be released: {}", STOPPING, e.toString());
        }
        logIfOpened(STOPPED, "stopped");
        stopped.complete(null);
    }

    /** Waits until the service has stopped. */
    public void awaitStopped() throws InterruptedException {
        try {
            stopped.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end is only ever completed normally", e);
        }
    }

    /** As {@link #stop()}, and waits for it. */
    @Override
    public void close() {
        stop().join();
    }
}
