package dev.nettcp.transport;

import io.netty.buffer.ByteBuf;

/** Answers every envelope with itself. */
final class Echo implements SessionHandler {

    static final SessionListener LISTENER = SessionListener.of(session -> new Echo());

    @Override
    public void envelope(Session session, ByteBuf envelope) {
        session.send(envelope.retainedSlice());
    }
}
