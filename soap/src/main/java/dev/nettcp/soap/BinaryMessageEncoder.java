package dev.nettcp.soap;

import dev.nettcp.nbfx.BinaryXmlException;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.Quotas;
import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * SOAP 1.2 in binary XML, [MC-NBFX] with the dictionary of [MC-NBFS], with a table of strings for each direction of the session,
 * [MC-NBFSE], or without.
 */
public final class BinaryMessageEncoder implements MessageEncoder {
    /** The content type with the table of the session. */
    public static final String SESSION = "application/soap+msbinsession1";

    /** The content type without. */
    public static final String SESSIONLESS = "application/soap+msbin1";

    private static final int TEXTS_KEPT = 256;

    private final Quotas quotas;
    private final @Nullable SessionWriterDictionary sent;
    private final @Nullable SessionReaderDictionary received;
    private final Map<String, DictionaryString> texts = new HashMap<>();

    private BinaryMessageEncoder(
            Quotas quotas, @Nullable SessionWriterDictionary sent, @Nullable SessionReaderDictionary received) {
        this.quotas = quotas;
        this.sent = sent;
        this.received = received;
    }

    /** For a new session whose two ends have WCF's limit of 2048 bytes for the tables of a direction. */
    public static BinaryMessageEncoder session(Quotas quotas) {
        return session(quotas, SessionReaderDictionary.DEFAULT_MAX_SESSION_SIZE);
    }

    /**
     * For a new session.
     *
     * @param maxSessionSize bytes of all tables of a direction; to be configured alike at both ends, it is not negotiated
     */
    public static BinaryMessageEncoder session(Quotas quotas, int maxSessionSize) {
        return new BinaryMessageEncoder(
                quotas, new SessionWriterDictionary(maxSessionSize), new SessionReaderDictionary(maxSessionSize));
    }

    /** For messages that stand alone. */
    public static BinaryMessageEncoder sessionless(Quotas quotas) {
        return new BinaryMessageEncoder(quotas, null, null);
    }

    @Override
    public String contentType() {
        return sent == null ? SESSIONLESS : SESSION;
    }

    @Override
    public EncodedMessage encode(Message message) throws XMLStreamException {
        BinaryXmlStreamWriter out = Writers.borrow();
        if (sent == null) {
            out.reset();
        } else {
            out.reset(sent);
        }
        boolean done = false;
        try {
            new EnvelopeWriter(out, this::sessionText).write(message);
            ByteBuffer payload = out.payload();
            done = true;
            return new EncodedMessage(payload, out);
        } finally {
            if (!done) {
                out.discard();
            }
        }
    }

    /** Keeps what is asked for again and again; actions and addresses are few. */
    private DictionaryString sessionText(String text) {
        DictionaryString kept = texts.get(text);
        if (kept == null) {
            kept = DictionaryString.of(text);
            if (texts.size() < TEXTS_KEPT) {
                texts.put(text, kept);
            }
        }
        return kept;
    }

    @Override
    public Message decode(byte[] payload) throws InvalidMessageException {
        ByteBuffer rest = ByteBuffer.wrap(payload);
        SessionReaderDictionary.Snapshot session = SessionReaderDictionary.Snapshot.NONE;
        if (received != null) {
            try {
                received.readTable(rest);
            } catch (BinaryXmlException e) {
                throw new InvalidMessageException("the string table cannot be read: " + e.getMessage(), e);
            }
            session = received.snapshot();
        }
        return EnvelopeReader.read(new BinaryXmlStreamReader(StaticDictionary.NBFS, quotas).reset(rest, session));
    }

    @Override
    public void write(Message message, OutputStream out) throws XMLStreamException {
        requireSessionless();
        BinaryXmlStreamWriter writer = BinaryXmlStreamWriter.to(out);
        new EnvelopeWriter(writer, this::sessionText).write(message);
        writer.flush();
    }

    @Override
    public Message read(InputStream in, int maxHeaderBytes) throws InvalidMessageException {
        requireSessionless();
        HeaderLimit limited = new HeaderLimit(in, maxHeaderBytes);
        try {
            Message message = EnvelopeReader.read(
                    new BinaryXmlStreamReader(StaticDictionary.NBFS, quotas).reset(limited), limited);
            limited.lift();
            return message;
        } catch (InvalidMessageException e) {
            throw limited.isExceeded() ? new HeadersTooLongException(maxHeaderBytes, e) : e;
        }
    }

    private void requireSessionless() {
        if (sent != null) {
            throw new UnsupportedOperationException("the content type " + SESSION
                    + " has a table of strings for each session and is not streamed; " + SESSIONLESS + " is");
        }
    }
}
