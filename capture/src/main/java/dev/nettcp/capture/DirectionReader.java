package dev.nettcp.capture;

import dev.nettcp.capture.CaptureEvent.Ended.How;
import dev.nettcp.capture.CaptureEvent.Missing;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingDecoder;
import dev.nettcp.framing.FramingException;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.MultiByteInt;
import dev.nettcp.framing.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one side of a connection says.
 *
 * <pre>
 *   BEGINNING ──▶ RECORDS ⇄ SKIPPING    inside a message of known size that is not there, or too large
 *       │           ⇅
 *       └────────▶ LOST                 where the next record begins is not known
 *   RECORDS ──▶ ENCRYPTED               behind an upgrade
 *   any ──────▶ IGNORED                 no net.tcp, or against its rules
 * </pre>
 */
final class DirectionReader {
    private enum State {
        BEGINNING,
        RECORDS,
        SKIPPING,
        LOST,
        ENCRYPTED,
        IGNORED
    }

    /** Beyond what peers accept, so that what they refuse is shown. */
    private static final FramingLimits LIMITS = new FramingLimits(65_536, 4096, 4096, 65_536, Long.MAX_VALUE);

    private static final int BYTES_TO_JUDGE = 4;
    private static final int KEPT_CAPACITY = 65_536;

    private final Conversation conversation;
    private final Report report;
    private final Side side;
    private final boolean fromBeginning;

    private State state = State.BEGINNING;
    private FramingDecoder decoder = new FramingDecoder(LIMITS);
    private EnvelopeSession session = EnvelopeSession.unknown();
    private ByteBuf buffer = Unpooled.buffer(0);
    private @Nullable Chunks chunks; // of the unsized envelope that has begun
    private long recordAt;
    private long held;
    private @Nullable Instant now;
    private long offset; // of the first byte in the buffer
    private long passed; // bytes since the state was entered, in LOST, ENCRYPTED and IGNORED
    private long toSkip;
    private @Nullable String upgrade;
    private boolean readBefore;
    private boolean ended;

    DirectionReader(Conversation conversation, Report report, Side side, boolean fromBeginning) {
        this.conversation = conversation;
        this.report = report;
        this.side = side;
        this.fromBeginning = fromBeginning;
    }

    /** Bytes seen so far. */
    long total() {
        return offset + buffer.readableBytes();
    }

    // ------------------------------------------------------------------------------------------------ what comes

    void bytes(@Nullable Instant time, ByteBuffer in) {
        if (ended) {
            return;
        }
        advance(time);
        if (!report.hasRoomFor(in.remaining()) && state == State.RECORDS) {
            unreadable("too much is waiting in all connections together: more than maxBufferedBytes=%d"
                    .formatted(report.limits.maxBufferedBytes()));
        }
        buffer.writeBytes(in);
        boolean goesOn = true;
        while (buffer.isReadable() && goesOn) {
            goesOn = step();
        }
        tidy();
    }

    private boolean step() {
        return switch (state) {
            case BEGINNING -> judge();
            case RECORDS -> readRecord();
            case SKIPPING -> skip();
            case LOST -> search();
            case ENCRYPTED -> passEncrypted();
            case IGNORED -> pass();
        };
    }

    void missing(@Nullable Instant time, long bytes, Missing.Why why) {
        if (ended) {
            return;
        }
        advance(time);
        switch (state) {
            case BEGINNING -> becomeLost();
            case RECORDS -> missingInRecords(bytes, why);
            case SKIPPING -> {
                boolean inside = bytes <= toSkip;
                tellMissing(bytes, why, inside ? Missing.What.NOTHING : Missing.What.SEARCHING);
                toSkip -= bytes;
                if (toSkip == 0) {
                    state = State.RECORDS;
                } else if (!inside) {
                    becomeLost();
                }
            }
            case LOST, ENCRYPTED -> tellMissing(bytes, why, Missing.What.NOTHING);
            case IGNORED -> {}
        }
        offset += bytes;
        tidy();
    }

    /** If only bytes of one sized envelope are missing, its end is known. */
    private void missingInRecords(long bytes, Missing.Why why) {
        long size = sizeOfEnvelope();
        long toCome = size < 0 ? -1 : size - buffer.readableBytes();
        if (bytes > toCome) {
            tellMissing(bytes, why, Missing.What.SEARCHING);
            becomeLost();
            return;
        }
        tellMissing(bytes, why, Missing.What.ONE_MESSAGE_LOST);
        passOver(size);
        toSkip -= bytes;
        state = toSkip == 0 ? State.RECORDS : State.SKIPPING;
    }

