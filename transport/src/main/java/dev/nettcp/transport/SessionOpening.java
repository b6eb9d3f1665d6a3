package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.Connections;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.KeepAlive;
import dev.nettcp.framing.via.ViaUri;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one session: pooled connections as long as there are any, one at a time, then a new connection to whichever address of the
 * host answers first. All within one timeout, and whatever still runs when that is over is given up.
 *
 * <pre>
 *   pooled ──failed──▶ pooled ... ──none left──▶ resolve ──▶ connect ──▶ introduce ──▶ session
 * </pre>
 *
 * All steps run on one event loop; a pooled connection may belong to another, which is asked and answers.
 */
final class SessionOpening {

    /** What the preamble of a pooled connection gets of the open timeout at most; else it gets a quarter. */
    private static final Duration POOLED_PATIENCE = Duration.ofSeconds(3);

    private static final String NOT_WANTED =
            "The connection is not wanted any more: another address of the host answered first, or the session was"
                    + " given up.";

    private final EventLoops eventLoops;
    private final EventLoop loop;
    private final Function<ViaUri, CompletableFuture<List<InetAddress>>> lookUp;
    private final ConnectionPool pool;
    private final ConnectionPool.Key key;
    private final KeepAlive keepAlive;
    private final Telemetry telemetry;
    private final SessionRequest request;
    private final SessionHandler handler;
    private final Deadline deadline;
    private final CompletableFuture<Session> result = new CompletableFuture<>();
    private Runnable giveUpAttempt = () -> {};
    private Supplier<String> step = () -> "waiting for its turn";

    /** @param lookUp all addresses of the via's host, in the order of preference */
    SessionOpening(
            EventLoops eventLoops,
            Function<ViaUri, CompletableFuture<List<InetAddress>>> lookUp,
            ConnectionPool pool,
            KeepAlive keepAlive,
            Telemetry telemetry,
            SessionRequest request,
            SessionHandler handler) {
        this.eventLoops = eventLoops;
        this.lookUp = lookUp;
        this.loop = eventLoops.group().next();
        this.pool = pool;
        this.key = ConnectionPool.Key.of(request.via());
        this.keepAlive = keepAlive;
        this.telemetry = telemetry;
        this.request = request;
        this.handler = handler;
        this.deadline = new Deadline(loop);
    }

    CompletableFuture<Session> start() {
        result.whenComplete((session, failure) -> {
            if (failure != null) {
                telemetry.notOpened(request.via(), failure);
            }
            loop.execute(() -> over(failure != null));
        });
        loop.execute(() -> {
            deadline.set(request.timeouts().open(), this::timedOut);
            tryPooled();
        });
        return result;
    }

    private void tryPooled() {
        if (result.isDone()) {
            return;
        }
        Optional<ClientConnection> pooled = pool.take(key);
        telemetry.poolUsed(
                pooled.isPresent() ? TransportEvent.PoolAction.TAKEN : TransportEvent.PoolAction.MISSED, pool, key);
        if (pooled.isEmpty()) {
            resolve();
        } else {
            ClientConnection connection = pooled.get();
            limit(connection, introduce(connection, failure -> tryPooled()));
        }
    }

