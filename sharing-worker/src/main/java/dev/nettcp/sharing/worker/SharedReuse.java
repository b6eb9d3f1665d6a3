package dev.nettcp.sharing.worker;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.connection.ReusePolicy;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.RouteOwner;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;

/**
 * Who serves the next session on a connection that came over a lane: the service is asked whose its via is. Ours stays;
 * another worker's of the same user goes back to the service; everything else is reset, after which the client retries on a
 * new connection. A stranger's is not returned, since who returned a socket could keep a copy and read along. While the
 * service is away or does not answer, what has an endpoint here stays; of anything else nobody here knows whether it exists,
 * so that it is reset instead of being told that it does not.
 */
final class SharedReuse implements ReusePolicy {
    private static final long LAST_LOOK_MILLIS = 20;

    private final EventLoop loop;
    private final Questions questions;
    private final Returns returns;
    private final SharedPortSettings settings;
    private final BiPredicate<ViaUri, InetAddress> servedHere;

    /** {@code loop} is the listener's; questions and returns live on it. */
    SharedReuse(
            EventLoop loop,
            Questions questions,
            Returns returns,
            SharedPortSettings settings,
            BiPredicate<ViaUri, InetAddress> servedHere) {
        this.loop = loop;
        this.questions = questions;
        this.returns = returns;
        this.settings = settings;
        this.servedHere = servedHere;
    }

    @Override
    public CompletionStage<ReuseDecision> decide(ViaUri via, ConnectionAddresses addresses) {
        CompletableFuture<ReuseDecision> decision = new CompletableFuture<>();
        loop.execute(() -> {
            var answer = questions.ask(via.toString(), addresses.local());
            var limit =
                    loop.schedule(() -> overdue(answer), settings.answerLimit().toNanos(), TimeUnit.NANOSECONDS);
            answer.thenAccept(owner -> {
                limit.cancel(false);
                decision.complete(
                        decision(owner, servedHere.test(via, addresses.local().getAddress())));
            });
        });
        return decision;
    }

    @Override
    public void giveBack(AcceptedConnection connection) {
        returns.giveBack(connection);
    }

    /** After a moment in which this process stood still the answer may be there, unread: the loop reads before it comes back to this. */
    private void overdue(CompletableFuture<Optional<RouteOwner>> answer) {
        loop.schedule(() -> answer.complete(Optional.empty()), LAST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * The rule.
     *
     * @param owner as the service says; empty: it is away, or silent
     * @param servedHere whether there is an endpoint for the via here
     */
    static ReuseDecision decision(Optional<RouteOwner> owner, boolean servedHere) {
        if (owner.isEmpty()) {
            return servedHere ? ReuseDecision.KEEP : ReuseDecision.ABORT;
        }
        return switch (owner.get()) {
            case MINE -> ReuseDecision.KEEP;
            case SAME_USER -> ReuseDecision.RETURN;
            case OTHER_USER, NOBODY -> ReuseDecision.ABORT;
        };
    }
}
