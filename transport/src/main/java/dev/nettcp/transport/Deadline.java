package dev.nettcp.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thing that is awaited until a point in time; setting another replaces it. Used on its event loop only. */
final class Deadline {

    private final EventLoop loop;
    private @Nullable Future<?> pending;

    Deadline(EventLoop loop) {
        this.loop = loop;
    }

    /** Runs {@code missed} after the time, unless it is cleared or set anew before; {@link SessionTimeouts#INFINITE} is never. */
    void set(Duration timeout, Runnable missed) {
        clear();
        if (!SessionTimeouts.isInfinite(timeout)) {
            pending = loop.schedule(missed, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void clear() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