    /** Whoever holds the other end of a pooled connection may be stopped, while a new connection leads to somebody who is well. */
    private void limit(ClientConnection pooled, CompletableFuture<Session> opened) {
        Duration quarter = request.timeouts().open().dividedBy(4);
        Duration limit = quarter.compareTo(POOLED_PATIENCE) < 0 ? quarter : POOLED_PATIENCE;
        Future<?> timer = loop.schedule(
                () -> pooled.abortOpening(
                        opened,
                        new TransportTimeoutException(
                                "The pooled connection %s did not acknowledge the session within %s; another is tried."
                                        .formatted(pooled.addresses, limit))),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        opened.whenComplete((session, failure) -> timer.cancel(false));
    }

    private void resolve() {
        step = () -> "looking up " + request.via().host();
        lookUp.apply(request.via())
                .whenComplete(telemetry.lookingUp(request.via()))
                .whenComplete((addresses, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        connect(addresses);
                    } else {
                        fail(new ConnectException(
                                "No connection for %s: the name %s is unknown. Check the address, and DNS or /etc/hosts."
                                        .formatted(request.via(), request.via().host()),
                                failure));
                    }
                }));
    }

    private void connect(List<InetAddress> addresses) {
        if (result.isDone()) {
            return;
        }
        AddressRace race = new AddressRace(
                loop,
                AddressOrder.interleaved(addresses).stream()
                        .map(address ->
                                new InetSocketAddress(address, request.via().port()))
                        .toList(),
                this::dial);
        step = () -> "connecting to " + race.progress();
        giveUpAttempt = race::giveUp;
        race.start().whenComplete((channel, failure) -> {
            if (failure == null) {
                connected(channel);
            } else {
                fail(new ConnectException(
                        "No connection for %s: %s. Is the server running, and is this its port?"
                                .formatted(request.via(), race.progress()),
                        failure));
            }
        });
    }

    /** Cancelling the result closes the socket. */
    private CompletableFuture<Channel> dial(InetSocketAddress address) {
        CompletableFuture<Channel> dialled = new CompletableFuture<>();
        SocketChannel channel = eventLoops.newChannel();
        channel.config().setAutoRead(false);
        channel.config().setConnectTimeoutMillis(0);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        dialled.whenComplete((connected, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
        loop.register(channel).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                Consumer<@Nullable Throwable> told = telemetry.connecting(request.via(), address);
                channel.connect(address).addListener((ChannelFuture connected) -> {
                    told.accept(dialled.isCancelled() ? new SessionClosedException(NOT_WANTED) : connected.cause());
                    dialled(dialled, channel, connected.cause());
                });
            } else {
                dialled(dialled, channel, registered.cause());
            }
        });
        return dialled;
    }

    private static void dialled(CompletableFuture<Channel> dialled, Channel channel, @Nullable Throwable failure) {
        if (failure != null) {
            dialled.completeExceptionally(failure);
        } else if (!dialled.complete(channel)) {
            Connections.abort(channel);
        }
    }

    private void connected(Channel channel) {
        if (channel.localAddress() instanceof InetSocketAddress local
                && channel.remoteAddress() instanceof InetSocketAddress remote
                && !result.isDone()) {
            ClientConnection connection =
                    new ClientConnection(channel, new ConnectionAddresses(local, remote), pool, key, telemetry);
            connection.install(keepAlive);
            introduce(connection, this::fail);
        } else {
            Connections.abort(channel);
            fail(new ConnectionLostException(
                    "The connection for %s was reset at once.".formatted(request.via()), null));
        }
    }

    private CompletableFuture<Session> introduce(ClientConnection connection, Consumer<Throwable> onFailure) {
        step = () -> "waiting for the acknowledgement of " + connection.addresses.remoteText();
        giveUpAttempt = () -> connection.abort(new SessionClosedException("The session is not wanted any more."));
        CompletableFuture<Session> opened = new CompletableFuture<>();
        opened.whenComplete((session, failure) -> {
            if (failure != null) {
                loop.execute(() -> onFailure.accept(failure));
            } else if (!result.complete(session)) {
                session.abort(
                        new SessionClosedException("The session was acknowledged when it was not wanted any more."));
            }
        });
        connection.open(request, handler, opened, telemetry);
        return opened;
    }

    private void timedOut() {
        fail(new TransportTimeoutException("The session for %s was not open within openTimeout=%s; it ended while %s."
                .formatted(request.via(), request.timeouts().open(), step.get())));
    }

    private void fail(Throwable cause) {
        result.completeExceptionally(cause);
    }

    private void over(boolean failed) {
        deadline.clear();
        if (failed) {
            giveUpAttempt.run();
        }
    }
}
