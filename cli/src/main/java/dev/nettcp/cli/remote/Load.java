package dev.nettcp.cli.remote;

import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.soap.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Makes a number of calls, by a number of callers with a session each, one after the other in each. Bounded by the number of calls; it gives up
 * early where nothing works, and stops when it is interrupted.
 */
final class Load {

    /** Failures in a row, of all callers, after which there is no point. */
    private static final int HOPELESS = 100;

    private static final int MOST_KINDS_OF_FAILURE = 20;

    private final long calls;
    private final int callers;
    private final Supplier<NetTcpClient> clients;
    private final Call call;

    private final AtomicLong begun = new AtomicLong();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong failedInARow = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Latencies latencies = new Latencies();
    private final Map<String, Long> failures = new TreeMap<>();

    /** One call, to its end. */
    interface Call {
        void make(NetTcpClient client) throws NetTcpException;
    }

    /** Is told now and then how far things are. */
    interface Progress {
        void soFar(long succeeded, long failed, Duration elapsed);
    }

    Load(long calls, int callers, Supplier<NetTcpClient> clients, Call call) {
        this.calls = calls;
        this.callers = (int) Math.min(calls, callers);
        this.clients = clients;
        this.call = call;
    }

    /** A call that sends a request and reads the reply. */
    static Call request(Message request) {
        return client -> client.request(request).close();
    }

    Result run(Duration interval, Progress progress) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int k = 1; k <= callers; k++) {
            Thread thread = new Thread(this::callUntilDone, "caller-" + k);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                while (!join(thread, interval)) {
                    progress.soFar(succeeded.sum(), failed.sum(), since(start));
                }
            }
        } catch (InterruptedException e) {
            stopped.set(true);
            threads.forEach(Thread::interrupt);
            throw e;
        }
        synchronized (this) {
            return new Result(callers, since(start), latencies, Map.copyOf(failures), failed.sum(), begun() < calls);
        }
    }

    private long begun() {
        return Math.min(begun.get(), calls);
    }

    private static boolean join(Thread thread, Duration time) throws InterruptedException {
        thread.join(time.toMillis());
        return !thread.isAlive();
    }

    private void callUntilDone() {
        Latencies own = new Latencies();
        try (NetTcpClient client = clients.get()) {
            while (!stopped.get() && begun.getAndIncrement() < calls) {
                callOnce(client, own);
            }
        } catch (NetTcpException e) {
            // the session did not end in good order; its calls did, or have been counted
        }
        synchronized (this) {
            latencies.addAll(own);
        }
    }

    private void callOnce(NetTcpClient client, Latencies own) {
        long before = System.nanoTime();
        try {
            call.make(client);
            own.add(System.nanoTime() - before);
            succeeded.increment();
            failedInARow.set(0);
        } catch (NetTcpException | RuntimeException e) {
            failed.increment();
            count(e);
            if (failedInARow.incrementAndGet() >= HOPELESS) {
                stopped.set(true);
            }
        }
    }

    private synchronized void count(Exception e) {
        String kind = kind(e);
        if (failures.containsKey(kind) || failures.size() < MOST_KINDS_OF_FAILURE) {
            failures.merge(kind, 1L, Long::sum);
        }
    }

    /** Without what differs from call to call: ports and times. */
    private static String kind(Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.lines()
                .findFirst()
                .orElse("")
                .replaceAll(":\\d{4,5} to ", ":* to ")
                .replaceAll(" to \\S+:\\d{4,5}", " to *");
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * What came of it.
     *
     * @param failures how many there were of each kind
     * @param givenUp whether fewer calls were made than wanted
     */
    record Result(
            int callers, Duration took, Latencies latencies, Map<String, Long> failures, long failed, boolean givenUp) {

        double callsPerSecond() {
            return latencies.count() / Math.max(1e-9, took.toNanos() / 1e9);
        }
    }
}
