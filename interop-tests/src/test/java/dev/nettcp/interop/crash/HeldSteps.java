package dev.nettcp.interop.crash;

import dev.nettcp.interop.crash.Step.Moment;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.LaneStep;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Inside a process of the matrix: holds every lane that reaches a step, as long as the test wants. On standard input {@code hold 7
 * OFFERED} and {@code go 7}; on standard output {@code HOLDING 7}, {@code AT 7} for each lane that is held, {@code GOING 7}.
 */
final class HeldSteps implements LaneObserver {

    private record Hold(String number, Step step, CountDownLatch gate) {}

    private volatile @Nullable Hold hold;

    @Override
    public void decided(LaneEvent event, LaneStep<?> step) {
        reached(Moment.BEFORE, event);
    }

    @Override
    public void performed(LaneEvent event, LaneStep<?> step) {
        reached(Moment.AFTER, event);
    }

    /** Whether the line was for this. */
    boolean told(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "hold" -> {
                hold = new Hold(words[1], Step.valueOf(words[2]), new CountDownLatch(1));
                System.out.println("HOLDING " + words[1]);
            }
            case "go" -> {
                Hold ended = hold;
                hold = null;
                if (ended != null) {
                    ended.gate.countDown();
                }
                System.out.println("GOING " + words[1]);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void reached(Moment moment, LaneEvent event) {
        Hold here = hold;
        if (here != null && here.step.isReached(moment, event)) {
            System.out.println("AT " + here.number);
            try {
                here.gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
