package dev.nettcp.binding;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * Where handlers run if nobody says otherwise: a virtual thread for each where the JDK has them (21 and newer), else a pool of daemon
 * threads. The pool has {@link #THREADS}, and one more for each of them that waits for the reply to a call, so that calls inside of calls
 * never wait for a thread. One for the whole process.
 */
final class DefaultExecutor {
    private static final int THREADS = Math.max(64, 16 * Runtime.getRuntime().availableProcessors());
    private static final int MOST_THREADS = 32_767;
    private static final Executor INSTANCE = create(Executors.class);

    private DefaultExecutor() {}

    static Executor get() {
        return INSTANCE;
    }

    /** @param executors has the method that gives virtual threads, if the JDK has them */
    static Executor create(Class<?> executors) {
        try {
            return (Executor)
                    executors.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | InvocationTargetException e) {
            return pool(); // a JDK before 21; 19 and 20 have them as a preview, which they refuse
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the JDK has virtual threads and does not give them", e);
        }
    }

    private static Executor pool() {
        return new ForkJoinPool(
                THREADS, DefaultExecutor::thread, null, true, 0, MOST_THREADS, 1, null, 30, TimeUnit.SECONDS);
    }

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("nettcp-handler-" + thread.getPoolIndex());
        return thread;
    }
}
