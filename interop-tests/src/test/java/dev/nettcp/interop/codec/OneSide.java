package dev.nettcp.interop.codec;

import dev.nettcp.framing.FramingDecoder;
import dev.nettcp.framing.FramingException;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.FramingRecord.KnownEncoding;
import dev.nettcp.framing.FramingRecord.SizedEnvelope;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeChunk;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeEnd;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeStart;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.testkit.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/**
 * What one side of a connection says: its records, the documents in its envelopes, and where its records end. What comes after a mistake
 * is left alone.
 */
final class OneSide {
    /** A document as it came over the wire, and what it says. */
    record Envelope(ByteBuffer document, Snapshot session, List<String> events) {}

    private final List<String> said = new ArrayList<>();
    private final List<Envelope> envelopes = new ArrayList<>();
    private final Set<Integer> recordEnds = new HashSet<>();
    private final FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT);
    private final SessionReaderDictionary session = new SessionReaderDictionary();
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader();
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    private final boolean streamed;
    private int consumed;

    /** @param streamed whether the envelopes have no table of strings; what a client says tells, for both sides */
    private OneSide(boolean streamed) {
        this.streamed = streamed;
    }

    static OneSide hear(Fragments bytes, boolean streamed) {
        var side = new OneSide(streamed);
        ByteBuf received = Unpooled.buffer();
        try {
            for (byte[] piece : bytes.pieces()) {
                received.writeBytes(piece);
                side.decode(received);
            }
            side.said.add(received.readableBytes() + " bytes are left");
        } catch (FramingException e) {
            side.said.add("refused: " + e.getMessage());
        } finally {
            received.release();
        }
        return side;
    }

    private void decode(ByteBuf received) {
        int before = received.readerIndex();
        for (FramingRecord record = decoder.decode(received); record != null; record = decoder.decode(received)) {
            consumed += received.readerIndex() - before;
            before = received.readerIndex();
            recordEnds.add(consumed);
            hear(record);
        }
        consumed += received.readerIndex() - before;
    }

    private void hear(FramingRecord record) {
        if (record instanceof SizedEnvelope envelope) {
            byte[] payload = ByteBufUtil.getBytes(envelope.payload());
            envelope.release();
            envelope(payload);
        } else if (record instanceof UnsizedEnvelopeStart) {
            chunks.reset();
        } else if (record instanceof UnsizedEnvelopeChunk chunk) {
            chunks.writeBytes(ByteBufUtil.getBytes(chunk.content()));
            chunk.release();
        } else if (record instanceof UnsizedEnvelopeEnd) {
            envelope(chunks.toByteArray());
        } else {
            said.add(record.toString());
        }
    }

    private void envelope(byte[] payload) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(payload);
            if (!streamed) {
                session.readTable(rest);
            }
            byte[] document = new byte[rest.remaining()];
            rest.get(document);
            Snapshot known = session.snapshot();
            List<String> events = XmlEvents.of(
                    streamed
                            ? reader.reset(new ByteArrayInputStream(document), known)
                            : reader.reset(document, 0, document.length, known));
            envelopes.add(new Envelope(ByteBuffer.wrap(document), known, events));
            said.add(events.toString());
        } catch (XMLStreamException e) {
            said.add("unreadable: " + e.getMessage());
        }
    }

    /** Records in words and documents as events, in order. */
    List<String> said() {
        return said;
    }

    List<Envelope> envelopes() {
        return envelopes;
    }

    /** Positions in the stream behind a record. */
    Set<Integer> recordEnds() {
        return recordEnds;
    }

    /** Whether it has announced the encoding without a session, [MC-NMF] 2.2.3.4.1. */
    boolean announcesStreamedEncoding() {
        return said.contains(new KnownEncoding(7).toString());
    }
}
