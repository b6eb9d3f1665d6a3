package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneWait;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@link LaneSender} on an epoll Unix socket. */
final class SendingLane extends LaneDriver<LaneSender> implements HandoverLane {
    private record Call(
            HandoverHeader header,
            FileDescriptor descriptor,
            Duration readyLimit,
            CompletableFuture<HandoverOutcome> outcome) {}

    private final LaneDeadlines deadlines;
    private final AtomicReference<@Nullable Call> current = new AtomicReference<>();

    SendingLane(MessageStream stream, LaneDeadlines deadlines, LaneObserver observer) {
        super(stream, LaneSender.start(), observer);
        this.deadlines = deadlines;
    }

    @Override
    public CompletionStage<HandoverOutcome> send(
            HandoverHeader header, FileDescriptor descriptor, Duration readyLimit) {
        if (header.bytesRead().readableBytes() > HandoverHeader.MAX_BYTES_READ) {
            throw new IllegalArgumentException("a header of %d bytes already read; it carries at most %d"
                    .formatted(header.bytesRead().readableBytes(), HandoverHeader.MAX_BYTES_READ));
        }
        if (readyLimit.isNegative() || readyLimit.isZero()) {
            throw new IllegalArgumentException("readyLimit=%s; a wait is more than zero".formatted(readyLimit));
        }
        Call call = new Call(header, descriptor, readyLimit, new CompletableFuture<>());
        if (!current.compareAndSet(null, call)) {
            throw new IllegalStateException("a lane hands over one connection at a time");
        }
        onLoop(() -> on(new LaneEvent.HandOver(header)));
        return call.outcome.minimalCompletionStage();
    }

    @Override
    public boolean isIdle() {
        return current.get() == null && isOpen();
    }

    @Override
    LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
        return state.on(event);
    }

    @Override
    void perform(LaneEffect effect) {
        if (effect instanceof LaneEffect.SendDescriptor) {
            stream.channel().writeAndFlush(current().descriptor).addListener(sent -> {
                if (!sent.isSuccess()) {
                    on(new LaneEvent.DescriptorNotSent(
                            String.valueOf(sent.cause().getMessage())));
                }
            });
        } else if (effect instanceof LaneEffect.StopReading) {
            // Netty reads what is queued to its end afterwards, because half-closure is allowed on every lane.
            ((DuplexChannel) stream.channel()).shutdownInput();
        } else if (effect instanceof LaneEffect.Conclude conclude) {
            Call call = current();
            current.set(null);
            call.outcome.complete(conclude.outcome());
        } else {
            throw new IllegalStateException("no effect of a sending end: " + effect);
        }
    }

    @Override
    Duration limit(LaneWait what) {
        return what == LaneWait.READY ? current().readyLimit : deadlines.taken();
    }

    private Call current() {
        Call call = current.get();
        if (call == null) {
            throw new IllegalStateException("nothing is being handed over; the lane is " + state());
        }
        return call;
    }
}
