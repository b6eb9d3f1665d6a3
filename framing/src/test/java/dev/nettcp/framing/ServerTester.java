package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.PrefixTable;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server without a socket: one endpoint at {@code net.tcp://localhost:8808/calc} that answers each envelope with itself
 * and ends when the client does. Records what it would have written and how it ended.
 */
final class ServerTester implements AutoCloseable {
    static final EndpointTerms BUFFERED =
            new EndpointTerms(FramingMode.DUPLEX, ContentType.BINARY_SESSION::equals, Set.of(), 65_536);
    static final EndpointTerms STREAMED =
            new EndpointTerms(FramingMode.SINGLETON_UNSIZED, ContentType.BINARY::equals, Set.of(), 65_536);
    static final EndpointTerms TLS_REQUIRED = new EndpointTerms(
            FramingMode.DUPLEX, ContentType.BINARY_SESSION::equals, Set.of("application/ssl-tls"), 65_536);

    private final ReceiverSession session;
    private final PrefixTable<EndpointTerms> endpoints;
    private final ByteBuf in = Unpooled.buffer();
    private final ByteBuf envelope = Unpooled.buffer();
    private final ByteBuf written = Unpooled.buffer();
    private final List<String> happened = new ArrayList<>();
    private @Nullable ReceiverEvent end;

    ServerTester(EndpointTerms terms, FaultPolicy policy) {
        this.session = new ReceiverSession(FramingLimits.DEFAULT, policy);
        this.endpoints = PrefixTable.<EndpointTerms>ofEndpoints()
                .with(
                        BaseAddress.parse("net.tcp://localhost:8808/calc"),
                        HostNameComparisonMode.STRONG_WILDCARD,
                        terms);
    }

    ServerTester receives(Fragments fragments) {
        for (byte[] piece : fragments.pieces()) {
            in.writeBytes(piece);
            advance();
        }
        return this;
    }

    ServerTester receives(String hex) {
        return receives(Fragments.whole(Hex.bytes(hex)));
    }

    ServerTester endOfStream() {
        session.endOfStream();
        advance();
        return this;
    }

    private void advance() {
        for (ReceiverEvent event; (event = session.next(in)) != null; ) {
            event.send().forEach(record -> FramingEncoder.encode(record, written));
            act(event);
        }
    }

    private void act(ReceiverEvent event) {
        happened.add(event.getClass().getSimpleName());
        if (event instanceof ReceiverEvent.PreambleRead read) {
            endpoints
                    .lookup(read.preamble().via())
                    .match()
                    .ifPresentOrElse(
                            entry -> session.accept(entry.value()),
                            () -> session.refuse(FaultCode.ENDPOINT_NOT_FOUND, "nobody listens there"));
        } else if (event instanceof SessionEvent.Envelope received) {
            reply(GoldenRecords.copied(new FramingRecord.SizedEnvelope(received.payload())));
        } else if (event instanceof SessionEvent.EnvelopeStart) {
            envelope.clear();
        } else if (event instanceof SessionEvent.EnvelopeChunk chunk) {
            envelope.writeBytes(chunk.content());
            chunk.content().release();
        } else if (event instanceof SessionEvent.PeerEnded) {
            if (envelope.isReadable()) {
                reply(new FramingRecord.UnsizedEnvelopeStart());
                reply(new FramingRecord.UnsizedEnvelopeChunk(envelope));
                reply(new FramingRecord.UnsizedEnvelopeEnd());
            }
            reply(new FramingRecord.End());
        } else if (event instanceof ReceiverEvent.Refused
                || event instanceof ReceiverEvent.Aborted
                || event instanceof ReceiverEvent.Closed) {
            end = event;
        }
    }

    private void reply(FramingRecord record) {
        session.sending(record);
        FramingEncoder.encode(record, written);
    }

    ReceiverSession session() {
        return session;
    }

    List<String> happened() {
        return happened;
    }

    /** How the connection ended by itself, if it has. */
    Optional<ReceiverEvent> end() {
        return Optional.ofNullable(end);
    }

    byte[] written() {
        return Hex.bytes(Hex.of(written));
    }

    @Override
    public void close() {
        assertThat(in.refCnt()).as("references to the bytes").isOne();
        in.release();
    }
}
