package dev.nettcp.soap;

import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Writers of binary XML that wait for their next document, for the whole process. Those whose buffer has grown large are not kept. */
final class Writers {
    private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();
    private static final int LARGEST_KEPT = 256 * 1024;

    private static final ConcurrentLinkedDeque<BinaryXmlStreamWriter> IDLE = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Writers() {}

    static BinaryXmlStreamWriter borrow() {
        BinaryXmlStreamWriter writer = IDLE.pollFirst();
        if (writer == null) {
            return new BinaryXmlStreamWriter();
        }
        COUNT.decrementAndGet();
        return writer;
    }

    /** @param bufferSize of the writer now */
    static void giveBack(BinaryXmlStreamWriter writer, int bufferSize) {
        if (bufferSize <= LARGEST_KEPT && COUNT.get() < KEPT) {
            COUNT.incrementAndGet();
            IDLE.addFirst(writer);
        }
    }
}
