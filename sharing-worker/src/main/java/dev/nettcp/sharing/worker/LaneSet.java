package dev.nettcp.sharing.worker;

import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.unix.ControlClient;
import dev.nettcp.sharing.unix.ReceivingLane;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handover lanes of one registration: as many as agreed, and when one ends, another. On the event loop of the listener;
 * each lane lives on one of the group.
 */
final class LaneSet {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSet.class);

    private final ControlClient client;
    private final EventLoop loop;
    private final LaneToken token;
    private final SharedPortSettings settings;
    private final HandoverReceiver receiver;
    private final List<CompletableFuture<ReceivingLane>> opening = new ArrayList<>();
    private final Set<ReceivingLane> lanes = new HashSet<>();
    private boolean closed;

    LaneSet(
            ControlClient client,
            EventLoop loop,
            LaneToken token,
            SharedPortSettings settings,
            HandoverReceiver receiver) {
        this.client = client;
        this.loop = loop;
        this.token = token;
        this.settings = settings;
        this.receiver = receiver;
    }

    LaneToken token() {
        return token;
    }

    void open(int count) {
        for (int i = 0; i < count; i++) {
            openOne(0);
        }
    }

    /** Ends every lane; a connection whose taking is being written is decided before. */
    void close(String why) {
        closed = true;
        opening.forEach(one -> one.cancel(false));
        lanes.forEach(lane -> lane.close(why));
        lanes.clear();
    }

    private void openOne(int failures) {
        if (closed) {
            return;
        }
        CompletableFuture<ReceivingLane> one = client.openHandoverLane(token, settings.laneDeadlines(), receiver);
        opening.add(one);
        one.whenComplete((lane, failure) -> loop.execute(() -> {
            opening.removeIf(CompletableFuture::isDone);
            if (failure == null) {
                opened(lane);
            } else {
                LOG.debug("no lane to the port sharing service: {}", failure.getMessage());
                openLater(failures + 1);
            }
        }));
    }

    private void opened(ReceivingLane lane) {
        if (closed) {
            lane.close("the registration has ended");
            return;
        }
        lanes.add(lane);
        lane.closed()
                .thenAccept(why -> loop.execute(() -> {
                    lanes.remove(lane);
                    if (!closed) {
                        LOG.debug("a lane to the port sharing service ended ({}); another is opened", why);
                        openLater(1);
                    }
                }));
    }

    private void openLater(int failures) {
        if (!closed) {
            loop.schedule(
                    () -> openOne(failures), settings.backoff().after(failures).toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
