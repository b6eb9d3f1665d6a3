package dev.nettcp.transport;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The peer's envelope of a singleton session as a stream, for threads that may wait. Its {@link SessionHandler} passes on what it is told:
 *
 * <pre>
 *   envelope → add      ended → end      faulted → fail
 * </pre>
 *
 * What has arrived and is not read yet is kept here up to {@link #MOST_KEPT} bytes; then the session is not read, so that in the end the peer
 * waits. The bytes are copied to the heap: a stream that is forgotten holds no buffer of the connection.
 *
 * <p>Whoever waits does so until something arrives or the session is over; how long that may take is the receive timeout of the session.
 */
public final class EnvelopeInput extends InputStream {

    /** Reading the session pauses at so many bytes. */
    static final int MOST_KEPT = 256 << 10;

    /** And goes on when so few are left. */
    static final int RESUMES_AT = 64 << 10;

    private final Session session;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    private byte[] ring = new byte[0];
    private int first;
    private int kept;
    private boolean paused;
    private boolean complete;
    private boolean closed;
    private @Nullable IOException failure;
    private long lastRead;
    private @Nullable Future<?> look;

    /**
     * @param patience how long what has arrived may wait for somebody to read it while the peer is held up by it; then the session is aborted.
     *     {@link SessionTimeouts#INFINITE} for ever
     */
    public EnvelopeInput(Session session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    // ---- what the session tells, on its event loop

    /** A part of the envelope, which is copied. */
    public void add(ByteBuf part) {
        lock.lock();
        try {
            if (closed || failure != null) {
                part.skipBytes(part.readableBytes());
                return;
            }
            append(part);
            if (kept >= MOST_KEPT && !paused) {
                paused = true;
                lastRead = System.nanoTime();
                lookIn(SessionTimeouts.isInfinite(patience) ? -1 : patience.toNanos());
                session.setReading(false);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The envelope is complete. */
    public void end() {
        lock.lock();
        try {
            complete = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The session is over. What has arrived of an envelope that will not be complete is dropped. */
    public void fail(IOException cause) {
        lock.lock();
        try {
            if (!complete && failure == null) {
                failure = cause;
                drop();
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- reading

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** As many bytes as there are; waits only while there is none. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitBytes();
            int count = Math.min(length, kept);
            if (count == 0) {
                return -1;
            }
            take(target, offset, count);
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void awaitBytes() throws IOException {
        refuseIfClosed();
        while (kept == 0 && !complete) {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (session.executor().inEventLoop()) {
                throw new IllegalStateException(
                        "The envelope has not arrived yet, and this thread carries connections: it must not wait.");
            }
            try {
                arrived.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted =
                        new InterruptedIOException("Interrupted while waiting for more of the envelope.");
                interrupted.initCause(e);
                throw interrupted;
            }
            refuseIfClosed();
        }
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("The stream of the envelope has been closed.");
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the envelope has arrived to its last byte, read or not. */
    public boolean isComplete() {
        lock.lock();
        try {
            return complete;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants the rest: it is thrown away as it arrives. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                drop();
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- the bytes, under the lock

    private void append(ByteBuf part) {
        int size = part.readableBytes();
        if (ring.length - kept < size) {
            grow(kept + size);
        }
        int end = (first + kept) & (ring.length - 1);
        int inOnePiece = Math.min(size, ring.length - end);
        part.readBytes(ring, end, inOnePiece);
        part.readBytes(ring, 0, size - inOnePiece);
        kept += size;
    }

    private void grow(int needed) {
        byte[] larger = new byte[Math.max(1024, Integer.highestOneBit(needed - 1) << 1)];
        copyOut(larger, 0, kept);
        ring = larger;
        first = 0;
    }

    private void take(byte[] target, int offset, int count) {
        copyOut(target, offset, count);
        first = (first + count) & (ring.length - 1);
        kept -= count;
        lastRead = System.nanoTime();
        if (paused && kept <= RESUMES_AT) {
            resume();
        }
    }

    private void copyOut(byte[] target, int offset, int count) {
        int inOnePiece = Math.min(count, ring.length - first);
        System.arraycopy(ring, first, target, offset, inOnePiece);
        System.arraycopy(ring, 0, target, offset + inOnePiece, count - inOnePiece);
    }

    private void drop() {
        ring = new byte[0];
        first = 0;
        kept = 0;
        if (paused) {
            resume();
        }
    }

    private void resume() {
        paused = false;
        if (look != null) {
            look.cancel(false);
            look = null;
        }
        session.setReading(true);
    }

    // ---- a reader that has gone away

    private void lookIn(long nanos) {
        if (nanos >= 0) {
            look = session.executor().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        lock.lock();
        try {
            if (!paused) {
                return;
            }
            long left = patience.toNanos() - (System.nanoTime() - lastRead);
            if (left > 0) {
                lookIn(left);
                return;
            }
        } finally {
            lock.unlock();
        }
        session.abort(new TransportTimeoutException(
                "Nobody has read on for %s in the envelope from %s for %s; the connection was reset. Read envelopes to their end, or close them."
                        .formatted(patience, session.addresses().remoteText(), session.via())));
    }
}
