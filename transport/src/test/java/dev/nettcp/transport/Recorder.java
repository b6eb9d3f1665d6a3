package dev.nettcp.transport;

import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A handler that writes down what it is told: {@code "opened"}, the hex of envelopes, {@code "ended"}, {@code "closed"}, {@code "faulted"}. */
class Recorder implements SessionHandler {

    final List<String> events = new CopyOnWriteArrayList<>();
    final CompletableFuture<Session> opened = new CompletableFuture<>();
    volatile @Nullable TransportException cause;

    @Override
    public void opened(Session session) {
        events.add("opened");
        opened.complete(session);
    }

    @Override
    public void envelope(Session session, ByteBuf envelope) {
        events.add(ByteBufUtil.hexDump(envelope));
    }

    @Override
    public void ended(Session session) {
        events.add("ended");
        session.closeOutput();
    }

    @Override
    public void closed(Session session) {
        events.add("closed");
    }

    @Override
    public void faulted(Session session, TransportException failure) {
        cause = failure;
        events.add("faulted");
    }

    void awaits(String... expected) {
        Waiting.until("events " + List.of(expected) + ", last " + events, () -> events.equals(List.of(expected)));
    }

    TransportException awaitsFault() {
        return Waiting.value("a fault", () -> Optional.ofNullable(cause));
    }

    Session session() {
        return Waiting.result("the session is open", opened);
    }
}