    void end(@Nullable Instant time, How how) {
        if (ended) {
            return;
        }
        advance(time);
        if (state == State.BEGINNING && buffer.isReadable()) {
            judgeNow();
        }
        if (conversation.isAnnounced() && !(how == How.CAPTURE_ENDS && total() == 0)) {
            conversation.tell(new CaptureEvent.Ended(
                    conversation.place(side, now, total()), how, Optional.ofNullable(detailOfEnd())));
        }
        abandon();
    }

    /** Nothing more is told. */
    void abandon() {
        ended = true;
        buffer = Unpooled.EMPTY_BUFFER;
        chunks = null;
        report.holds(held, 0);
        held = 0;
    }

    private @Nullable String detailOfEnd() {
        return switch (state) {
            case BEGINNING -> buffer.isReadable() ? "inside its first record" : null;
            case RECORDS -> detailOfIncomplete();
            case SKIPPING -> "%d bytes before the end of a message that was passed over".formatted(toSkip);
            case LOST ->
                passed > 0
                        ? "%d bytes since the loss were not read, no record was found in them".formatted(passed)
                        : null;
            case ENCRYPTED -> passed > 0 ? "%d bytes of %s were not read".formatted(passed, upgrade) : null;
            case IGNORED -> passed > 0 ? "%d bytes were not read".formatted(passed) : null;
        };
    }

    private @Nullable String detailOfIncomplete() {
        if (chunks != null) {
            return "inside an unsized envelope, %d bytes of which are there".formatted(chunks.size());
        }
        if (!buffer.isReadable()) {
            return null;
        }
        long size = sizeOfEnvelope();
        RecordType type = decoder.nextType(buffer);
        return size < 0
                ? "inside a record of type %s, %d bytes of which are there".formatted(type, buffer.readableBytes())
                : "inside a sized envelope, %d of its %d bytes are there".formatted(buffer.readableBytes(), size);
    }

    // ------------------------------------------------------------------------------------------------ states

    private boolean judge() {
        if (fromBeginning && side == Side.CLIENT && buffer.readableBytes() < BYTES_TO_JUDGE) {
            return false;
        }
        judgeNow();
        return true;
    }

    private void judgeNow() {
        if (conversation.isForeign()) {
            state = State.IGNORED;
        } else if (!fromBeginning) {
            state = State.LOST;
            session.stringsLost();
        } else if (conversation.isAnnounced() || RecordStart.begins(side, buffer)) {
            conversation.announce(now);
            state = State.RECORDS;
            readBefore = true;
        } else {
            conversation.foreign("the %s begins with %s".formatted(side, RecordStart.described(buffer)), now);
            state = State.IGNORED;
        }
    }

    private boolean readRecord() {
        try {
            recordAt = chunks == null ? offset : recordAt;
            long size = sizeOfEnvelope();
            if (size > report.limits.maxEnvelopeBytes()) {
                conversation.tell(new CaptureEvent.EnvelopePassedOver(
                        conversation.place(side, now, offset), size, report.limits.maxEnvelopeBytes()));
                passOver(size);
                return true;
            }
            int before = buffer.readableBytes();
            FramingRecord read = decoder.decode(buffer);
            offset += before - buffer.readableBytes();
            if (read != null) {
                handle(read);
            }
            return read != null;
        } catch (FramingException e) {
            unreadable(e.getMessage());
            return true;
        }
    }

    private boolean skip() {
        int size = (int) Math.min(toSkip, buffer.readableBytes());
        consume(size);
        toSkip -= size;
        if (toSkip == 0) {
            state = State.RECORDS;
        }
        return true;
    }

    /** The buffer begins where a segment begins. */
    private boolean search() {
        if (!RecordStart.isAt(buffer)) {
            passed += buffer.readableBytes();
            consume(buffer.readableBytes());
            return true;
        }
        conversation.announce(now);
        if (readBefore || offset > 0 || !RecordStart.isPreamble(buffer)) {
            conversation.tell(new CaptureEvent.Resumed(conversation.place(side, now, offset), passed, !readBefore));
        }
        state = State.RECORDS;
        readBefore = true;
        return true;
    }

    private boolean passEncrypted() {
        if (passed == 0) {
            conversation.tell(
                    new CaptureEvent.Encrypted(conversation.place(side, now, offset), String.valueOf(upgrade)));
        }
        return pass();
    }

    private boolean pass() {
        passed += buffer.readableBytes();
        consume(buffer.readableBytes());
        return true;
    }

    private void becomeLost() {
        consume(buffer.readableBytes());
        state = State.LOST;
        passed = 0;
        decoder = new FramingDecoder(LIMITS);
        chunks = null;
        session.stringsLost();
        conversation.sessionsLost();
    }

