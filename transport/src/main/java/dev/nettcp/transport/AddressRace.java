package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.Connections;
import dev.nettcp.connection.SocketFailure;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Connects to whichever of several addresses answers first, RFC 8305 section 5 ("Happy Eyeballs"): one attempt after the other, the next as soon as
 * one fails or the last has gone without an answer for a moment, and none is given up before one has succeeded.
 *
 * <pre>
 *   first ──250 ms, or failed──▶ first, second ──250 ms, or one failed──▶ ... ──one connected──▶ the others are given up
 *                                                                            ──all failed─────▶ each with its reason
 * </pre>
 *
 * Used on its event loop only. It has no limit of its own: whoever started it gives it up.
 */
final class AddressRace {

    /** The Connection Attempt Delay that RFC 8305 recommends. */
    static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private final Function<InetSocketAddress, CompletableFuture<Channel>> dialer;
    private final Queue<InetSocketAddress> untried;
    private final Deadline delay;
    private final Map<InetSocketAddress, CompletableFuture<Channel>> running = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Throwable> failures = new LinkedHashMap<>();
    private final CompletableFuture<Channel> winner = new CompletableFuture<>();

    /**
     * @param addresses at least one
     * @param dialer connects to one of them; its result completes on the event loop, and cancelling it gives the attempt up
     */
    AddressRace(
            EventLoop loop,
            List<InetSocketAddress> addresses,
            Function<InetSocketAddress, CompletableFuture<Channel>> dialer) {
        this.dialer = dialer;
        this.untried = new ArrayDeque<>(addresses);
        this.delay = new Deadline(loop);
    }

    /** The connection, or the failure of the attempt that failed last when all have; {@link #progress} tells of all. */
    CompletableFuture<Channel> start() {
        startNext();
        return winner;
    }

    /** Nobody wants the connection any more. */
    void giveUp() {
        delay.clear();
        winner.cancel(false);
        List.copyOf(running.values()).forEach(attempt -> attempt.cancel(false));
    }

    private void startNext() {
        InetSocketAddress address = untried.remove();
        CompletableFuture<Channel> attempt = dialer.apply(address);
        running.put(address, attempt);
        if (untried.isEmpty()) {
            delay.clear();
        } else {
            delay.set(ATTEMPT_DELAY, this::startNext);
        }
        attempt.whenComplete((channel, failure) -> ended(address, channel, failure));
    }

    private void ended(InetSocketAddress address, @Nullable Channel channel, @Nullable Throwable failure) {
        running.remove(address);
        if (channel != null) {
            connected(channel);
        } else if (failure != null && !winner.isDone()) {
            failed(address, failure);
        }
    }

    private void connected(Channel channel) {
        if (winner.complete(channel)) {
            giveUp();
        } else {
            Connections.abort(channel); // two at the same moment
        }
    }

    private void failed(InetSocketAddress address, Throwable failure) {
        failures.put(address, failure);
        if (!untried.isEmpty()) {
            startNext();
        } else if (running.isEmpty()) {
            winner.completeExceptionally(failure);
        }
    }

    /** Each address that was tried, and what came of it: {@code 10.0.0.1:808 (Connection refused), [fd00::1]:808 (no answer)}. */
    String progress() {
        return Stream.concat(
                        failures.entrySet().stream()
                                .map(one -> outcome(one.getKey(), SocketFailure.text(one.getValue()))),
                        running.keySet().stream().map(address -> outcome(address, "no answer")))
                .collect(Collectors.joining(", "));
    }

    private static String outcome(InetSocketAddress address, String what) {
        return "%s (%s)".formatted(ConnectionAddresses.text(address), what);
    }
}
