package dev.nettcp.binding;

import dev.nettcp.connection.ListenException;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.UriFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
    private final List<ServerPort> ports;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private NetTcpServer(Duration closeTimeout, Throttles throttles, List<ServerPort> ports) {
        this.closeTimeout = closeTimeout;
        this.throttles = throttles;
        this.ports = List.copyOf(ports);
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

    /** For several endpoints, or settings beyond those of the binding. */
    public static Builder builder(NetTcpBinding binding) {
        return new Builder(binding);
    }

    /** The addresses of the endpoints in the order in which they were given, with the real port where 0 was asked for. */
    public List<String> addresses() {
        return ports.stream()
                .flatMap(port -> port.endpoints().stream())
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .map(endpoint -> endpoint.address().toString())
                .toList();
    }

    /** The address of the first endpoint. */
    public String address() {
        return addresses().get(0);
    }

    /** The sessions that are open now. */
    public Collection<MessageSession> sessions() {
        List<MessageSession> sessions = new ArrayList<>();
        ports.forEach(port -> sessions.addAll(port.sessions()));
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
                ports.stream().map(port -> port.close(patience)).toArray(CompletableFuture[]::new);
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

    /** Collects the endpoints of a server. Not for use by several threads. */
    public static final class Builder {
        private final NetTcpBinding binding;
        private final Map<BaseAddress, MessageHandler> endpoints = new LinkedHashMap<>();
        private Executor executor = DefaultExecutor.get();
        private Set<QName> understood = Set.of();
        private boolean includeExceptionDetailInFaults;
        private @Nullable Path controlSocket;

        private Builder(NetTcpBinding binding) {
            this.binding = binding;
        }

        /**
         * One more endpoint.
         *
         * @throws InvalidBindingException if the address cannot be listened at, or is there already
         */
        public Builder endpoint(String address, MessageHandler handler) {
            BaseAddress parsed;
            try {
                parsed = BaseAddress.parse(address);
            } catch (UriFormatException e) {
                throw new InvalidBindingException("address", String.valueOf(e.getMessage()));
            }
            if (endpoints.put(parsed, handler) != null) {
                throw new InvalidBindingException("address", parsed + " has two handlers");
            }
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

        /**
         * Opens all endpoints or none.
         *
         * @throws ListenException as {@link NetTcpServer#open}
         */
        public NetTcpServer open() throws IOException {
            SharedResources.refuseOnEventLoop("open", "another thread");
            if (endpoints.isEmpty()) {
                throw new InvalidBindingException("address", "a server needs at least one endpoint");
            }
            Throttles throttles = Throttles.of(binding.serviceThrottle());
            List<ServerPort> opened = new ArrayList<>();
            try {
                for (List<ServerEndpoint> samePort : byPort()) {
                    opened.add(ServerPort.open(binding, throttles, samePort, Optional.ofNullable(controlSocket)));
                }
            } catch (IOException | RuntimeException e) {
                opened.forEach(port -> port.close(Duration.ofSeconds(1)));
                throw e;
            }
            return new NetTcpServer(binding.timeouts().closeTimeout(), throttles, opened);
        }

        private Collection<List<ServerEndpoint>> byPort() {
            Map<Integer, List<ServerEndpoint>> byPort = new LinkedHashMap<>();
            endpoints.forEach((address, handler) -> {
                ServerEndpoint endpoint = new ServerEndpoint(
                        byPort.values().stream().mapToInt(List::size).sum(),
                        address,
                        handler,
                        understood,
                        includeExceptionDetailInFaults,
                        executor);
                byPort.computeIfAbsent(address.port(), port -> new ArrayList<>())
                        .add(endpoint);
            });
            return byPort.values();
        }
    }
}
