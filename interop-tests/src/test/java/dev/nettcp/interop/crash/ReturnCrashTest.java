package dev.nettcp.interop.crash;

import static dev.nettcp.interop.crash.Caller.END_BEFORE_ACK;
import static dev.nettcp.interop.crash.Caller.servedBy;
import static dev.nettcp.interop.crash.Site.ALONE;
import static dev.nettcp.interop.crash.Site.FIRST;
import static dev.nettcp.interop.crash.Site.OF_SECOND;
import static dev.nettcp.interop.crash.Site.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client sees when something dies or stops while its pooled connection, which was the first worker's, goes back to the
 * service because its next session is for the second worker; decision 6 of docs/architecture.md. Until <em>taken</em> is in
 * the lane the first worker owns the connection, from then on the service, and in the end the second worker.
 */
class ReturnCrashTest {

    /** How far the connection has come on its way back. */
    enum Stage {
        /** The client has sent half of its next preamble, and nobody knows yet for whom it is. */
        PREAMBLE_BEGUN,
        /** The first worker has asked whose the via is, and the service does not answer. */
        VALIDATING,
        /** It is to go back, and waits until another connection has: one goes at a time. */
        RETURN_QUEUED,
        OFFERING(Step.OFFERING),
        OFFERED(Step.OFFERED),
        OFFER_READ(Step.OFFER_READ),
        READY_WRITTEN(Step.READY_WRITTEN),
        READY_READ(Step.READY_READ),
        /** And the service has gone on, so that the second worker has the connection: the first knows less than there is. */
        DESCRIPTOR_SENT(Step.DESCRIPTOR_SENT),
        DESCRIPTOR_READ(Step.DESCRIPTOR_READ),
        TAKEN_WRITTEN(Step.TAKEN_WRITTEN),
        ADOPTED(Step.ADOPTED),
        TAKEN_READ(Step.TAKEN_READ),
        COPY_CLOSED(Step.COPY_CLOSED);

        private final @Nullable Step step;

        Stage() {
            this(null);
        }

        Stage(@Nullable Step step) {
            this.step = step;
        }

        /** Whether the first worker does not own it any more. */
        boolean isTaken() {
            return this == DESCRIPTOR_SENT || compareTo(TAKEN_WRITTEN) >= 0;
        }

        /** Whether the second worker has acknowledged the session. */
        boolean isAcknowledged() {
            return this == DESCRIPTOR_SENT || compareTo(TAKEN_READ) >= 0;
        }
    }

    @TempDir
    private static Path directory;

    private static final Outcomes OUTCOMES = new Outcomes("Return: what the client saw");

    private static Site site;

    @BeforeAll
    static void open() {
        site = Site.withReadyWhenAsked(directory);
    }

    @AfterAll
    static void close() {
        OUTCOMES.print();
        if (site != null) {
            site.close();
        }
    }

    @AfterEach
    void everythingIsAsBefore() {
        site.restore();
    }

    // ---- somebody dies ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void theWorkerThatReturnsTheConnectionIsKilled(Stage stage) {
        String saw = see(stage, () -> site.first().kill());

