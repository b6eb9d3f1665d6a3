package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Threads that call, each again and again as soon as it has its answer. The threads stay for the next turn. */
final class Callers {

    /** One call and its answer; whatever is wrong with that is an exception. */
    interface Call {
        void make() throws Exception;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });

    /** So many callers for so long. */
    Turn callFor(Duration time, int callers, IntFunction<Call> calls) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        return run(callers, calls, () -> System.nanoTime() - end < 0);
    }

    /** So many callers until they have made so many calls together. */
    Turn calls(long count, int callers, IntFunction<Call> calls) throws Exception {
        AtomicLong begun = new AtomicLong();
        return run(callers, calls, () -> begun.getAndIncrement() < count);
    }

    private interface GoOn {
        boolean more();
    }

    private Turn run(int callers, IntFunction<Call> calls, GoOn goOn) throws Exception {
        long processorTime = ProcessTime.ofThis();
        long begin = System.nanoTime();
        List<Future<Durations>> running = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Call call = calls.apply(i);
            running.add(threads.submit(() -> call(call, goOn)));
        }
        List<Durations> results = new ArrayList<>();
        for (Future<Durations> each : running) {
            results.add(result(each));
        }
        long took = System.nanoTime() - begin;
        long used = ProcessTime.ofThis() - processorTime;
        Durations all = new Durations();
        results.forEach(all::addAll);
        return new Turn(all.size(), took, used, all.percentile(50), all.percentile(99));
    }

    private static Durations call(Call call, GoOn goOn) throws Exception {
        Durations durations = new Durations();
        long before = System.nanoTime();
        while (goOn.more()) {
            call.make();
            long after = System.nanoTime();
            durations.add(after - before);
            before = after;
        }
        return durations;
    }

    private static Durations result(Future<Durations> caller) throws Exception {
        try {
            return caller.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
