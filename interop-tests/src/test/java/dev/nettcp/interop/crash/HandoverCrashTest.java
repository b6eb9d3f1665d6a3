package dev.nettcp.interop.crash;

import static dev.nettcp.interop.crash.Caller.END_AFTER_ACK;
import static dev.nettcp.interop.crash.Caller.END_BEFORE_ACK;
import static dev.nettcp.interop.crash.Caller.fault;
import static dev.nettcp.interop.crash.Caller.servedBy;
import static dev.nettcp.interop.crash.Site.ALONE;
import static dev.nettcp.interop.crash.Site.FIRST;
import static dev.nettcp.interop.crash.Site.SECOND;
import static dev.nettcp.interop.crash.Site.WITH_FALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client sees when something dies or stops while its new connection is handed to the first worker; decision 2 of
 * docs/architecture.md. Until <em>taken</em> is in the lane the service owns the connection, from then on the worker.
 */
class HandoverCrashTest {

    private static final String DISPATCH_FAILED = fault("ConnectionDispatchFailed");
    private static final String NOT_FOUND = fault("EndpointNotFound");
    private static final String UNAVAILABLE = fault("EndpointUnavailable");

    /** How far the connection has come. */
    enum Stage {
        ACCEPTED,
        PREAMBLE_BEGUN,
        QUEUED,
        OFFERING(Step.OFFERING),
        OFFERED(Step.OFFERED),
        OFFER_READ(Step.OFFER_READ),
        READY_WRITTEN(Step.READY_WRITTEN),
        READY_READ(Step.READY_READ),
        /** And the worker has gone as far as it goes without the service: the service knows less than there is. */
        DESCRIPTOR_SENT(Step.DESCRIPTOR_SENT),
        DESCRIPTOR_READ(Step.DESCRIPTOR_READ),
        TAKEN_WRITTEN(Step.TAKEN_WRITTEN),
        ADOPTED(Step.ADOPTED),
        TAKEN_READ(Step.TAKEN_READ),
        COPY_CLOSED(Step.COPY_CLOSED),
        ACKNOWLEDGED;

        private final @Nullable Step step;

        Stage() {
            this(null);
        }

        Stage(@Nullable Step step) {
            this.step = step;
        }

        /** Whether the worker owns the connection; at {@link #DESCRIPTOR_SENT} it has taken it without the service knowing. */
        boolean isTaken() {
            return this == DESCRIPTOR_SENT || compareTo(TAKEN_WRITTEN) >= 0;
        }

        boolean isAcknowledged() {
            return this == DESCRIPTOR_SENT || compareTo(TAKEN_READ) >= 0;
        }
    }

    @TempDir
    private static Path directory;

    private static final Outcomes OUTCOMES = new Outcomes("Handover: what the client saw");

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
    void theWorkerIsKilledAndNobodyElseServesItsAddress(Stage stage) {
        String saw = see(stage, ALONE, () -> site.first().kill());

        OUTCOMES.expect("worker killed", stage, saw, afterTheDeathOfTheWorker(stage));
    }

