package dev.nettcp.sharing.service.handover;

import java.time.Duration;

/** The clock of the queues, and later calls on their thread. */
interface Timer {
    /** Nanoseconds on a clock that only goes forward, from 0. */
    long now();

    void after(Duration delay, Runnable task);
}
