package dev.nettcp.sharing.service.registration;

import static dev.nettcp.sharing.service.telemetry.LogCode.ACCEPT_PAUSED;
import static dev.nettcp.sharing.service.telemetry.LogCode.CONTINUED;
import static dev.nettcp.sharing.service.telemetry.LogCode.PAUSED;
import static dev.nettcp.sharing.service.telemetry.LogCode.REGISTERED;
import static dev.nettcp.sharing.service.telemetry.LogCode.REGISTRATION_REFUSED;
import static dev.nettcp.sharing.service.telemetry.LogCode.UNEXPECTED;
import static dev.nettcp.sharing.service.telemetry.LogCode.UNREGISTERED;
import static dev.nettcp.sharing.service.telemetry.LogCode.WORKER_UNTRUSTED;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.PeerText;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.config.RegistrationSettings;
import dev.nettcp.sharing.service.handover.Dispatcher;
import dev.nettcp.sharing.service.listen.ListenFailure;
import dev.nettcp.sharing.service.listen.Ports;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import dev.nettcp.sharing.service.telemetry.LogLimit;
import dev.nettcp.sharing.unix.ControlService;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.sharing.unix.ControlSessionHandler;
import dev.nettcp.sharing.unix.LaneRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who has which address, in the order of the original: the account, the address, its place in the table, the port. All of
 * it happens on one thread, which also carries the control sessions and the lanes.
 */
public final class Registrar implements ControlService {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    /** What became of a wish to register. */
    sealed interface Result {
        record Granted(LiveRegistration live) implements Result {}

        record Denied(StatusCode status, String text) implements Result {}
    }

    private final Admission admission;
    private final Registry registry;
    private final Ports ports;
    private final Dispatcher dispatcher;
    private final LaneDesk lanes;
    private final OperatorDesk operators;
    private final Counters counters;
    private final Set<ControlSession> sessions = new HashSet<>();
    private final RegistrationQuota quota;
    private final LogLimit brokenLines = new LogLimit(20, TimeUnit.MINUTES.toNanos(1));
    private final LogLimit shortLines = new LogLimit(1, TimeUnit.SECONDS.toNanos(10));
    private boolean stopping;

    public Registrar(
            Admission admission,
            Registry registry,
            Ports ports,
            Dispatcher dispatcher,
            LaneDesk lanes,
            OperatorDesk operators,
            Counters counters,
            RegistrationSettings limits) {
        this.admission = admission;
        this.registry = registry;
        this.ports = ports;
        this.dispatcher = dispatcher;
        this.lanes = lanes;
        this.operators = operators;
        this.counters = counters;
        this.quota = new RegistrationQuota(limits);
    }

    @Override
    public CompletionStage<Optional<Refused>> admit(PeerCredentials peer) {
        return admission.admit(peer);
    }

    @Override
    public ControlSessionHandler sessionOpened(ControlSession session) {
        sessions.add(session);
        return new WorkerSession(session, this, registry);
    }

    void sessionClosed(ControlSession session) {
        sessions.remove(session);
    }

    @Override
    public void laneRequested(LaneRequest request) {
        lanes.requested(request);
    }

    @Override
    public void brokenBy(PeerCredentials peer, String why) {
        brokenLines
                .permit(System.nanoTime())
                .ifPresent(leftOut -> LOG.warn(
                        "{} {}: {}; its socket ends{}",
                        WORKER_UNTRUSTED,
                        peer,
                        why,
                        leftOut == 0 ? "" : " (%d more such lines were left out)".formatted(leftOut)));
    }

    /** Drains are given up first, then the reserve; clients are not accepted then until it is there again. */
    @Override
    public boolean descriptorsShort(String why) {
        shortLines
                .permit(System.nanoTime())
                .ifPresent(leftOut -> LOG.warn(
                        "{} accepting at the control socket pauses: {}. Raise the limit of open files (LimitNOFILE=, ulimit -n) if descriptors have run out.",
                        ACCEPT_PAUSED,
                        why));
        return ports.spareDescriptor();
    }

    /** Registers, or says why not. */
    CompletionStage<Result> register(ControlSession session, Register wish) {
        return admission
                .mayRegister(session.peer())
                .thenCompose(account ->
                        account.allowed() ? checked(session, wish) : denied(StatusCode.ACCESS_DENIED, account.rule()))
                .exceptionally(failure -> undecided(session, failure))
                .thenApply(result -> logged(session, wish, result));
    }

    /** A worker that is waiting for its answer gets one even when the service has failed. */
    private static Result undecided(ControlSession session, Throwable failure) {
        LOG.error("{} the wish of {} to register could not be decided", UNEXPECTED, session.peer(), failure);
        return new Result.Denied(
                StatusCode.INVALID_ARGUMENT,
                "the service failed to decide this; its log says why, under " + UNEXPECTED);
    }