    private void unreadable(String reason) {
        conversation.tell(new CaptureEvent.Unreadable(conversation.place(side, now, offset), reason));
        state = State.IGNORED;
        passed = 0;
        chunks = null;
    }

    // ------------------------------------------------------------------------------------------------ records

    /** Bytes of the sized envelope that begins here, its header included; -1 if none does, or its size is not there. */
    private long sizeOfEnvelope() {
        if (state != State.RECORDS || decoder.nextType(buffer) != RecordType.SIZED_ENVELOPE) {
            return -1;
        }
        ByteBuf ahead = buffer.slice().skipBytes(1);
        int size = MultiByteInt.read(ahead);
        return size == MultiByteInt.INCOMPLETE ? -1 : (long) ahead.readerIndex() + size;
    }

    /** The sized envelope that begins here is not collected; its table of strings is read if it is there. */
    private void passOver(long size) {
        ByteBuf ahead = buffer.slice().skipBytes(1);
        int payload = MultiByteInt.read(ahead);
        session.lostBehind(ByteBufUtil.getBytes(ahead, ahead.readerIndex(), Math.min(payload, ahead.readableBytes())));
        toSkip = size;
        state = State.SKIPPING;
        skip();
    }

    private void handle(FramingRecord read) {
        if (read instanceof FramingRecord.SizedEnvelope envelope) {
            byte[] payload = ByteBufUtil.getBytes(envelope.payload());
            envelope.release();
            tellMessage(payload, true);
        } else if (read instanceof FramingRecord.UnsizedEnvelopeStart) {
            chunks = new Chunks(report.limits.maxEnvelopeBytes());
        } else if (read instanceof FramingRecord.UnsizedEnvelopeChunk chunk) {
            Objects.requireNonNull(chunks).add(chunk.content());
            chunk.release();
        } else if (read instanceof FramingRecord.UnsizedEnvelopeEnd) {
            endOfChunks(Objects.requireNonNull(chunks));
        } else {
            conversation.tell(new CaptureEvent.Said(conversation.place(side, now, recordAt), read));
            follow(read);
        }
    }

    /** What a record means for what follows it. */
    private void follow(FramingRecord read) {
        if (read instanceof FramingRecord.KnownEncoding encoding) {
            beginSession(ContentType.ofKnown(encoding.code()));
        } else if (read instanceof FramingRecord.ExtensibleEncoding encoding) {
            beginSession(new ContentType(encoding.contentType()));
        } else if (read instanceof FramingRecord.PreambleAck) {
            session = conversation.sessionOpened();
        } else if (read instanceof FramingRecord.UpgradeRequest request) {
            conversation.upgradeRequested(request.protocol());
            encryptedFromHere(request.protocol());
        } else if (read instanceof FramingRecord.UpgradeResponse) {
            encryptedFromHere(conversation.upgrade());
        }
    }

    private void beginSession(ContentType contentType) {
        session = EnvelopeSession.of(contentType);
        conversation.sessionRequested(contentType);
    }

    /** Nothing follows a request until it is answered, and nothing follows a refusal. */
    private void encryptedFromHere(String protocol) {
        upgrade = protocol;
        state = State.ENCRYPTED;
        passed = 0;
    }

    private void endOfChunks(Chunks all) {
        chunks = null;
        if (all.isTooLarge()) {
            conversation.tell(new CaptureEvent.EnvelopePassedOver(
                    conversation.place(side, now, recordAt), all.size(), report.limits.maxEnvelopeBytes()));
        } else {
            tellMessage(all.toByteArray(), false);
        }
    }

    private void tellMessage(byte[] payload, boolean sized) {
        conversation.tell(
                new CaptureEvent.Envelope(conversation.place(side, now, recordAt), session.message(payload, sized)));
    }

    private void tellMissing(long bytes, Missing.Why why, Missing.What next) {
        if (conversation.isAnnounced()) {
            conversation.tell(new Missing(conversation.place(side, now, total()), bytes, why, next));
        }
    }

    // ------------------------------------------------------------------------------------------------ bytes

    private void consume(int size) {
        buffer.skipBytes(size);
        offset += size;
    }

    /** A segment that waited is older than the one it waited for. */
    private void advance(@Nullable Instant time) {
        if (time != null && (now == null || time.isAfter(now))) {
            now = time;
        }
    }

    private void tidy() {
        if (!buffer.isReadable() && buffer.capacity() > KEPT_CAPACITY) {
            buffer = Unpooled.buffer(0);
        } else {
            buffer.discardReadBytes();
        }
        long holdsNow = buffer.readableBytes() + session.tableBytes() + (chunks == null ? 0 : chunks.held());
        report.holds(held, holdsNow);
        held = holdsNow;
    }
}
