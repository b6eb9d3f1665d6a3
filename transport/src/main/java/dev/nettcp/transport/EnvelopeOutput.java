package dev.nettcp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This side's envelope of a singleton session as a stream, for one thread that may wait. Small writes are gathered until {@link #flush}; each
 * part that goes out is one chunk. At most {@link #MOST_UNSENT} bytes are on their way to the kernel: then the writer waits, until the peer has
 * read some or the session is over, which the send timeout of the session sees to.
 *
 * <p>A stream that is given up without being closed holds no buffer, and leaves the session without its end: abort that.
 */
public final class EnvelopeOutput extends OutputStream {

    /** With its header, a part fills a buffer of 64 KiB. */
    static final int PART = (64 << 10) - Session.HEADROOM;

    static final int MOST_UNSENT = 256 << 10;

    private static final int FIRST_STAGE = 4 << 10;

    private final Session session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    private byte[] stage = new byte[FIRST_STAGE];
    private int staged;
    private boolean started;
    private boolean closed;
    private int unsent; // under the lock, as what follows
    private @Nullable Throwable failure;

    public EnvelopeOutput(Session session) {
        this.session = session;
    }

    @Override
    public void write(int b) throws IOException {
        if (staged == stage.length) {
            makeRoom();
        }
        stage[staged++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        refuseIfClosed();
        int from = offset;
        int left = length;
        while (left > 0) {
            if (staged == 0 && left >= PART) {
                send(bytes, from, PART);
                from += PART;
                left -= PART;
            } else if (staged == stage.length) {
                makeRoom();
            } else {
                int count = Math.min(left, stage.length - staged);
                System.arraycopy(bytes, from, stage, staged, count);
                staged += count;
                from += count;
                left -= count;
            }
        }
    }

    /** The stage is full: it grows, as far as a part goes, and is sent then. */
    private void makeRoom() throws IOException {
        if (stage.length < PART) {
            byte[] larger = new byte[Math.min(PART, 4 * stage.length)];
            System.arraycopy(stage, 0, larger, 0, staged);
            stage = larger;
        } else {
            flush();
        }
    }

    /** Sends what has been gathered. */
    @Override
    public void flush() throws IOException {
        refuseIfClosed();
        if (staged > 0) {
            int count = staged;
            staged = 0;
            send(stage, 0, count);
        }
    }

    /** Forgets what has been written, to begin again; false if some of it has gone out already. */
    public boolean takeBack() {
        if (started || closed) {
            return false;
        }
        staged = 0;
        return true;
    }

    /** The envelope is complete. Does nothing the second time. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            flush();
            closed = true;
            session.closeOutput();
        }
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("The envelope is complete already.");
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        awaitRoom(length);
        started = true;
        ByteBuf part = session.alloc().directBuffer(Session.HEADROOM + length);
        part.setIndex(Session.HEADROOM, Session.HEADROOM);
        part.writeBytes(bytes, offset, length);
        session.send(part).addListener(written -> written(length, written));
    }

    private void awaitRoom(int length) throws IOException {
        lock.lock();
        try {
            while (failure == null && unsent >= MOST_UNSENT) {
                if (session.executor().inEventLoop()) {
                    throw new IllegalStateException(
                            "The peer reads more slowly than this thread writes, and this thread carries connections: it must not wait.");
                }
                progress.await();
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            unsent += length;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("Interrupted while waiting for the peer to read.");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            lock.unlock();
        }
    }

    private void written(int length, Future<?> sent) {
        lock.lock();
        try {
            unsent -= length;
            if (!sent.isSuccess() && failure == null) {
                failure = sent.cause();
            }
            progress.signal();
        } finally {
            lock.unlock();
        }
    }
}
