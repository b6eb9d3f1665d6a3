package dev.nettcp.sharing.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneWait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The rules of handover, return and registration in many histories, each with crashes, stalls and lost messages anywhere.
 * One owner always, nothing lost but with its owner, nothing twice; and afterwards everybody is registered who wants to be.
 *
 * <p>A million histories: {@code mvn test -pl sharing-worker -am -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dsimulation.histories=1000000}. One history again, with what happened in it: {@code -Dsimulation.seed=…}.
 */
class SimulationTest {
    private static final long FIRST_SEED = 20_261_125;

    @Test
    void aConnectionAlwaysHasOneOwnerAndNothingIsLostOrDoneTwice() {
        Long seed = Long.getLong("simulation.seed");
        if (seed != null) {
            List<String> log = new ArrayList<>();
            try {
                new World(seed, LaneSender::on, log::add).run();
            } finally {
                log.forEach(System.out::println);
            }
            return;
        }
        int histories = Integer.getInteger("simulation.histories", 100_000);
        for (long next = FIRST_SEED; next < FIRST_SEED + histories; next++) {
            failureOf(next, LaneSender::on).ifPresent(SimulationTest::fail);
        }
    }

    @Test
    void aSenderThatDoesNotDrainIsFoundOut() {
        assertThat(firstFailure(SimulationTest::decidingWithoutDraining)).isPresent();
    }

    @Test
    void aSenderThatTakesTheDescriptorForTakenIsFoundOut() {
        assertThat(firstFailure(SimulationTest::decidingWhenTheDescriptorIsSent))
                .isPresent();
    }

    /** A broken rule: when Taken does not come in time, the connection is the sender's, whatever is in the lane. */
    private static LaneStep<LaneSender> decidingWithoutDraining(LaneSender state, LaneEvent event) {
        if (state instanceof LaneSender.Passing
                && event instanceof LaneEvent.DeadlinePassed deadline
                && deadline.what() == LaneWait.TAKEN) {
            return new LaneStep<>(
                    new LaneSender.Closed(),
                    List.of(
                            new LaneEffect.Conclude(new HandoverOutcome.Failed("late", true)),
                            new LaneEffect.CloseLane("late")));
        }
        return state.on(event);
    }

    /** Another one: what was sent is gone, as the original service has it. */
    private static LaneStep<LaneSender> decidingWhenTheDescriptorIsSent(LaneSender state, LaneEvent event) {
        LaneStep<LaneSender> step = state.on(event);
        if (step.effects().contains(new LaneEffect.SendDescriptor())) {
            List<LaneEffect> effects = new ArrayList<>(step.effects());
            effects.add(new LaneEffect.Conclude(new HandoverOutcome.Taken()));
            return new LaneStep<>(step.next(), effects);
        }
        return step;
    }

    private static Optional<String> firstFailure(Lane.SenderRules rules) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 20_000; seed++) {
            Optional<String> failure = failureOf(seed, rules);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** What goes wrong in the history of this seed, with all that happened in it. */
    private static Optional<String> failureOf(long seed, Lane.SenderRules rules) {
        try {
            new World(seed, rules, null).run();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            List<String> log = new ArrayList<>();
            try {
                new World(seed, rules, log::add).run();
            } catch (AssertionError | RuntimeException again) {
                log.add(again.toString());
            }
            return Optional.of("-Dsimulation.seed=%d: %s%n%s".formatted(seed, e, String.join("\n", log)));
        }
    }

    private static void fail(String why) {
        throw new AssertionError(why);
    }
}
