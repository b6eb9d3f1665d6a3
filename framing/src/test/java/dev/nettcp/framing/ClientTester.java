package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client without a socket. Knows how many replies it waits for, and records what it would have written and how it failed. */
final class ClientTester implements AutoCloseable {
    static final Preamble DUPLEX =
            new Preamble(FramingMode.DUPLEX, ViaUri.parse("net.tcp://localhost:8808/calc"), ContentType.BINARY_SESSION);
    static final Preamble SINGLETON = new Preamble(
            FramingMode.SINGLETON_UNSIZED, ViaUri.parse("net.tcp://localhost:8808/calc"), ContentType.BINARY);

    private final InitiatorSession session;
    private final ByteBuf in = Unpooled.buffer();
    private final ByteBuf farewell = Unpooled.buffer();
    private final List<InitiatorEvent> events = new ArrayList<>();
    private int repliesDue;
    private @Nullable FailureKind failure;
    private String message = "";

    ClientTester(InitiatorSession session) {
        this.session = session;
        advance();
    }

    /** Brings a client into one of the situations of the golden rows. */
    static ClientTester afterSending(String what) {
        InitiatorSession session = what.startsWith("upgrade request")
                ? InitiatorSession.withUpgrade(DUPLEX, "application/ssl-tls", FramingLimits.DEFAULT)
                : new InitiatorSession(DUPLEX, FramingLimits.DEFAULT);
        ClientTester client = new ClientTester(session);
        switch (what) {
            case "complete preamble, waits for the ack", "upgrade request, waits for the response" -> {}
            case "preamble and one request, ack already received" ->
                client.receives("0B").sendsEnvelope();
            case "preamble and two requests, ack and first reply already received" ->
                client.receives("0B").sendsEnvelope().sendsEnvelope().receives("06 01 AA");
            default -> throw new IllegalArgumentException(what);
        }
        return client;
    }

    ClientTester sendsEnvelope() {
        session.sending(new FramingRecord.SizedEnvelope(Hex.buffer("AA")));
        repliesDue++;
        return this;
    }

    ClientTester receives(Fragments fragments) {
        for (byte[] piece : fragments.pieces()) {
            in.writeBytes(piece);
            advance();
        }
        return this;
    }

    ClientTester receives(String hex) {
        return receives(Fragments.whole(Hex.bytes(hex)));
    }

    ClientTester endOfStream() {
        session.endOfStream();
        advance();
        return this;
    }

    void advance() {
        for (InitiatorEvent event; (event = session.next(in)) != null; ) {
            act(event);
        }
    }

    private void act(InitiatorEvent event) {
        if (event instanceof InitiatorEvent.Refused refused) {
            failure = refused.kind();
            refused.send().forEach(record -> FramingEncoder.encode(record, farewell));
        } else if (event instanceof InitiatorEvent.Failed failed) {
            failure = failed.kind();
            message = failed.cause().getMessage();
        } else if (event instanceof SessionEvent.Envelope envelope) {
            repliesDue--;
            envelope.payload().release();
        } else if (event instanceof SessionEvent.EnvelopeChunk chunk) {
            chunk.content().release();
        } else if (event instanceof SessionEvent.PeerEnded && repliesDue > 0) {
            failure = FailureKind.COMMUNICATION; // what a caller that waits for a reply makes of it
        }
        events.add(event);
    }

    InitiatorSession session() {
        return session;
    }

    List<InitiatorEvent> events() {
        return events;
    }

    Optional<FailureKind> failure() {
        return Optional.ofNullable(failure);
    }

    String message() {
        return message;
    }

    /** What was written because of a fault. */
    byte[] farewell() {
        return Hex.bytes(Hex.of(farewell));
    }

    @Override
    public void close() {
        assertThat(in.refCnt()).as("references to the bytes").isOne();
        in.release();
    }
}
