package dev.nettcp.binding;

import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.ConnectionSourceProvider;
import dev.nettcp.connection.ListenException;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.connection.OwnPortSource;
import dev.nettcp.connection.SourceEvent;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.transport.Acceptor;
import dev.nettcp.transport.AcceptorSettings;
import dev.nettcp.transport.Endpoint;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionHandler;
import dev.nettcp.transport.SessionListener;
import dev.nettcp.transport.SessionRefusedException;
import dev.nettcp.transport.StreamUpgrade;
import java.io.IOException;
import java.net.InetAddress;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints of a server that get their connections from the same place, and that place. What happens before there is a session follows the
 * settings of the first of them; in its sessions each endpoint follows its own.
 */
final class ServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerListener.class);
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PlannedListener plan;
    private final Throttles throttles;
    private final Acceptor acceptor;
    private final List<ServerEndpoint> endpoints = new ArrayList<>();
    private final Set<ServerSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    private ServerListener(PlannedListener plan, Throttles throttles, Watching watching) {
        this.plan = plan;
        this.throttles = throttles;
        this.acceptor = new Acceptor(
                AcceptorSettings.DEFAULT
                        .withLimits(settings().limits())
                        .withChannelInitializationTimeout(settings().channelInitializationTimeout())
                        .withIdleTimeout(plan.binding().connectionPoolSettings().idleTimeout())
                        .withMaxPooledConnections(
                                plan.binding().connectionPoolSettings().maxInboundConnections())
                        .withKeepAlive(watching.keepAlive()),
                watching.listener());
    }

    /** Opens the listener that was planned, or nothing. */
    static ServerListener open(
            PlannedListener plan, Throttles throttles, Watching watching, Optional<Path> controlSocket)
            throws IOException {
        ServerListener listener = new ServerListener(plan, throttles, watching);
        try {
            listener.openAll(controlSocket);
        } catch (IOException | RuntimeException e) {
            listener.close(Duration.ofSeconds(1));
            throw e;
        }
        return listener;
    }

    private ListenerSettings settings() {
        return plan.binding().listener();
    }

    private void openAll(Optional<Path> controlSocket) throws IOException {
        if (plan.address().port() == 0 && !plan.isShared()) {
            // Nobody knows the port yet, so nobody misses the endpoints before they are there.
            ConnectionSource source = ownPort(plan.address());
            await(acceptor.open(source));
            int real = source.localAddresses().get(0).getPort();
            plan.endpoints().forEach(endpoint -> add(endpoint.atPort(real)));
            return;
        }
        plan.endpoints().forEach(this::add);
        for (ConnectionSource source : plan.isShared() ? List.of(sharedPort(controlSocket)) : ownPorts()) {
            await(acceptor.open(source));
        }
    }

    /** A socket for each address: those of IP literals, and the one for all names. */
    private List<ConnectionSource> ownPorts() {
        Map<Optional<InetAddress>, ConnectionSource> sources = new LinkedHashMap<>();
        for (ServerEndpoint endpoint : plan.endpoints()) {
            BaseAddress address = endpoint.listenAddress();
            sources.computeIfAbsent(address.address(), socket -> ownPort(address));
        }
        return List.copyOf(sources.values());
    }

    private ConnectionSource ownPort(BaseAddress address) {
        return new OwnPortSource(request(address));
    }

    private ConnectionSource sharedPort(Optional<Path> controlSocket) throws ListenException {
        ListenRequest request = request(plan.address());
        return ConnectionSourceProvider.find(ConnectionSourceProvider.SHARED_PORT)
                .orElseThrow(() -> new ListenException(
                        ListenException.Reason.SHARING_NOT_INSTALLED,
                        "portSharingEnabled is set for " + plan.address()
                                + ", and the artifact dev.nettcp:nettcp-sharing-worker, which shares ports, is not on the class path."
                                + " Add it, or do without portSharingEnabled to own the port."))
                .create(controlSocket.map(request::withControlSocket).orElse(request));
    }

    private ListenRequest request(BaseAddress address) {
        return ListenRequest.of(address, SharedResources.EVENT_LOOPS)
                .withHostNameComparisonMode(plan.mode())
                .withLimits(settings().limits())
                .withOpenTimeout(plan.binding().timeouts().openTimeout())
                .withListener(event -> log(address, event));
    }

    private static void log(BaseAddress address, SourceEvent event) {
        if (event instanceof SourceEvent.Interrupted interrupted) {
            LOG.warn("{}: new clients do not come through for now", address, interrupted.cause());
        } else if (event instanceof SourceEvent.Paused paused) {
            LOG.warn("{}: no more connections are taken for now", address, paused.cause());
        } else {
            LOG.debug("{}: {}", address, event);
        }
    }

    private void add(ServerEndpoint endpoint) {
        endpoints.add(endpoint);
        NetTcpBinding binding = endpoint.binding();
        acceptor.add(secured(endpoint(endpoint), endpoint.upgrade())
                .withHostNameComparisonMode(endpoint.mode())
                .withTimeouts(SessionSettings.timeouts(binding.timeouts()))
                .withMaxReceivedMessageSize(binding.messageLimits().maxReceivedMessageSize()));
    }

    private static Endpoint secured(Endpoint endpoint, @Nullable StreamUpgrade upgrade) {
        return upgrade == null ? endpoint : endpoint.withUpgrade(upgrade);
    }

    private Endpoint endpoint(ServerEndpoint endpoint) {
        SessionListener listener = session -> accept(endpoint, session);
        return endpoint.binding().transferMode().isStreamed()
                ? Endpoint.singleton(endpoint.listenAddress(), listener)
                : Endpoint.duplex(endpoint.listenAddress(), listener);
    }

    /** At once or when there is a place for it; until then the client waits for its acknowledgement. */
    private CompletionStage<SessionHandler> accept(ServerEndpoint endpoint, Session session) {
        CompletableFuture<SessionHandler> accepted = new CompletableFuture<>();
        Places places = endpoint.binding().transferMode().isStreamed() ? Places.unlimited() : throttles.sessions();
        places.take(() -> {
            if (closing) {
                places.giveBack();
                accepted.completeExceptionally(new SessionRefusedException(
                        FaultCode.ENDPOINT_UNAVAILABLE, endpoint.address() + " is being closed"));
            } else {
                accepted.complete(serve(endpoint, session, places));
            }
        });
        return accepted;
    }

    private ServerSession serve(ServerEndpoint endpoint, Session session, Places places) {
        ServerSession served = endpoint.serve(session, throttles.calls());
        sessions.add(served);
        served.whenEnded(failure -> {
            sessions.remove(served);
            places.giveBack();
            if (failure != null) {
                LOG.debug("{} did not end in good order", served, failure);
            }
        });
        return served;
    }

    /** The source keeps the timeout, as it knows what stands in the way. */
    private void await(CompletableFuture<Void> opening) throws IOException {
        Duration timeout = plan.binding().timeouts().openTimeout();
        try {
            opening.orTimeout(Settings.nanos(timeout) + MARGIN_NANOS, TimeUnit.NANOSECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new NetTcpTimeoutException("openTimeout", timeout, "the address to be opened", "it was given up");
            }
            throw new IOException("the address could not be opened", e.getCause());
        }
    }

    List<ServerEndpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    Collection<ServerSession> sessions() {
        return List.copyOf(sessions);
    }

    /** No new sessions, then the running operations, then the ends of the sessions; done when the last connection is closed. */
    CompletableFuture<Void> close(Duration patience) {
        closing = true;
        long deadline = System.nanoTime() + Settings.nanos(patience);
        acceptor.stop();
        CompletableFuture<?>[] ends = sessions.stream()
                .map(ServerSession::closeWhenDone)
                .map(end -> end.exceptionally(failure -> null))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends)
                .completeOnTimeout(null, Settings.nanos(patience), TimeUnit.NANOSECONDS)
                .thenCompose(done -> {
                    long left = Math.max(1, deadline - System.nanoTime());
                    return acceptor.close(Duration.ofNanos(left));
                });
    }
}
