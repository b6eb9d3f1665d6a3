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
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The {@link HandoverCrashTest} of a connection for which the worker keeps a place already: offer and descriptor go out in one step,
 * without a wait for <em>ready</em>.
 */
class ReadyAheadCrashTest {

    private static final String DISPATCH_FAILED = fault("ConnectionDispatchFailed");
    private static final String UNAVAILABLE = fault("EndpointUnavailable");

    /** How far the connection has come. */
    enum Stage {
        OFFERING(Step.OFFERING),
        OFFER_READ(Step.OFFER_READ),
        DESCRIPTOR_READ(Step.DESCRIPTOR_READ),
        TAKEN_WRITTEN(Step.TAKEN_WRITTEN),
        ADOPTED(Step.ADOPTED),
        /** Offer and descriptor are out, and the worker has gone as far as it goes without the service. */
        SENT(Step.OFFERED),
        TAKEN_READ(Step.TAKEN_READ),
        COPY_CLOSED(Step.COPY_CLOSED);

        private final Step step;

        Stage(Step step) {
            this.step = step;
        }

        boolean isTaken() {
            return compareTo(TAKEN_WRITTEN) >= 0;
        }

        boolean isAcknowledged() {
            return compareTo(SENT) >= 0;
        }
    }

    @TempDir
    private static Path directory;

    private static final Outcomes OUTCOMES = new Outcomes("Handover with ready ahead: what the client saw");

    private static Site site;

    @BeforeAll
    static void open() {
        site = Site.withReadyAhead(directory);
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
        }
        return new String[] {stage.isTaken() ? END_BEFORE_ACK : DISPATCH_FAILED};
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFERING", "OFFER_READ", "DESCRIPTOR_READ"})
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
        site.aPlaceIsKept(ALONE);
        try (ClientProcess client = site.connectProcess()) {
            Held held = reach(stage, client, ALONE);
            client.kill();
            held.goOn();
        }
        OUTCOMES.expect("client killed", stage, "-", "-");
    }

    @ParameterizedTest
    @EnumSource
    void theWorkerStopsForAMoment(Stage stage) {
        String saw = seeWhileStopped(stage, site.first(), caller -> site.secondServesItsClients());

        OUTCOMES.expect("worker stopped for a moment", stage, saw, servedBy(FIRST));
    }

    @ParameterizedTest
    @EnumSource
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

        // Its time is over, or before that every attempt was used up on a lane with a place.
        OUTCOMES.expect(
                "worker stopped beyond queueTimeout",
                stage,
                saw,
                stage.isTaken() ? new String[] {servedBy(FIRST)} : new String[] {UNAVAILABLE, DISPATCH_FAILED});
    }

    @ParameterizedTest
    @EnumSource
    void theServiceStopsForAMoment(Stage stage) {
        String saw = seeWhileStopped(stage, site.service(), caller -> site.sessionOfSecondGoesOn());

        OUTCOMES.expect("service stopped for a moment", stage, saw, servedBy(FIRST));
    }

    // ---- how a cell is played --------------------------------------------------------------------------------------

    private interface Meanwhile {
        void with(Caller caller);
    }

    private static String see(Stage stage, String path, Runnable blow) {
        site.aPlaceIsKept(path);
        try (Caller caller = site.connect()) {
            Held held = reach(stage, caller, path);
            blow.run();
            held.goOn();
            return caller.session();
        }
    }

    private static String seeWhileStopped(Stage stage, ChildProcess process, Meanwhile meanwhile) {
        site.aPlaceIsKept(ALONE);
        try (Caller caller = site.connect()) {
            Held held = reach(stage, caller, ALONE);
            process.stop();
            try {
                held.goOn();
                meanwhile.with(caller);
            } finally {
                process.resume();
            }
            return caller.session();
        }
    }

    /** Brings the client's connection to the stage, where it is held. */
    private static Held reach(Stage stage, Client client, String path) {
        ChildProcess process = stage.step.end() == Step.End.SENDER ? site.service() : site.first();
        Held held = Held.at(process, stage.step);
        client.sends(Client.preamble(site.via(path)));
        held.await();
        if (stage.isAcknowledged() && client instanceof Caller caller) {
            assertThat(caller.hears(Duration.ofSeconds(20))).isTrue();
        }
        return held;
    }
}
