package dev.nettcp.binding;

import dev.nettcp.connection.AddressInUseException;
import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.ConnectionSourceProvider;
import dev.nettcp.connection.ListenException;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.connection.OwnPortSource;
import dev.nettcp.connection.SourceEvent;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.AddressConflictException;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.transport.Acceptor;
import dev.nettcp.transport.AcceptorSettings;
import dev.nettcp.transport.Endpoint;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionHandler;
import dev.nettcp.transport.SessionListener;
import dev.nettcp.transport.SessionRefusedException;
import dev.nettcp.transport.StreamUpgrade;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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

/** The endpoints of a server that have the same port, and where their connections come from. */
final class ServerPort {
    private static final Logger LOG = LoggerFactory.getLogger(ServerPort.class);
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final NetTcpBinding binding;
    private final Throttles throttles;
    private final Acceptor acceptor;
    private final List<ServerEndpoint> endpoints = new ArrayList<>();
    private final Set<ServerSession> sessions = ConcurrentHashMap.newKeySet();
    private final @Nullable StreamUpgrade upgrade;
    private volatile boolean closing;

    private ServerPort(NetTcpBinding binding, Throttles throttles) {
        this.binding = binding;
        this.throttles = throttles;
        this.upgrade =
                binding.transportSecurity().map(TransportSecurity::ofServer).orElse(null);
        this.acceptor = new Acceptor(AcceptorSettings.DEFAULT
                .withLimits(binding.listener().limits())
                .withChannelInitializationTimeout(binding.listener().channelInitializationTimeout())
                .withIdleTimeout(binding.connectionPoolSettings().idleTimeout()));
    }

    /** @param endpoints all with the same port, which may be 0 */
    static ServerPort open(
            NetTcpBinding binding, Throttles throttles, List<ServerEndpoint> endpoints, Optional<Path> controlSocket)
            throws IOException {
        ServerPort port = new ServerPort(binding, throttles);
        try {
            port.openAll(endpoints, controlSocket);
        } catch (IOException | RuntimeException e) {
            port.close(Duration.ofSeconds(1));
            throw e;
        }
        return port;
    }

    private void openAll(List<ServerEndpoint> all, Optional<Path> controlSocket) throws IOException {
        if (all.get(0).address().port() == 0) {
            // Nobody knows the port yet, so nobody misses the endpoints before they are there.
            ConnectionSource source = source(all.get(0).address(), controlSocket);
            await(acceptor.open(source));
            int real = source.localAddresses().get(0).getPort();
            for (ServerEndpoint endpoint : all) {
                add(endpoint.at(withPort(endpoint.address(), real)));
            }
            return;
        }
        for (ServerEndpoint endpoint : all) {
            add(endpoint);
        }
        Set<Object> opened = new HashSet<>();
        for (ServerEndpoint endpoint : all) {
            if (opened.add(listensOn(endpoint.address()))) {
                await(acceptor.open(source(endpoint.address(), controlSocket)));
            }
        }
    }

    /** What a source is for: a registration on a shared port, a socket on a port of one's own. */
    private Object listensOn(BaseAddress address) {
        return binding.listener().portSharingEnabled() ? address : address.address();
    }

    private static BaseAddress withPort(BaseAddress address, int port) {
        return new BaseAddress(ViaUri.parse("net.tcp://" + address.host() + ":" + port + address.path()));
    }

    private ConnectionSource source(BaseAddress address, Optional<Path> controlSocket) throws ListenException {
        ListenRequest request = ListenRequest.of(address, SharedResources.EVENT_LOOPS)
                .withHostNameComparisonMode(binding.listener().hostNameComparisonMode())
                .withLimits(binding.listener().limits())
                .withOpenTimeout(binding.timeouts().openTimeout())
                .withListener(event -> log(address, event));
        if (!binding.listener().portSharingEnabled()) {
            return new OwnPortSource(request);
        }
        return ConnectionSourceProvider.find(ConnectionSourceProvider.SHARED_PORT)
                .orElseThrow(() -> new ListenException(
                        ListenException.Reason.SHARING_NOT_INSTALLED,
                        "portSharingEnabled is set for " + address
                                + ", and the artifact dev.nettcp:nettcp-sharing-worker, which shares ports, is not on the class path."
                                + " Add it, or do without portSharingEnabled to own the port."))
                .create(controlSocket.map(request::withControlSocket).orElse(request));
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

    private void add(ServerEndpoint endpoint) throws AddressInUseException {
        endpoints.add(endpoint);
        Timeouts timeouts = binding.timeouts();
        try {
            acceptor.add(secured(endpoint(endpoint))
                    .withHostNameComparisonMode(binding.listener().hostNameComparisonMode())
                    .withTimeouts(SessionSettings.timeouts(timeouts))
                    .withMaxReceivedMessageSize(binding.messageLimits().maxReceivedMessageSize()));
        } catch (AddressConflictException e) {
            throw new AddressInUseException(
                    e.getMessage() + ", another endpoint of this server. Give one of them another path;"
                            + " or set hostNameComparisonMode to EXACT if only their hosts differ.",
                    e);
        }
    }

    private Endpoint secured(Endpoint endpoint) {
        return upgrade == null ? endpoint : endpoint.withUpgrade(upgrade);
    }

    private Endpoint endpoint(ServerEndpoint endpoint) {
        SessionListener listener = session -> accept(endpoint, session);
        return binding.transferMode().isStreamed()
                ? Endpoint.singleton(endpoint.address(), listener)
                : Endpoint.duplex(endpoint.address(), listener);
    }

    /** At once or when there is a place for it; until then the client waits for its acknowledgement. */
    private CompletionStage<SessionHandler> accept(ServerEndpoint endpoint, Session session) {
        CompletableFuture<SessionHandler> accepted = new CompletableFuture<>();
        Places places = binding.transferMode().isStreamed() ? Places.unlimited() : throttles.sessions();
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
        ServerSession served = endpoint.serve(session, binding, throttles.calls());
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
        Duration timeout = binding.timeouts().openTimeout();
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
