package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.Connections;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.SocketFailure;
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
import org.jspecify.annotations.Nullable;

/**
 * The opening of one session: pooled connections as long as there are any, then a new connection to one address after the other. One attempt at
 * a time, all within one timeout, and whatever still runs when that is over is given up.
 *
 * <pre>
 *   pooled ──failed──▶ pooled ... ──none left──▶ resolve ──▶ connect ──refused──▶ connect ... ──▶ introduce ──▶ session
 * </pre>
 *
 * All steps run on one event loop; a pooled connection may belong to another, which is asked and answers.
 */
final class SessionOpening {

    /** What the preamble of a pooled connection gets of the open timeout at most; else it gets a quarter. */
    private static final Duration POOLED_PATIENCE = Duration.ofSeconds(3);

    private final EventLoops eventLoops;
    private final EventLoop loop;
    private final ConnectionPool pool;
    private final ConnectionPool.Key key;
    private final Telemetry telemetry;
    private final SessionRequest request;
    private final SessionHandler handler;
    private final Deadline deadline;
    private final CompletableFuture<Session> result = new CompletableFuture<>();
    private Runnable giveUpAttempt = () -> {};
    private String step = "waiting for its turn";

    SessionOpening(
            EventLoops eventLoops,
            ConnectionPool pool,
            Telemetry telemetry,
            SessionRequest request,
            SessionHandler handler) {
        this.eventLoops = eventLoops;
        this.loop = eventLoops.group().next();
        this.pool = pool;
        this.key = ConnectionPool.Key.of(request.via());
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
        step = "looking up " + request.via().host();
        Resolver.resolve(request.via())
                .whenComplete(telemetry.lookingUp(request.via()))
                .whenComplete((addresses, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        connect(addresses, null);
                    } else {
                        fail(new ConnectException(
                                "No connection for %s: the name %s is unknown. Check the address, and DNS or /etc/hosts."
                                        .formatted(request.via(), request.via().host()),
                                failure));
                    }
                }));
    }

    private void connect(List<InetAddress> addresses, @Nullable Throwable lastFailure) {
        if (result.isDone()) {
            return;
        }
        if (addresses.isEmpty()) {
            fail(new ConnectException(
                    "No connection for %s: %s. Is the server running, and is this its port?"
                            .formatted(
                                    request.via(),
                                    lastFailure == null ? "no address" : SocketFailure.text(lastFailure)),
                    lastFailure));
            return;
        }
        InetSocketAddress address =
                new InetSocketAddress(addresses.get(0), request.via().port());
        step = "connecting to " + ConnectionAddresses.text(address);
        SocketChannel channel = eventLoops.newChannel();
        channel.config().setAutoRead(false);
        channel.config().setConnectTimeoutMillis(0);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        giveUpAttempt = channel::close;
        loop.register(channel).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                Consumer<@Nullable Throwable> told = telemetry.connecting(request.via(), address);
                channel.connect(address)
                        .addListener((ChannelFuture connected) -> told.accept(connected.cause()))
                        .addListener((ChannelFuture connected) -> connected(channel, connected.cause(), addresses));
            } else {
                fail(new ConnectException(
                        "No connection for %s: no socket.".formatted(request.via()), registered.cause()));
            }
        });
    }

    private void connected(Channel channel, @Nullable Throwable failure, List<InetAddress> addresses) {
        if (failure != null) {
            channel.close();
            connect(addresses.subList(1, addresses.size()), failure);
        } else if (channel.localAddress() instanceof InetSocketAddress local
                && channel.remoteAddress() instanceof InetSocketAddress remote
                && !result.isDone()) {
            ClientConnection connection =
                    new ClientConnection(channel, new ConnectionAddresses(local, remote), pool, key, telemetry);
            connection.install();
            introduce(connection, this::fail);
        } else {
            Connections.abort(channel);
            fail(new ConnectionLostException(
                    "The connection for %s was reset at once.".formatted(request.via()), null));
        }
    }

    private CompletableFuture<Session> introduce(ClientConnection connection, Consumer<Throwable> onFailure) {
        step = "waiting for the acknowledgement of " + connection.addresses.remoteText();
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
                .formatted(request.via(), request.timeouts().open(), step)));
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
