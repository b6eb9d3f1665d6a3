package dev.nettcp.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls on one established session, so many a second, until stopped: how many failed, and the longest time without an answer. */
final class CallLoad {

    /** One call and its answer; an exception is a failed call. */
    interface Call {
        void make() throws Exception;
    }

    private final Call call;
    private final Duration pause;
    private final Thread thread = new Thread(this::run, "call load");
    private volatile boolean stopped;

    private long answered;
    private long failed;
    private long longestGapNanos;
    private String firstFailure = "";

    CallLoad(Call call, Duration pause) {
        this.call = call;
        this.pause = pause;
    }

    void start() {
        thread.start();
    }

    private void run() {
        long lastAnswer = System.nanoTime();
        while (!stopped) {
            try {
                call.make();
                long now = System.nanoTime();
                longestGapNanos = Math.max(longestGapNanos, now - lastAnswer);
                lastAnswer = now;
                answered++;
            } catch (Exception e) {
                failed++;
                if (firstFailure.isEmpty()) firstFailure = e.toString();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** Stops and waits; after it the results may be read. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join(TimeUnit.MINUTES.toMillis(1));
    }

    long answered() {
        return answered;
    }

    long failed() {
        return failed;
    }

    Duration longestGap() {
        return Duration.ofNanos(longestGapNanos);
    }

    /** Of the first call that failed; empty when none did. */
    String firstFailure() {
        return firstFailure;
    }
}
