package dev.nettcp.sharing.worker;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.connection.ReusePolicy;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.RouteOwner;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Who serves the next session on a connection that came over a lane: the service is asked whose its via is. Ours stays, also
 * while the service is away or does not answer; another worker's of the same user goes back to the service; everything else
 * is reset, after which the client retries on a new connection. A stranger's is not returned, since who returned a socket
 * could keep a copy and read along.
 */
final class SharedReuse implements ReusePolicy {
    private final EventLoop loop;
    private final Questions questions;
    private final Returns returns;
    private final SharedPortSettings settings;

    /** {@code loop} is the listener's; questions and returns live on it. */
    SharedReuse(EventLoop loop, Questions questions, Returns returns, SharedPortSettings settings) {
        this.loop = loop;
        this.questions = questions;
        this.returns = returns;
        this.settings = settings;
    }

    @Override
    public CompletionStage<ReuseDecision> decide(ViaUri via, ConnectionAddresses addresses) {
        CompletableFuture<ReuseDecision> decision = new CompletableFuture<>();
        loop.execute(() -> {
            var answer = questions.ask(via.toString(), addresses.local());
            var limit = loop.schedule(
                    () -> answer.complete(Optional.empty()),
                    settings.answerLimit().toNanos(),
                    TimeUnit.NANOSECONDS);
            answer.thenAccept(owner -> {
                limit.cancel(false);
                decision.complete(decision(owner));
            });
        });
        return decision;
    }

    @Override
    public void giveBack(AcceptedConnection connection) {
        returns.giveBack(connection);
    }

    static ReuseDecision decision(Optional<RouteOwner> owner) {
        return owner.map(known -> switch (known) {
                    case MINE -> ReuseDecision.KEEP;
                    case SAME_USER -> ReuseDecision.RETURN;
                    case OTHER_USER, NOBODY -> ReuseDecision.ABORT;
                })
                .orElse(ReuseDecision.KEEP);
    }
}
