package dev.nettcp.interop.crash;

import dev.nettcp.testkit.ChildProcess;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of the matrix that waits at a step, from {@link #at} until {@link #goOn}. */
final class Held {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ChildProcess process;
    private final int number = NUMBERS.incrementAndGet();

    private Held(ChildProcess process) {
        this.process = process;
    }

    /** From now on what reaches the step waits there. */
    static Held at(ChildProcess process, Step step) {
        Held held = new Held(process);
        process.tell("hold %d %s".formatted(held.number, step));
        process.awaitLine(line -> line.equals("HOLDING " + held.number));
        return held;
    }

    /** Returns when something waits at the step. */
    void await() {
        process.awaitLine(line -> line.equals("AT " + number));
    }

    /** Ends the hold, or sees to it that a stopped process does as soon as it goes on; nothing to do in one that was killed. */
    void goOn() {
        if (process.isAlive()) {
            process.tell("go " + number);
        }
    }
}