        OUTCOMES.expect("worker killed", stage, saw, stage.isTaken() ? servedBy(SECOND) : END_BEFORE_ACK);
    }

    @ParameterizedTest
    @EnumSource
    void theServiceIsKilled(Stage stage) {
        String saw = see(stage, () -> {
            site.service().kill();
            site.sessionOfSecondGoesOn();
        });
        site.sessionOfFirstGoesOn();

        OUTCOMES.expect("service killed", stage, saw, afterTheDeathOfTheService(stage));
    }

    private static String afterTheDeathOfTheService(Stage stage) {
        return stage.isAcknowledged() ? servedBy(SECOND) : END_BEFORE_ACK;
    }

    @ParameterizedTest
    @EnumSource
    void theClientIsKilledAndLeavesNothing(Stage stage) {
        try (ClientProcess client = site.connectProcess()) {
            client.sends(Client.preamble(site.via(ALONE)));
            client.sends(Caller.WHO_AND_END);
            try (Reached reached = new Reached(stage, client)) {
                client.kill();
                reached.goOnWithoutClient();
            }
        }
        OUTCOMES.expect("client killed", stage, "-", "-");
    }

    // ---- somebody stops --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void theWorkerThatReturnsTheConnectionStopsForAMoment(Stage stage) {
        String saw = seeWhileStopped(stage, site.first(), caller -> {
            if (stage.isTaken()) {
                assertThat(caller.hears(Duration.ofSeconds(20)))
                        .as("the second worker needs the first no more")
                        .isTrue();
            }
            site.secondServesItsClients();
        });

        OUTCOMES.expect("worker stopped for a moment", stage, saw, servedBy(SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void theWorkerThatReturnsTheConnectionStopsForLongerThanTheServiceWaits(Stage stage) {
        String saw = seeWhileStopped(stage, site.first(), caller -> {
            site.secondServesItsClients();
            caller.hears(Limits.QUEUE.plusMillis(400));
        });

        OUTCOMES.expect("worker stopped beyond the limits", stage, saw, afterLongSilenceOfTheWorker(stage));
    }

    private static String afterLongSilenceOfTheWorker(Stage stage) {
        return switch (stage) {
            // the service has given the lane up, and nothing is offered twice
            case OFFER_READ -> END_BEFORE_ACK;
            default -> servedBy(SECOND);
        };
    }

    @ParameterizedTest
    @EnumSource
    void theServiceStopsForAMoment(Stage stage) {
        String saw = seeWhileStopped(stage, site.service(), caller -> site.sessionOfSecondGoesOn());

        OUTCOMES.expect("service stopped for a moment", stage, saw, servedBy(SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void theServiceStopsForLongerThanTheWorkerWaits(Stage stage) {
        String saw = seeWhileStopped(stage, site.service(), caller -> {
            site.sessionOfSecondGoesOn();
            if (stage.isTaken()) {
                caller.hears(Limits.BEYOND);
            } else {
                assertThat(caller.hears(Duration.ofSeconds(20)))
                        .as("the worker tells its client without the service")
                        .isTrue();
            }
        });

        OUTCOMES.expect("service stopped beyond the limits", stage, saw, afterLongSilenceOfTheService(stage));
    }

    private static String afterLongSilenceOfTheService(Stage stage) {
        return stage.isTaken() ? servedBy(SECOND) : END_BEFORE_ACK;
    }

    // ---- how a cell is played --------------------------------------------------------------------------------------

    private interface Meanwhile {
        void with(Caller caller);
    }

    private static String see(Stage stage, Runnable blow) {
        try (Caller caller = servedByFirst();
                Reached reached = new Reached(stage, caller)) {
            blow.run();
            reached.goOn();
            return caller.session();
        }
    }

    private static String seeWhileStopped(Stage stage, ChildProcess process, Meanwhile meanwhile) {
        try (Caller caller = servedByFirst();
                Reached reached = new Reached(stage, caller)) {
            process.stop();
            try {
                if (stage != Stage.VALIDATING || process != site.service()) {
                    reached.goOn();
                }
                meanwhile.with(caller);
            } finally {
                process.resume();
            }
            return caller.session();
        }
    }

    /** A client whose session with the first worker has ended, and whose connection has not. */
    private static Caller servedByFirst() {
        Caller caller = site.connect();
        caller.sends(Client.preamble(site.via(ALONE)));
        assertThat(caller.session()).isEqualTo(servedBy(FIRST));
        return caller;
    }

    /** A connection that has come to a stage, and is held there. */
    private static final class Reached implements AutoCloseable {

        private final Stage stage;
        private final Client client;
        private final byte[] preamble = Client.preamble(site.via(OF_SECOND));
        private @Nullable Held held;
        private @Nullable Caller before;

        Reached(Stage stage, Client client) {
            this.stage = stage;
            this.client = client;
            switch (stage) {
                case PREAMBLE_BEGUN -> client.sends(Client.firstHalf(preamble));
                case VALIDATING -> {
                    site.service().stop();
                    client.sends(preamble);
                }
                case RETURN_QUEUED -> queue();
                default -> hold(Objects.requireNonNull(stage.step));
            }
        }

        private void hold(Step step) {
            held = Held.at(step.end() == Step.End.SENDER ? site.first() : site.service(), step);
            client.sends(preamble);
            held.await();
            if (stage.isAcknowledged() && client instanceof Caller caller) {
                assertThat(caller.hears(Duration.ofSeconds(20))).isTrue();
            }
        }

        /** Behind another that is being offered. */
        private void queue() {
            before = servedByFirst();
            held = Held.at(site.first(), Step.OFFERED);
            before.sends(preamble);
            held.await();
            long asked = site.validations();
            client.sends(preamble);
            Waiting.until("the worker knows that it is to go back", () -> site.validations() > asked);
        }

        void goOn() {
            if (stage == Stage.PREAMBLE_BEGUN) {
                client.sends(Client.secondHalf(preamble));
            }
            goOnWithoutClient();
        }

        void goOnWithoutClient() {
            if (held != null) {
                held.goOn();
            } else if (stage == Stage.VALIDATING && site.service().isAlive()) {
                site.service().resume();
            }
        }

        @Override
        public void close() {
            if (before != null) {
                before.close();
            }
        }
    }
}
