package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneWait;
import dev.nettcp.sharing.PassedSocket;
import dev.nettcp.sharing.PeerText;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LaneReceiver} on an epoll Unix socket. */
final class TakingLane extends LaneDriver<LaneReceiver> implements ReceivingLane {
    /**
     * Netty's recvFd: the kernel cut the control data (EMSGSIZE), because no descriptor was free, or because more came than Netty has
     * room for, which is two; those it closed.
     */
    private static final int TRUNCATED = -90;

    /** Netty's recvFd: two descriptors came; Netty closed them (EINVAL). */
    private static final int NOT_ONE = -22;

    private static final String AT_LIMIT =
            "the receiving process is at its limit of open descriptors (ulimit -n, LimitNOFILE=)";

    private static final Logger LOG = LoggerFactory.getLogger(TakingLane.class);

    private final LaneDeadlines deadlines;
    private final HandoverReceiver receiver;
    private @Nullable PassedSocket inHand;

    /** Of the connection that is coming, then of the one after it. */
    private final Deque<HandoverReceiver.Place> places = new ArrayDeque<>();

    TakingLane(MessageStream stream, LaneDeadlines deadlines, HandoverReceiver receiver, LaneObserver observer) {
        super(stream, LaneReceiver.start(), observer);
        this.deadlines = deadlines;
        this.receiver = receiver;
        stream.readMessagesOnly();
    }

    @Override
    LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
        return state.on(event);
    }

    @Override
    Duration limit(LaneWait what) {
        return deadlines.descriptor();
    }

    @Override
    void perform(LaneEffect effect) {
        if (effect instanceof LaneEffect.AwaitRoom wait) {
            awaitRoom(wait.sequence());
        } else if (effect instanceof LaneEffect.ReleaseRoom) {
            releaseRoom();
        } else if (effect instanceof LaneEffect.ExpectDescriptor) {
            stream.expectDescriptors(true);
        } else if (effect instanceof LaneEffect.ExpectMessages) {
            stream.expectDescriptors(false);
        } else if (effect instanceof LaneEffect.SendTaken taken) {
            stream.send(Stream.concat(Stream.of(taken.message()), taken.ahead().stream())
                            .toList())
                    .addListener(written -> on(
                            written.isSuccess()
                                    ? new LaneEvent.TakenWritten()
                                    : new LaneEvent.TakenNotWritten(
                                            String.valueOf(written.cause().getMessage()))));
        } else if (effect instanceof LaneEffect.Adopt adopt) {
            adopt(adopt.header());
        } else if (effect instanceof LaneEffect.CloseDescriptor) {
            closeDescriptor();
        } else if (effect instanceof LaneEffect.DropSession drop) {
            receiver.untrusted(PeerText.shown(drop.why()));
        } else {
            throw new IllegalStateException("no effect of a receiving end: " + effect);
        }
    }

    @Override
    public void descriptors(List<FileDescriptor> descriptors) {
        FileDescriptor descriptor = descriptors.get(0);
        if (descriptors.size() > 1) {
            descriptors.forEach(Descriptors::close);
            on(new LaneEvent.WrongDescriptors(descriptors.size() + " descriptors came where one was due"));
            return;
        }
        try {
            PassedSocket socket = Descriptors.inspect(descriptor);
            inHand = socket;
            on(verdict(socket));
        } catch (IOException e) {
            Descriptors.close(descriptor);
            on(new LaneEvent.WrongDescriptors(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void descriptorError(Throwable error) {
        int code = error instanceof NativeIoException io ? io.expectedErr() : 0;
        if (code == NOT_ONE || (code == TRUNCATED && !Descriptors.areScarce())) {
            on(new LaneEvent.WrongDescriptors("more than one descriptor came where one was due"));
        } else if (code == TRUNCATED) {
            receiver.descriptorLost();
            on(new LaneEvent.DescriptorLost(AT_LIMIT));
        } else {
            on(new LaneEvent.InputEnded(String.valueOf(error.getMessage())));
        }
    }

    private LaneEvent verdict(PassedSocket socket) {
        HandoverReceiver.Place place = places.peek();
        if (place == null || !(state() instanceof LaneReceiver.AwaitingDescriptor awaiting)) {
            return new LaneEvent.DescriptorAccepted(false); // the rules close what nobody awaits
        }
        try {
            return place.objection(awaiting.offer().header(), socket)
                    .<LaneEvent>map(o -> new LaneEvent.DescriptorRejected(o.reason(), o.text()))
                    .orElseGet(() -> new LaneEvent.DescriptorAccepted(reservesAhead()));
        } catch (RuntimeException e) {
            LOG.error(
                    "the receiver failed over {}; it is declined",
                    awaiting.offer().header(),
                    e);
            return new LaneEvent.DescriptorRejected(DeclineReason.NOT_ACCEPTABLE, "the receiving end failed: " + e);
        }
    }

    private boolean reservesAhead() {
        Optional<HandoverReceiver.Place> reserved = receiver.reserveAhead();
        reserved.ifPresent(places::add);
        return reserved.isPresent();
    }

    private void awaitRoom(long sequence) {
        if (!(state() instanceof LaneReceiver.WaitingForRoom waiting)
                || waiting.offer().sequence() != sequence) {
            return; // the lane was closed while it waited
        }
        Optional<HandoverReceiver.Place> reserved =
                receiver.reserve(waiting.offer().header());
        if (reserved.isPresent()) {
            places.add(reserved.get());
            on(new LaneEvent.RoomFound(sequence));
        } else {
            receiver.whenRoom(() -> later(() -> awaitRoom(sequence)));
        }
    }

    private void adopt(HandoverHeader header) {
        PassedSocket socket = inHand;
        HandoverReceiver.Place taken = places.poll();
        if (socket == null || taken == null) {
            throw new IllegalStateException("nothing in hand to adopt, or no place for it");
        }
        inHand = null;
        try {
            taken.adopt(header, socket);
        } catch (RuntimeException e) {
            LOG.error("the receiver failed to adopt {}; it is closed", header, e);
            Descriptors.shutDownAndClose(socket.descriptor());
        }
    }

    private void releaseRoom() {
        HandoverReceiver.Place given = places.poll();
        if (given != null) {
            given.release();
        }
    }

    private void closeDescriptor() {
        if (inHand != null) {
            Descriptors.close(inHand.descriptor());
            inHand = null;
        }
    }
}
