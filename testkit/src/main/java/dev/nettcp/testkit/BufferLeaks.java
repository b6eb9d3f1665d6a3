package dev.nettcp.testkit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class when Netty finds a buffer that was collected without having been released. Registered for every test of
 * the build by automatic detection. The collector is asked to run after each class, so that a leak is told where it happened;
 * the report holds the places that touched the buffer.
 */
public final class BufferLeaks implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean LISTENING = new AtomicBoolean();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (LISTENING.compareAndSet(false, true)) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
            ByteBufUtil.setLeakListener((type, records) -> REPORTS.add(type + " was not released" + records));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> reports = collect();
        if (!reports.isEmpty()) {
            throw new AssertionError("%d leaked buffers in or before %s:%n%s"
                    .formatted(reports.size(), context.getDisplayName(), String.join("\n", reports)));
        }
    }

    /** Runs the collector and takes what Netty has to report since the last call. */
    static List<String> collect() {
        collectGarbage();
        collectGarbage(); // what the first run found has been handed to its queues when the second one's witness is
        // The detector looks at its queue of collected buffers whenever the next one is allocated.
        ByteBufAllocator.DEFAULT.buffer(1).release();
        List<String> reports = List.copyOf(REPORTS);
        REPORTS.removeAll(reports);
        return reports;
    }

    private static void collectGarbage() {
        ReferenceQueue<Object> found = new ReferenceQueue<>();
        WeakReference<Object> witness = new WeakReference<>(new Object(), found);
        System.gc();
        try {
            if (!witness.equals(found.remove(Waiting.LIMIT.toMillis()))) {
                throw new IllegalStateException("System.gc() collects nothing; is -XX:+DisableExplicitGC set?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for leaks", e);
        }
    }
}