    private CompletionStage<Result> checked(ControlSession session, Register wish) {
        if (stopping) {
            return denied(StatusCode.SHUTTING_DOWN, "the service is stopping");
        }
        RegistrationCheck check = RegistrationCheck.of(wish.baseAddress(), wish.mode(), registry.routes());
        if (check instanceof RegistrationCheck.Refused refused) {
            return denied(refused.status(), refused.text());
        }
        BaseAddress address = ((RegistrationCheck.Admissible) check).address();
        Optional<String> full = quota.take(session.peer().uid());
        if (full.isPresent()) {
            return denied(StatusCode.REGISTRATION_QUOTA_EXCEEDED, full.get());
        }
        var registration = new Registration(address, wish.mode(), session.peer());
        publish(registration);
        return ports.open(address)
                .handle((done, failure) ->
                        failure == null ? listening(registration, session) : notListening(registration, failure));
    }

    /**
     * The route stands before its port is open: who connects in the moment between would hear that there is no such endpoint,
     * and so waits in the queue for the worker's first lane.
     */
    private void publish(Registration registration) {
        dispatcher.open(registration);
        registry.publish(registration);
        dispatcher.routesHaveGrown();
    }

    private void withdraw(Registration registration, String why) {
        registry.withdraw(registration);
        dispatcher.close(registration, why);
        quota.giveBack(registration.worker().uid());
    }

    private Result listening(Registration registration, ControlSession session) {
        if (stopping) {
            withdraw(registration, "the service is stopping");
            ports.close(registration.address());
            return new Result.Denied(StatusCode.SHUTTING_DOWN, "the service is stopping");
        }
        var live = new LiveRegistration(registration, session);
        registry.add(live);
        counters.count(Counter.URIS_REGISTERED);
        return new Result.Granted(live);
    }

    private Result notListening(Registration registration, Throwable failure) {
        String why = reason(failure);
        withdraw(registration, why);
        return new Result.Denied(StatusCode.FAILED_TO_LISTEN, why);
    }

    private static CompletionStage<Result> denied(StatusCode status, String text) {
        return CompletableFuture.completedFuture(new Result.Denied(status, text));
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ListenFailure ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    private Result logged(ControlSession session, Register wish, Result result) {
        if (result instanceof Result.Granted granted) {
            LOG.info("{} {} ({})", REGISTERED, granted.live().registration(), session.product());
        } else if (result instanceof Result.Denied denied) {
            counters.count(Counter.REGISTRATIONS_REFUSED);
            LOG.warn(
                    "{} {} may not register {} ({}): {}, {}",
                    REGISTRATION_REFUSED,
                    session.peer(),
                    PeerText.shown(wish.baseAddress()),
                    wish.mode().wcfName(),
                    denied.status(),
                    PeerText.shown(denied.text()));
        }
        return result;
    }

    /** Ends a registration: no route leads to it any more, then who waits is routed anew, then its port is let go. */
    void unregister(LiveRegistration live, String why) {
        if (!registry.remove(live)) {
            return;
        }
        counters.count(Counter.URIS_UNREGISTERED);
        LOG.info("{} {}: {}", UNREGISTERED, live.registration(), why);
        withdraw(live.registration(), why);
        live.closeReturnLanes(why);
        ports.close(live.registration().address());
    }

    int handoverLanes() {
        return lanes.handoverLanes();
    }

    void countValidation() {
        counters.count(Counter.VALIDATIONS);
    }

    boolean isOperator(PeerCredentials peer) {
        return admission.isOperator(peer);
    }

    OperatorDesk.Answer answer(AdminRequest request) {
        return operators.answer(request);
    }

    // ---- the service as a whole ------------------------------------------------------------------------------------

    /** A port could not be kept open: its workers must know, and register again. */
    public void portLost(int port) {
        for (LiveRegistration live : registry.all()) {
            if (live.registration().address().port() == port) {
                live.session().refuse(StatusCode.FAILED_TO_LISTEN, "port %d is lost".formatted(port));
                unregister(live, "port %d is lost".formatted(port));
            }
        }
    }

    /** Routed connections get EndpointUnavailable until it is continued; sockets and registrations stay. */
    public void pause(boolean paused) {
        registry.pause(paused);
        LOG.info("{} the service is {}", paused ? PAUSED : CONTINUED, paused ? "paused" : "continued");
    }

    /** No registration is granted any more. */
    public void stopRegistering() {
        stopping = true;
    }

    /** Ends every session, and with it every registration; {@link #sessions} tells when they have ended. */
    public void endAll() {
        for (ControlSession session : List.copyOf(sessions)) {
            session.refuse(StatusCode.SHUTTING_DOWN, "the service is stopping");
        }
        for (LiveRegistration live : registry.all()) {
            unregister(live, "the service is stopping");
        }
    }

    /** How many control sessions are open. */
    public int sessions() {
        return sessions.size();
    }
}
