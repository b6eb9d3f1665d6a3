package dev.nettcp.binding;

import dev.nettcp.binding.config.AppConfig;
import dev.nettcp.binding.config.AppConfigException;
import dev.nettcp.connection.KeepAlive;
import dev.nettcp.connection.ListenException;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.transport.TransportListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves any number of endpoints, on ports of its own or on shared ones: the binding's {@code portSharingEnabled} is the only difference.
 *
 * <pre>
 * try (NetTcpServer server = NetTcpServer.open("net.tcp://localhost:9000/calculator", binding, handler)) {
 *     server.awaitClosed();
 * }
 * </pre>
 */
public final class NetTcpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetTcpServer.class);

    /** What has not ended in time is aborted, which takes a moment. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Duration closeTimeout;
    private final Throttles throttles;
    private final List<ServerListener> listeners;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private NetTcpServer(Duration closeTimeout, Throttles throttles, List<ServerListener> listeners) {
        this.closeTimeout = closeTimeout;
        this.throttles = throttles;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Opens one endpoint.
     *
     * @param address a {@code net.tcp} URI. A host name stands for all addresses of this machine. Port 0 asks for any free port
     * @throws ListenException if the address is taken, the port sharing service is missing or refuses, and the like; the message says who or
     *     what stands in the way and what to do
     */
    public static NetTcpServer open(String address, NetTcpBinding binding, MessageHandler handler) throws IOException {
        return builder(binding).endpoint(address, handler).open();
    }

    /**
     * For several endpoints, or settings beyond those of the binding.
     *
     * @param binding of all endpoints that do not have one of their own
     */
    public static Builder builder(NetTcpBinding binding) {
        return new Builder(Objects.requireNonNull(binding, "binding"));
    }

    /**
     * For the endpoints of a {@code <service>} in the configuration file of a .NET program. More of such a file, certificates above all: {@link
     * AppConfig}.
     *
     * @param file {@code app.config}, {@code web.config} and the like
     * @param service its name in the file
     * @param handlers by contract, as the endpoints name it
     * @throws IOException if the file cannot be read
     * @throws AppConfigException if there is no such service, or it says what is wrong or cannot be had here; with file and line
     */
    public static Builder fromXml(Path file, String service, Map<String, MessageHandler> handlers) throws IOException {
        return AppConfig.read(file).service(service).server(handlers);
    }

    /** For endpoints that each have a binding of their own. */
    public static Builder builder() {
        return new Builder(null);
    }

    /**
     * The addresses of the endpoints in the order in which they were given, absolute, with the real port where 0 was asked for, and the unique
     * one where that was asked for.
     */
    public List<String> addresses() {
        return endpoints().map(endpoint -> endpoint.address().toString()).toList();
    }

    /** Where the endpoints listen, in the same order: what the via of a client must be. These are the addresses unless a listenUri was given. */
    public List<String> listenUris() {
        return endpoints().map(endpoint -> endpoint.listenAddress().toString()).toList();
    }

    private Stream<ServerEndpoint> endpoints() {
        return listeners.stream()
                .flatMap(listener -> listener.endpoints().stream())
                .sorted(Comparator.comparingInt(ServerEndpoint::number));
    }

    /** The address of the first endpoint. */
    public String address() {
        return addresses().get(0);
    }

    /** The sessions that are open now. */
    public Collection<MessageSession> sessions() {
        List<MessageSession> sessions = new ArrayList<>();
        listeners.forEach(listener -> sessions.addAll(listener.sessions()));
        return sessions;
    }

    /** Waits until the server is closed. */
    public void awaitClosed() throws InterruptedException {
        SharedResources.refuseOnEventLoop("awaitClosed", "another thread");
        try {
            closed.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it exceptionally", e);
        }
    }

    /**
     * Closes in good order: no new sessions, running operations are finished and answered, then each session gets its End. What has not ended
     * within the binding's close timeout is aborted.
     *
     * @throws IllegalStateException if called on a thread that carries sessions; see {@link Builder#executor}
     */
    @Override
    public void close() {
        close(closeTimeout);
    }

    /** As {@link #close()}, with a time of its own. */
    public void close(Duration patience) {
        SharedResources.refuseOnEventLoop("close", "another thread");
        CompletableFuture<?>[] closing =
                listeners.stream().map(listener -> listener.close(patience)).toArray(CompletableFuture[]::new);
        throttles.sessions().open(); // who waits is told that there will be no place
        CompletableFuture.allOf(closing)
                .orTimeout(Settings.nanos(patience) + MARGIN_NANOS, TimeUnit.NANOSECONDS)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warn("the server at {} did not close in good order", addresses(), failure);
                    }
                    closed.complete(null);
                });
        closed.join();
    }

    /**
     * Collects the endpoints of a server. Not for use by several threads.
     *
     * <pre>
     * NetTcpServer.builder(binding)
     *         .baseAddress("net.tcp://localhost:9000/shop")
     *         .endpoint("orders", orders)
     *         .endpoint("stock", stock)
     *         .open();
     * </pre>
     *
     * Endpoints share what brings them their connections, as in WCF. On a shared port, the base address is registered once for all endpoints
     * below it whose bindings agree on what holds before there is a session: maxPendingConnections, maxPendingAccepts,
     * channelInitializationTimeout, connectionBufferSize, maxOutputDelay, and idleTimeout and maxOutboundConnectionsPerEndpoint of
     * connectionPoolSettings. One that does not agree is registered by itself, one segment deeper, and an absolute address that is not below the
     * base address as it is. On a port of one's own all endpoints of a port must agree, on listenBacklog and teredoEnabled as well.
     */
    public static final class Builder {
        private final @Nullable NetTcpBinding binding;
        private final List<ServiceEndpoint> endpoints = new ArrayList<>();
        private @Nullable BaseAddress baseAddress;
        private @Nullable ServiceThrottle serviceThrottle;
        private Executor executor = DefaultExecutor.get();
        private Set<QName> understood = Set.of();
        private boolean includeExceptionDetailInFaults;
        private Watching watching = Watching.DEFAULT;
        private @Nullable Path controlSocket;

        private Builder(@Nullable NetTcpBinding binding) {
            this.binding = binding;
        }

        /**
         * What the relative addresses of endpoints are relative to, whether these are given before it or after it. A server has one at most, as
         * a service of WCF has one for each scheme. A host name in it stands for all addresses of this machine.
         *
         * @throws InvalidBindingException if it is no absolute {@code net.tcp} URI without query and fragment, or there is one already
         */
        public Builder baseAddress(String address) {
            BaseAddress parsed = ServerBase.parse("baseAddress", address);
            if (baseAddress != null) {
                throw new InvalidBindingException(
                        "baseAddress",
                        parsed + " comes beside " + baseAddress + "; a server has one base address at most."
                                + " Give the endpoints that are elsewhere absolute addresses");
            }
            baseAddress = parsed;
            return this;
        }

        /**
         * One more endpoint, with the server's binding.
         *
         * @param address absolute or relative, see {@link ServiceEndpoint}
         * @throws InvalidBindingException if it is absolute and cannot be listened at
         */
        public Builder endpoint(String address, MessageHandler handler) {
            return endpoint(ServiceEndpoint.of(address, handler));
        }

        /** One more endpoint, with a binding of its own. */
        public Builder endpoint(String address, NetTcpBinding itsBinding, MessageHandler handler) {
            return endpoint(ServiceEndpoint.of(address, handler).withBinding(itsBinding));
        }

        /**
         * One more endpoint.
         *
         * @throws InvalidBindingException if an absolute address cannot be listened at
         */
        public Builder endpoint(ServiceEndpoint endpoint) {
            ServerBase.check("address", endpoint.address());
            endpoint.listenUri().ifPresent(uri -> ServerBase.check("listenUri", uri));
            endpoints.add(endpoint);
            return this;
        }

        /**
         * How much the server does at the same time, over all its endpoints; WCF's serviceThrottling behavior. By default what the server's
         * binding says.
         */
        public Builder serviceThrottle(ServiceThrottle throttle) {
            serviceThrottle = throttle;
            return this;
        }

        /**
         * Where handlers run; by default each in a virtual thread where the JDK has them, else in a pool of the whole process, where as many handlers
         * as 16 for each processor, 64 at least, may block otherwise than in a call before others wait for them. How many run at the same time in
         * one server is a matter of the binding's {@code maxConcurrentCalls}. With {@code Runnable::run} they run on the
         * threads that carry the connections, and must not block.
         */
        public Builder executor(Executor handlers) {
            executor = handlers;
            return this;
        }

        /** Headers that the handlers understand; a message with another one that must be understood is refused. */
        public Builder understands(QName... headers) {
            understood = Set.of(headers);
            return this;
        }

        /** Whether faults tell the exception behind them; by default not. For development: it tells strangers about the inside. */
        public Builder includeExceptionDetailInFaults(boolean include) {
            includeExceptionDetailInFaults = include;
            return this;
        }

        /** The socket of the port sharing service, if it is not where it is looked for by default. */
        public Builder controlSocket(Path path) {
            controlSocket = path;
            return this;
        }

        /** Who is told what happens on the connections: for metrics. By default nobody. */
        public Builder transportListener(TransportListener listener) {
            watching = new Watching(Objects.requireNonNull(listener, "transportListener"), watching.keepAlive());
            return this;
        }

        /** How a client that has vanished is missed; by default {@link KeepAlive#DEFAULT}. */
        public Builder keepAlive(KeepAlive settings) {
            watching = new Watching(watching.listener(), Objects.requireNonNull(settings, "keepAlive"));
            return this;
        }

        /**
         * Opens all endpoints or none.
         *
         * @throws ListenException as {@link NetTcpServer#open}; also if two endpoints have the same address
         * @throws InvalidBindingException if an address is relative and there is no base address, an endpoint has no binding, or the settings
         *     of two endpoints contradict each other
         */
        public NetTcpServer open() throws IOException {
            SharedResources.refuseOnEventLoop("open", "another thread");
            List<ServerEndpoint> described = describe();
            List<PlannedListener> plan = ListenerPlan.of(new ServerBase(baseAddress), described);
            Throttles throttles = Throttles.of(throttle(described));
            List<ServerListener> opened = new ArrayList<>();
            try {
                for (PlannedListener listener : deepestFirst(plan)) {
                    opened.add(ServerListener.open(listener, throttles, watching, Optional.ofNullable(controlSocket)));
                }
            } catch (IOException | RuntimeException e) {
                opened.forEach(listener -> listener.close(Duration.ofSeconds(1)));
                throw e;
            }
            return new NetTcpServer(closeTimeout(described), throttles, opened);
        }

        private List<ServerEndpoint> describe() {
            if (endpoints.isEmpty()) {
                throw new InvalidBindingException("address", "a server needs at least one endpoint");
            }
            ServerBase base = new ServerBase(baseAddress);
            ServerEndpoint.Hosting hosting =
                    new ServerEndpoint.Hosting(understood, includeExceptionDetailInFaults, executor);
            List<ServerEndpoint> described = new ArrayList<>();
            for (ServiceEndpoint endpoint : endpoints) {
                NetTcpBinding settings = endpoint.binding()
                        .or(() -> Optional.ofNullable(binding))
                        .orElseThrow(() -> new InvalidBindingException(
                                "binding",
                                "missing for " + endpoint.address()
                                        + ", and the server has none; give one of them one"));
                described.add(ServerEndpoint.of(described.size(), endpoint, settings, base, hosting));
            }
            return described;
        }

        /** So that no listener gets what is meant for one that is not there yet. */
        private static List<PlannedListener> deepestFirst(List<PlannedListener> plan) {
            return plan.stream()
                    .sorted(Comparator.comparingInt((PlannedListener listener) ->
                                    listener.address().segments().size())
                            .reversed())
                    .toList();
        }

        /** A binding carries a throttle, and a server has one throttle: another one in the binding of an endpoint would have no effect. */
        private ServiceThrottle throttle(List<ServerEndpoint> described) {
            ServiceThrottle throttle = serviceThrottle != null
                    ? serviceThrottle
                    : binding != null
                            ? binding.serviceThrottle()
                            : described.get(0).binding().serviceThrottle();
            for (ServerEndpoint endpoint : described) {
                ServiceThrottle other = endpoint.binding().serviceThrottle();
                if (!other.equals(throttle) && !other.equals(ServiceThrottle.DEFAULT)) {
                    throw new InvalidBindingException(
                            "serviceThrottle",
                            "%s of %s contradicts %s of the server, which counts over all endpoints; say it once, with serviceThrottle of the server's builder"
                                    .formatted(other, endpoint.listenAddress(), throttle));
                }
            }
            return throttle;
        }

        private Duration closeTimeout(List<ServerEndpoint> described) {
            return binding != null
                    ? binding.timeouts().closeTimeout()
                    : described.stream()
                            .map(endpoint -> endpoint.binding().timeouts().closeTimeout())
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
        }
    }
}
