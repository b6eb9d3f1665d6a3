package dev.nettcp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What any thread wants to send over one session, in the order of the calls, until the event loop writes it. All that has gathered by then is
 * written in one go.
 */
final class Outbox {

    private final Channel channel;
    private final Consumer<Outbox> writer;
    private final UnaryOperator<Throwable> explanation;
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    /**
     * @param writer takes all items out; called on the event loop
     * @param explanation what to tell the sender instead of what Netty says
     */
    Outbox(Channel channel, Consumer<Outbox> writer, UnaryOperator<Throwable> explanation) {
        this.channel = channel;
        this.writer = writer;
        this.explanation = explanation;
    }

    /** Adds an envelope, which this takes over, or End. From any thread; on the event loop it is written before this returns. */
    ChannelPromise put(@Nullable ByteBuf envelope) {
        Item item = new Item(envelope);
        items.add(item);
        if (woken.compareAndSet(false, true)) {
            wake();
        }
        return item;
    }

    /** The next item to write, null when there is none. On the event loop, until there is none. */
    @Nullable
    Item poll() {
        return items.poll();
    }

    private void wake() {
        EventLoop loop = channel.eventLoop();
        if (loop.inEventLoop()) {
            write();
            return;
        }
        try {
            loop.execute(this::write);
        } catch (RejectedExecutionException loopHasEnded) {
            rejectAll(new SessionClosedException(
                    "The event loops of this connection have been shut down.", loopHasEnded));
        }
    }

    private void write() {
        woken.set(false);
        writer.accept(this);
    }

    void rejectAll(Throwable cause) {
        for (Item item = items.poll(); item != null; item = items.poll()) {
            item.reject(cause);
        }
    }

    /** Something to write: an envelope, or End if there is none. Its own promise. */
    final class Item extends DefaultChannelPromise {

        final @Nullable ByteBuf envelope;

        private Item(@Nullable ByteBuf envelope) {
            super(channel);
            this.envelope = envelope;
        }

        /** It will never be written. */
        void reject(Throwable cause) {
            if (envelope != null) {
                envelope.release();
            }
            tryFailure(cause);
        }

        @Override
        public boolean tryFailure(Throwable cause) {
            return super.tryFailure(explanation.apply(cause));
        }

        @Override
        public ChannelPromise setFailure(Throwable cause) {
            return super.setFailure(explanation.apply(cause));
        }
    }
}
