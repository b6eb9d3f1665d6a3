package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.Objection;
import dev.nettcp.sharing.PassedSocket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes what comes while it has places, and records it. */
final class RecordingReceiver implements HandoverReceiver {
    record Adopted(HandoverHeader header, PassedSocket socket) {}

    final BlockingQueue<Adopted> adopted = new LinkedBlockingQueue<>();
    final BlockingQueue<String> untrusted = new LinkedBlockingQueue<>();
    final AtomicInteger places = new AtomicInteger(Integer.MAX_VALUE / 2);
    final AtomicInteger reserved = new AtomicInteger();
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    volatile Optional<Objection> objection = Optional.empty();

    /** Whether it keeps a place for the next connection before that is offered. */
    volatile boolean ahead;

    /** Waits for somebody who finds no room, then makes room for one more and tells. */
    void makeRoom() throws InterruptedException {
        Runnable first = TestService.next(waiting);
        places.incrementAndGet();
        first.run();
    }

    @Override
    public Optional<Place> reserveAhead() {
        return ahead ? reserve() : Optional.empty();
    }

    @Override
    public Optional<Place> reserve(HandoverHeader header) {
        return reserve();
    }

    private Optional<Place> reserve() {
        if (places.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return Optional.empty();
        }
        reserved.incrementAndGet();
        return Optional.of(new Place() {
            @Override
            public Optional<Objection> objection(HandoverHeader offered, PassedSocket socket) {
                return objection;
            }

            @Override
            public void adopt(HandoverHeader offered, PassedSocket socket) {
                reserved.decrementAndGet();
                adopted.add(new Adopted(offered, socket));
            }

            @Override
            public void release() {
                reserved.decrementAndGet();
                places.incrementAndGet();
            }
        });
    }

    @Override
    public void whenRoom(Runnable task) {
        waiting.add(task);
    }

    @Override
    public void untrusted(String why) {
        untrusted.add(why);
    }
}
