package dev.nettcp.transport.tls;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where handshakes compute, and wait: for a certificate that is being read, for a revocation list. An event loop that did it would hold up all its
 * sessions.
 */
final class TlsThreads {

    static final Executor EXECUTOR = executor();

    private static final int MIN_THREADS = 8;

    private TlsThreads() {}

    private static Executor executor() {
        int threads = Math.max(MIN_THREADS, 2 * Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("nettcp-tls", true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
