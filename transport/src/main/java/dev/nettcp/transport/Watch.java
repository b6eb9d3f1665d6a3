package dev.nettcp.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that something which should happen again and again does not. Costs a look at the clock each time it happens and a timer now and
 * then, not a timer each time. Used on its event loop only.
 */
final class Watch {

    private final EventLoop loop;
    private final Duration timeout;
    private final Runnable missed;
    private @Nullable Future<?> look;
    private long since;
    private boolean running;

    /** @param missed runs when the timeout passes between two calls of {@link #reset()} while the watch runs */
    Watch(EventLoop loop, Duration timeout, Runnable missed) {
        this.loop = loop;
        this.timeout = timeout;
        this.missed = missed;
    }

    /** Counts from now. */
    void start() {
        if (SessionTimeouts.isInfinite(timeout)) {
            return;
        }
        since = System.nanoTime();
        running = true;
        if (look == null) {
            lookIn(timeout.toNanos());
        }
    }

    /** It has happened: counts from now again. */
    void reset() {
        since = System.nanoTime();
    }

    /** Does not count until the next start. */
    void stop() {
        running = false;
    }

    /** As {@link #stop()}, for good: the timer goes too. */
    void end() {
        stop();
        if (look != null) {
            look.cancel(false);
            look = null;
        }
    }

    private void lookIn(long nanos) {
        look = loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        look = null;
        if (!running) {
            return;
        }
        long left = timeout.toNanos() - (System.nanoTime() - since);
        if (left > 0) {
            lookIn(left);
        } else {
            running = false;
            missed.run();
        }
    }
}
