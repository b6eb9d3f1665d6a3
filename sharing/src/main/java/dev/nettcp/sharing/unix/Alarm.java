package dev.nettcp.sharing.unix;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One limit at a time, set and forgotten thousands of times a second and hardly ever reached: the event loop gets a task only
 * when none is waiting that comes early enough, and a task that comes too early looks again later.
 */
final class Alarm {
    private final EventLoop loop;
    private @Nullable ScheduledFuture<?> task;
    private long taskDue;
    private @Nullable Runnable action;
    private long due;

    Alarm(EventLoop loop) {
        this.loop = loop;
    }

    /** Runs the action after the time, unless it is forgotten before; the one before is forgotten. */
    void ring(Duration after, Runnable newAction) {
        action = newAction;
        due = System.nanoTime() + after.toNanos();
        if (task == null || taskDue - due > 0) {
            schedule();
        }
    }

    void forget() {
        action = null;
    }

    /** For good: no task is left with the event loop. */
    void end() {
        action = null;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void schedule() {
        if (task != null) {
            task.cancel(false);
        }
        taskDue = due;
        task = loop.schedule(this::look, due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        task = null;
        Runnable expected = action;
        if (expected == null) {
            return;
        }
        if (due - System.nanoTime() > 0) {
            schedule();
        } else {
            action = null;
            expected.run();
        }
    }
}