    private static String[] afterTheDeathOfTheWorker(Stage stage) {
        if (stage == Stage.ADOPTED) {
            return new String[] {END_BEFORE_ACK, END_AFTER_ACK}; // its event loop goes on while the lane is held
        } else if (stage.isAcknowledged()) {
            return new String[] {END_AFTER_ACK};
        } else if (stage.isTaken()) {
            return new String[] {END_BEFORE_ACK};
        }
        return new String[] {stage.compareTo(Stage.OFFERING) < 0 ? NOT_FOUND : DISPATCH_FAILED};
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DESCRIPTOR_SENT", "TAKEN_WRITTEN", "ADOPTED", "TAKEN_READ", "COPY_CLOSED", "ACKNOWLEDGED"})
    void theWorkerIsKilledBeforeItOwnsTheConnectionAndAnotherServesIt(Stage stage) {
        String saw = see(stage, WITH_FALLBACK, () -> site.first().kill());

        OUTCOMES.expect("worker killed, another there", stage, saw, servedBy(SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void theServiceIsKilled(Stage stage) {
        String saw = see(stage, ALONE, () -> {
            site.service().kill();
            site.sessionOfSecondGoesOn();
        });
        site.sessionOfFirstGoesOn();

        OUTCOMES.expect("service killed", stage, saw, stage.isTaken() ? servedBy(FIRST) : END_BEFORE_ACK);
    }

    @ParameterizedTest
    @EnumSource
    void theClientIsKilledAndLeavesNothing(Stage stage) {
        try (ClientProcess client = site.connectProcess();
                Reached reached = new Reached(stage, client, ALONE)) {
            client.kill();
            reached.goOnWithoutClient();
        }
        OUTCOMES.expect("client killed", stage, "-", "-");
    }

    // ---- somebody stops --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void theWorkerStopsForAMoment(Stage stage) {
        String saw = seeWhileStopped(stage, site.first(), caller -> site.secondServesItsClients());

        OUTCOMES.expect("worker stopped for a moment", stage, saw, servedBy(FIRST));
    }

    @ParameterizedTest
    @EnumSource(names = {"READY_WRITTEN", "DESCRIPTOR_SENT", "DESCRIPTOR_READ", "TAKEN_WRITTEN"})
    void theWorkerStopsForLongerThanTheServiceWaitsForTaken(Stage stage) {
        String saw = seeWhileStopped(stage, site.first(), caller -> caller.hears(Limits.TAKEN.plusMillis(300)));

        OUTCOMES.expect("worker stopped beyond takeTimeout", stage, saw, servedBy(FIRST));
    }

    @ParameterizedTest
    @EnumSource
    void theWorkerStopsForLongerThanAConnectionMayWait(Stage stage) {
        String saw = seeWhileStopped(stage, site.first(), caller -> {
            site.secondServesItsClients();
            if (!stage.isTaken()) {
                caller.hears(Duration.ofSeconds(20)); // the client is told without the worker
            }
        });

        OUTCOMES.expect(
                "worker stopped beyond queueTimeout", stage, saw, stage.isTaken() ? servedBy(FIRST) : UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void theServiceStopsForAMoment(Stage stage) {
        String saw = seeWhileStopped(stage, site.service(), caller -> site.sessionOfSecondGoesOn());

        OUTCOMES.expect("service stopped for a moment", stage, saw, servedBy(FIRST));
    }

    @ParameterizedTest
    @EnumSource
    void theServiceStopsForLongerThanAWorkerWaitsForTheDescriptor(Stage stage) {
        String saw = seeWhileStopped(stage, site.service(), caller -> {
            caller.hears(Limits.BEYOND);
            site.sessionOfSecondGoesOn();
            site.sessionOfFirstGoesOn();
        });

        OUTCOMES.expect("service stopped beyond the limits", stage, saw, afterLongSilenceOfTheService(stage));
    }

    /** The worker may have ended its session meanwhile and have another when the service goes on, or not yet. */
    private static String[] afterLongSilenceOfTheService(Stage stage) {
        return stage.isTaken() || stage.compareTo(Stage.QUEUED) < 0
                ? new String[] {servedBy(FIRST)}
                : new String[] {servedBy(FIRST), DISPATCH_FAILED, NOT_FOUND, UNAVAILABLE};
    }

    // ---- how a cell is played --------------------------------------------------------------------------------------

    private interface Meanwhile {
        void with(Caller caller);
    }

    private static String see(Stage stage, String path, Runnable blow) {
        try (Caller caller = site.connect();
                Reached reached = new Reached(stage, caller, path)) {
            blow.run();
            reached.goOn();
            return caller.session();
        }
    }

    private static String seeWhileStopped(Stage stage, ChildProcess process, Meanwhile meanwhile) {
        try (Caller caller = site.connect();
                Reached reached = new Reached(stage, caller, ALONE)) {
            process.stop();
            try {
                reached.goOn();
                meanwhile.with(caller);
            } finally {
                process.resume();
            }
            return caller.session();
        }
    }

    /** A connection that has come to a stage, and is held there. */
    private static final class Reached implements AutoCloseable {

        private final Stage stage;
        private final Client client;
        private final byte[] preamble;
        private @Nullable Held held;
        private final List<Caller> before = new ArrayList<>();

        Reached(Stage stage, Client client, String path) {
            this.stage = stage;
            this.client = client;
            this.preamble = Client.preamble(site.via(path));
            switch (stage) {
                case ACCEPTED -> site.awaitOneMoreSocketOfService();
                case PREAMBLE_BEGUN -> client.sends(Client.firstHalf(preamble));
                case QUEUED -> queue(path);
                case ACKNOWLEDGED -> acknowledge();
                default -> hold(Objects.requireNonNull(stage.step));
            }
        }

        private void hold(Step step) {
            ChildProcess process = step.end() == Step.End.SENDER ? site.service() : site.first();
            held = Held.at(process, step);
            client.sends(preamble);
            held.await();
            if (stage.isAcknowledged() && client instanceof Caller caller) {
                assertThat(caller.hears(Duration.ofSeconds(20))).isTrue();
            }
        }

        /** Behind others for which the worker does not answer, one on each lane. */
        private void queue(String path) {
            held = Held.at(site.first(), Step.OFFER_READ);
            for (int lane = 0; lane < Site.LANES; lane++) {
                Caller other = site.connect();
                before.add(other);
                other.sends(preamble);
            }
            held.await();
            client.sends(preamble);
            Waiting.until("a connection in the queue", () -> site.waiting(path) == 1);
        }

        private void acknowledge() {
            client.sends(preamble);
            if (client instanceof Caller caller) {
                assertThat(caller.hears(Duration.ofSeconds(20))).isTrue();
            } else {
                site.awaitOneMoreSocketOfFirst();
            }
        }

        void goOn() {
            if (held != null) {
                held.goOn();
            } else if (stage == Stage.ACCEPTED) {
                client.sends(preamble);
            } else if (stage == Stage.PREAMBLE_BEGUN) {
                client.sends(Client.secondHalf(preamble));
            }
        }

        void goOnWithoutClient() {
            if (held != null) {
                held.goOn();
            }
        }

        @Override
        public void close() {
            before.forEach(Caller::close);
        }
    }
}
