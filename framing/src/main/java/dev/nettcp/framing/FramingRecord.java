package dev.nettcp.framing;

import io.netty.buffer.ByteBuf;

/**
 * One record of the message framing protocol, [MC-NMF] 2.2. Records are values: equal when their content is.
 *
 * <p>The bytes of envelopes are buffers with a reference count. Who receives such a record owns it and calls {@link
 * #release()} or releases the buffer when done with it; for all other records {@code release} does nothing.
 */
public sealed interface FramingRecord {
    /** What stands in the first byte; the parts of an unsized envelope all belong to {@code UNSIZED_ENVELOPE}. */
    RecordType type();

    /** Gives back the bytes this record carries, if it carries any. */
    default void release() {}

    /** {@code 00 major minor}: opens every preamble. Major is 1; the minor version is for information. */
    record Version(int major, int minor) implements FramingRecord {
        /** The version this protocol has had since its beginning. */
        public static final Version CURRENT = new Version(1, 0);

        @Override
        public RecordType type() {
            return RecordType.VERSION;
        }
    }

    /** {@code 01 mode}. */
    record Mode(FramingMode mode) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.MODE;
        }
    }

    /** {@code 02 size text}: the address the client wants, as it was written; nothing about it is checked here. */
    record Via(String uri) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.VIA;
        }
    }

    /** {@code 03 code}: one of the encodings that have a number, 0 to 255; {@link ContentType#ofKnown} names it. */
    record KnownEncoding(int code) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.KNOWN_ENCODING;
        }
    }

    /** {@code 04 size text}: an encoding named by its content type. */
    record ExtensibleEncoding(String contentType) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.EXTENSIBLE_ENCODING;
        }
    }

    /** {@code 05}: an unsized envelope begins; its chunks follow. */
    record UnsizedEnvelopeStart() implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.UNSIZED_ENVELOPE;
        }
    }

    /**
     * {@code size bytes}, size at least 1: a part of the unsized envelope that has begun. Where chunks are cut means
     * nothing: the decoder hands out what has arrived, so one chunk of the wire may come as several of these.
     */
    record UnsizedEnvelopeChunk(ByteBuf content) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.UNSIZED_ENVELOPE;
        }

        @Override
        public void release() {
            content.release();
        }
    }

    /** {@code 00}: the chunk of size 0 that ends an unsized envelope. */
    record UnsizedEnvelopeEnd() implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.UNSIZED_ENVELOPE;
        }
    }

    /** {@code 06 size bytes}: one whole envelope. */
    record SizedEnvelope(ByteBuf payload) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.SIZED_ENVELOPE;
        }

        @Override
        public void release() {
            payload.release();
        }
    }

    /** {@code 07}: the sender has said everything of this session. */
    record End() implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.END;
        }
    }

    /** {@code 08 size text}: the server refuses or gives up; only servers send it, and nothing follows it. */
    record Fault(FaultCode code) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.FAULT;
        }
    }

    /** {@code 09 size text}: the client asks to secure the stream; nothing follows until the answer. */
    record UpgradeRequest(String protocol) implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.UPGRADE_REQUEST;
        }
    }

    /** {@code 0A}: the very next byte of the client belongs to the handshake. */
    record UpgradeResponse() implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.UPGRADE_RESPONSE;
        }
    }

    /** {@code 0B}: the session is open. */
    record PreambleAck() implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.PREAMBLE_ACK;
        }
    }

    /** {@code 0C}: the client has said everything of its preamble. */
    record PreambleEnd() implements FramingRecord {
        @Override
        public RecordType type() {
            return RecordType.PREAMBLE_END;
        }
    }
}
