package dev.nettcp.sharing.service.registration;

import static dev.nettcp.sharing.service.telemetry.LogCode.ACCOUNT_REFUSED;

import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.registration.AccessRules.Decision;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access rules at work: what needs the user database is decided on a thread that may wait. */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final AccessRules rules;
    private final Executor lookups;
    private final Executor registrar;
    private final Counters counters;

    /**
     * The rules and the threads they are applied on.
     *
     * @param lookups runs what may wait
     * @param registrar the thread of the answers
     */
    public Admission(AccessRules rules, Executor lookups, Executor registrar, Counters counters) {
        this.rules = rules;
        this.lookups = lookups;
        this.registrar = registrar;
        this.counters = counters;
    }

    /** Whether a peer may speak at all: who may register, and operators. */
    CompletionStage<Optional<Refused>> admit(PeerCredentials peer) {
        if (rules.isOperator(peer)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return mayRegister(peer).thenApply(decision -> {
            if (decision.allowed()) {
                return Optional.empty();
            }
            counters.count(Counter.ACCOUNTS_REFUSED);
            LOG.warn("{} {} was refused at the control socket: {}", ACCOUNT_REFUSED, peer, decision.rule());
            return Optional.of(new Refused(StatusCode.ACCESS_DENIED, decision.rule()));
        });
    }

    CompletionStage<Decision> mayRegister(PeerCredentials peer) {
        return rules.byCredentials(peer)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.supplyAsync(() -> rules.byMembership(peer), lookups)
                        .thenApplyAsync(decision -> decision, registrar));
    }

    boolean isOperator(PeerCredentials peer) {
        return rules.isOperator(peer);
    }
}
