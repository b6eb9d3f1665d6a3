package dev.nettcp.binding;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where handlers run if nobody says otherwise: a virtual thread for each where the JDK has them (21 and newer), else a pool of daemon
 * threads that grows to {@link #THREADS}. One for the whole process.
 */
final class DefaultExecutor {
    private static final int THREADS = Math.max(64, 16 * Runtime.getRuntime().availableProcessors());
    private static final Executor INSTANCE = create();

    private DefaultExecutor() {}

    static Executor get() {
        return INSTANCE;
    }

    private static Executor create() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return pool(); // a JDK before 21
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the JDK has virtual threads and does not give them", e);
        }
    }

    private static Executor pool() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "nettcp-handler-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
