package dev.nettcp.sharing.worker;

import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.connection.ListenException;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.connection.SourceEvent;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.ControlProtocolException;
import dev.nettcp.sharing.unix.ControlClient;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.sharing.unix.ControlSessionHandler;
import dev.nettcp.sharing.worker.RegistrationEffect.AwaitAnswer;
import dev.nettcp.sharing.worker.RegistrationEffect.CloseLanes;
import dev.nettcp.sharing.worker.RegistrationEffect.CloseSession;
import dev.nettcp.sharing.worker.RegistrationEffect.Interrupted;
import dev.nettcp.sharing.worker.RegistrationEffect.Listening;
import dev.nettcp.sharing.worker.RegistrationEffect.OpenFailed;
import dev.nettcp.sharing.worker.RegistrationEffect.OpenLanes;
import dev.nettcp.sharing.worker.RegistrationEffect.OpenSession;
import dev.nettcp.sharing.worker.RegistrationEffect.Opened;
import dev.nettcp.sharing.worker.RegistrationEffect.SendRegister;
import dev.nettcp.sharing.worker.RegistrationEffect.SendUnregister;
import dev.nettcp.sharing.worker.RegistrationEffect.Stopped;
import dev.nettcp.sharing.worker.RegistrationEffect.WaitToRetry;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the rules of {@link Registration} want, on one event loop. */
final class RegistrationClient {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationClient.class);
    private static final String PRODUCT = "nettcp worker";

    private record Session(int attempt, ControlSession control) {}

    private final ListenRequest request;
    private final SharedPortSettings settings;
    private final ListenFailures failures;
    private final List<java.net.InetSocketAddress> addresses;
    private final EventLoop loop;
    private final ControlClient sessions;
    private final ControlClient laneClient;
    private final Questions questions = new Questions();
    private final Returns returns;
    private final Arrivals arrivals;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Queue<RegistrationEvent> events = new ArrayDeque<>();
    private Registration state = Registration.start();
    private boolean running;
    private boolean away;
    private @Nullable CompletableFuture<ControlSession> opening;
    private @Nullable Session session;
    private @Nullable LaneSet lanes;
    private @Nullable Future<?> answerLimit;

    RegistrationClient(
            ListenRequest request,
            SharedPortSettings settings,
            ListenFailures failures,
            List<java.net.InetSocketAddress> addresses,
            ConnectionAcceptor acceptor) {
        this.request = request;
        this.settings = settings;
        this.failures = failures;
        this.addresses = addresses;
        this.loop = request.eventLoops().group().next();
        this.sessions = client(loop);
        this.laneClient = client(request.eventLoops().group());
        this.returns = new Returns(laneClient, loop, settings);
        this.arrivals = new Arrivals(
                acceptor,
                request.eventLoops(),
                new SharedReuse(loop, questions, returns, settings, acceptor::serves),
                why -> loop.execute(() -> distrust(why)),
                new DescriptorLimitLog(request.address(), System::nanoTime));
    }

    private ControlClient client(io.netty.channel.EventLoopGroup group) {
        return new ControlClient(
                settings.controlSocket(),
                group,
                settings.answerLimit(),
                ControlClient.rootOrSelfOr(settings.serviceUsers()),
                settings.laneObserver());
    }

    CompletableFuture<Void> open() {
        loop.execute(() -> on(new RegistrationEvent.Open()));
        Future<?> limit = loop.schedule(this::openTimedOut, nanos(request.openTimeout()), TimeUnit.NANOSECONDS);
        opened.whenComplete((done, failure) -> limit.cancel(false));
        return opened;
    }

    private static long nanos(Duration timeout) {
        Duration longest = Duration.ofDays(365);
        return (timeout.compareTo(longest) < 0 ? timeout : longest).toNanos();
    }

    private void openTimedOut() {
        if (opened.completeExceptionally(failures.notOpenInTime(request.openTimeout(), session != null))) {
            on(new RegistrationEvent.Stop());
        }
    }

    CompletableFuture<Void> stop() {
        arrivals.stop();
        if (loop.isShuttingDown()) {
            stopped.complete(null); // and with the event loop went the session
        } else {
            loop.execute(() -> on(new RegistrationEvent.Stop()));
        }
        return stopped;
    }

    /** One event at a time: one that comes up while another is worked on waits its turn. */
    private void on(RegistrationEvent event) {
        events.add(event);
        if (running) {
            return;
        }
        running = true;
        try {
            for (RegistrationEvent next = events.poll(); next != null; next = events.poll()) {
                Registration.Step step = state.on(next);
                state = step.next();
                step.effects().forEach(this::perform);
            }
        } finally {
            running = false;
        }
    }

    private void perform(RegistrationEffect effect) {
        if (effect instanceof OpenSession open) {
            openSession(open.attempt());
        } else if (effect instanceof SendRegister) {
            send(new Register(request.address().toString(), request.hostNameComparisonMode()));
        } else if (effect instanceof SendUnregister) {
            send(new Unregister());
        } else if (effect instanceof AwaitAnswer await) {
            awaitAnswer(await.attempt());
        } else if (effect instanceof CloseSession close) {
            closeSession(close.attempt());
        } else if (effect instanceof OpenLanes open) {
            openLanes(open);
        } else if (effect instanceof CloseLanes) {
            closeLanes();
        } else if (effect instanceof WaitToRetry wait) {
            Duration pause = settings.backoff().after(wait.failures());
            loop.schedule(
                    () -> on(new RegistrationEvent.RetryDue(wait.attempt())), pause.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            tell(effect);
        }
    }

    private void tell(RegistrationEffect effect) {
        if (effect instanceof Opened) {
            opened.complete(null);
        } else if (effect instanceof OpenFailed failed) {
            opened.completeExceptionally(failed.cause());
        } else if (effect instanceof Listening) {
            logRegistered();
            request.listener().onEvent(new SourceEvent.Listening(addresses));
        } else if (effect instanceof Interrupted interrupted) {
            away = true;
            LOG.warn(
                    "{} lost its registration and tries to get it back: {}",
                    request.address(),
                    interrupted.cause().getMessage());
            request.listener().onEvent(new SourceEvent.Interrupted(interrupted.cause()));
        } else if (effect instanceof Stopped && stopped.complete(null)) {
            request.listener().onEvent(new SourceEvent.Stopped());
        }
    }

    /** That it is back is said as loudly as that it was away: a log that shows one shows the other. */
    private void logRegistered() {
        if (away) {
            away = false;
            LOG.warn(
                    "{} is registered again with the port sharing service at {}",
                    request.address(),
                    settings.controlSocket());
        } else {
            LOG.info(
                    "{} is registered with the port sharing service at {}",
                    request.address(),
                    settings.controlSocket());
        }
    }

    private void openSession(int attempt) {
        opening = sessions.openSession(PRODUCT, List.of(), control -> new Answers(attempt));
        opening.whenComplete((control, failure) -> {
            if (failure == null) {
                session = new Session(attempt, control);
                on(new RegistrationEvent.SessionOpened(attempt));
            } else {
                on(new RegistrationEvent.SessionFailed(attempt, failures.noSession(failure)));
            }
        });
    }

    private void send(ControlMessage message) {
        if (session != null) {
            session.control.send(message);
        }
    }

    private void awaitAnswer(int attempt) {
        if (answerLimit != null) {
            answerLimit.cancel(false);
        }
        ListenException overdue = failures.noAnswer(settings.answerLimit());
        answerLimit = loop.schedule(
                () -> on(new RegistrationEvent.AnswerOverdue(attempt, overdue)),
                settings.answerLimit().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void closeSession(int attempt) {
        if (session != null && session.attempt == attempt) {
            session.control.close();
            session = null;
        } else if (opening != null) {
            opening.cancel(false);
        }
        if (answerLimit != null) {
            answerLimit.cancel(false);
        }
    }

    private void openLanes(OpenLanes open) {
        LaneSet opening = new LaneSet(laneClient, loop, open.token(), settings, arrivals);
        lanes = opening;
        int wanted = Math.min(settings.lanes(), request.limits().maxPendingAccepts());
        int count = Math.min(wanted, Math.max(1, open.lanes()));
        arrivals.lanes(count);
        opening.open(count);
        returns.open(open.token());
        questions.open(this::send);
    }

    private void closeLanes() {
        questions.close();
        returns.close("the registration has ended");
        if (lanes != null) {
            lanes.close("the registration has ended");
            lanes = null;
        }
    }

    private void distrust(String why) {
        if (session != null) {
            on(new RegistrationEvent.SessionLost(session.attempt, failures.lost("it was ended because " + why)));
        }
    }

    /** What the service says in the session of one attempt. */
    private final class Answers implements ControlSessionHandler {
        private final int attempt;

        private Answers(int attempt) {
            this.attempt = attempt;
        }

        @Override
        public void received(ControlMessage message) throws ControlProtocolException {
            if (message instanceof Registered registered) {
                on(
                        registered.status().isSuccess()
                                ? new RegistrationEvent.Registered(attempt, registered.token(), registered.lanes())
                                : new RegistrationEvent.RegistrationRefused(
                                        attempt, failures.notRegistered(registered)));
            } else if (message instanceof Validated validated) {
                questions.answered(validated);
            } else if (message instanceof Unregistered) {
                on(new RegistrationEvent.Unregistered(attempt));
            } else if (message instanceof Refused refused) {
                on(new RegistrationEvent.SessionLost(
                        attempt, failures.lost("%s (%s)".formatted(refused.text(), refused.status()))));
            } else {
                throw new ControlProtocolException("the service sent " + message + ", which no service sends");
            }
        }

        @Override
        public void closed(String why) {
            on(new RegistrationEvent.SessionLost(attempt, failures.lost(why)));
        }
    }
}
