package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Places places = new Places(1);
    private final Intake a = intake();
    private final Intake b = intake();

    private Intake intake() {
        return new Intake("session", new FakeSession(), executor::add, places, () -> false);
    }

    private void offer(Intake to, String... work) {
        for (String name : work) {
            to.offer(() -> done.add(name), 1);
        }
    }

    private void runExecutor() {
        for (Runnable work = executor.poll(); work != null; work = executor.poll()) {
            work.run();
        }
    }

    @Test
    void sessionsThatShareAPlaceTakeTurns() {
        offer(a, "a1", "a2", "a3");
        offer(b, "b1", "b2");
        assertThat(executor).hasSize(1);

        runExecutor();

        assertThat(done).containsExactly("a1", "b1", "a2", "b2", "a3");
    }

    @Test
    void whoWaitsInTheMiddleOfItsWorkHoldsNoPlace() {
        a.offer(
                () -> {
                    done.add("a begins");
                    waitInside(() -> runExecutor());
                    done.add("a ends");
                },
                1);
        offer(b, "b");

        runExecutor();

        assertThat(done).containsExactly("a begins", "b", "a ends");
        offer(a, "again");
        runExecutor();
        assertThat(done).endsWith("again");
    }

    private void waitInside(Runnable meanwhile) {
        try {
            a.await(() -> {
                meanwhile.run();
                return done;
            });
        } catch (NetTcpException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anExecutorThatTakesNothingHoldsNoPlace() {
        Intake orphan = new Intake(
                "session",
                new FakeSession(),
                work -> {
                    throw new RejectedExecutionException("shut down");
                },
                places,
                () -> false);
        offer(orphan, "never");

        offer(b, "b");
        runExecutor();

        assertThat(done).containsExactly("b");
    }
}
