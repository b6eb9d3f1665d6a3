package dev.nettcp.sharing.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.worker.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of handover, return and registration in many histories, each with crashes, stalls and lost messages anywhere.
 * One owner always, nothing lost but with its owner, nothing twice, no end without a reason; and afterwards everybody is
 * registered who wants to be.
 *
 * <p>A million histories: {@code -Dsimulation.histories=1000000}. One of them again, with all that happened in it: {@code
 * -Dsimulation.seed=…}. The whole commands are in CONTRIBUTING.md.
 */
@Timeout(1200) // a million histories on a busy machine
class SimulationTest {
    private static final long FIRST_SEED = 20_261_125;
    private static final int HISTORIES = 100_000;

    /** How often each thing that can happen has to be seen in so many histories. */
    private static final int AT_LEAST = 3;

    @Test
    void aConnectionAlwaysHasOneOwnerAndNothingIsLostOrDoneTwice() {
        Long seed = Long.getLong("simulation.seed");
        if (seed != null) {
            replay(seed);
            return;
        }
        Seen seen = new Seen();
        int histories = Integer.getInteger("simulation.histories", HISTORIES);
        for (long next = FIRST_SEED; next < FIRST_SEED + histories; next++) {
            Optional<String> failure = failureOf(next, Rules.SOUND, seen);
            if (failure.isPresent()) {
                throw new AssertionError(failure.get());
            }
        }
        if (histories >= HISTORIES) {
            assertThat(seen.seldom(Possible.moments(), AT_LEAST))
                    .as("seen less than %d times in %d histories", AT_LEAST, histories)
                    .isEmpty();
            assertThat(seen.atAll(Possible.impossible()))
                    .as("taken for impossible, and seen")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenRuleIsFoundOut(BrokenRule broken) {
        Seen seen = new Seen();
        Optional<String> failure = Optional.empty();
        for (long next = FIRST_SEED; failure.isEmpty() && next < FIRST_SEED + HISTORIES; next++) {
            failure = failureOf(next, broken.rules, seen);
        }
        assertThat(failure).as("what goes wrong with %s", broken).isPresent();
    }

    @Test
    void everyStateOfTheTablesIsAskedFor() {
        assertThat(Tables.states())
                .containsAll(Stream.of(LaneSender.class, LaneReceiver.class, Registration.class)
                        .flatMap(table -> Stream.of(table.getPermittedSubclasses()))
                        .toList());
    }

    /** What happened is shown, whether it ends well or not. */
    @SuppressWarnings("SystemOut")
    private static void replay(long seed) {
        List<String> log = new ArrayList<>();
        try {
            new History(seed, Rules.SOUND, new Seen(), log::add).run();
        } finally {
            log.forEach(System.out::println);
        }
    }

    /** What goes wrong in the history of this seed, and all that happened in it. */
    private static Optional<String> failureOf(long seed, Rules rules, Seen seen) {
        try {
            new History(seed, rules, seen, null).run();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            List<String> log = new ArrayList<>();
            try {
                new History(seed, rules, new Seen(), log::add).run();
            } catch (AssertionError | RuntimeException again) {
                log.add(again.toString());
            }
            return Optional.of("""
                    seed %d: %s
                    again: mvn test -pl sharing-worker -am -Dtest=SimulationTest \
                    -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=%d
                    %s""".formatted(seed, e, seed, String.join("\n", log)));
        }
    }
}
