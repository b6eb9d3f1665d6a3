package dev.nettcp.capture;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.framing.ContentType;
import dev.nettcp.nbfx.BinaryXmlException;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.Quotas;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What one direction of one session needs to read its messages: the content type of the preamble and the strings announced so far.
 *
 * <p>Strings have numbers in the order in which they were announced. When a message with its table is lost, those announced before keep
 * their numbers and those announced later have unknown ones: they are shown as {@code unknown-string-N}, never as a wrong text.
 */
final class EnvelopeSession {
    /** For showing messages, not for serving them: generous, and enough to keep a hostile one from growing without end. */
    private static final Quotas QUOTAS =
            new Quotas(1024, 16 << 20, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Far more than any peer allows its sessions. */
    static final int MAX_SESSION_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = 0xFEFF;
    private static final int UNKNOWN_STRINGS = 4096;

    private final Optional<ContentType> contentType;
    private SessionReaderDictionary strings = new SessionReaderDictionary(MAX_SESSION_BYTES);
    private boolean stringsLost;
    private boolean extended;
    private long tableBytes;

    private EnvelopeSession(Optional<ContentType> contentType) {
        this.contentType = contentType;
    }

    static EnvelopeSession of(ContentType contentType) {
        return new EnvelopeSession(Optional.of(contentType));
    }

    /** The preamble has not been seen: each message is taken for what it looks like. */
    static EnvelopeSession unknown() {
        return new EnvelopeSession(Optional.empty());
    }

    /** Bytes of the strings that are remembered. */
    long tableBytes() {
        return tableBytes;
    }

    /** Tables may have been lost: the numbers of later strings are not known. */
    void stringsLost() {
        stringsLost = true;
    }

    private Snapshot knownStrings() {
        if (stringsLost && !extended) {
            extended = true;
            strings = withUnknownStrings(strings.snapshot());
        }
        return strings.snapshot();
    }

    /** The message is lost but for its beginning, which may hold the whole table. */
    void lostBehind(byte[] beginning) {
        if (!stringsLost && hasTable(beginning) && readTable(ByteBuffer.wrap(beginning)) != null) {
            stringsLost();
        }
    }

    CapturedMessage message(byte[] payload, boolean sized) {
        String type = contentType
                .map(ContentType::text)
                .orElseGet(() -> guess(payload).text());
        return switch (mediaType(payload)) {
            case "application/soap+msbinsession1" -> inSession(payload, type, sized);
            case "application/soap+msbin1" ->
                binary(ByteBuffer.wrap(payload), Snapshot.NONE, type, sized, payload.length, 0, false);
            case "text/xml", "application/soap+xml" -> text(payload, type, sized);
            default ->
                CapturedMessage.unreadable(
                        type,
                        sized,
                        payload.length,
                        "messages of this content type are not decoded; binary and text are");
        };
    }

    private String mediaType(byte[] payload) {
        return contentType.orElseGet(() -> guess(payload)).mediaType();
    }

    private boolean hasTable(byte[] payload) {
        return mediaType(payload).equals(ContentType.BINARY_SESSION.text());
    }

    /** A text begins with a bracket, a message without a session with {@code <s:Envelope>}, {@code 56 02}. */
    private static ContentType guess(byte[] payload) {
        if (payload.length > 0 && payload[0] == '<' && payload.length > 1 && payload[1] >= '?') {
            return ContentType.SOAP12_UTF8;
        }
        return payload.length > 1 && payload[0] == 0x56 && payload[1] == 2
                ? ContentType.BINARY
                : ContentType.BINARY_SESSION;
    }

    private CapturedMessage inSession(byte[] payload, String type, boolean sized) {
        ByteBuffer rest = ByteBuffer.wrap(payload);
        int before = strings.size();
        SessionReaderDictionary ofTable = strings;
        if (stringsLost) {
            before = 0;
            ofTable = new SessionReaderDictionary(MAX_SESSION_BYTES); // only passed over
        }
        BinaryXmlException malformed = readTable(rest, ofTable);
        if (malformed != null) {
            stringsLost();
            return CapturedMessage.unreadable(type, sized, payload.length, String.valueOf(malformed.getMessage()));
        }
        int added = ofTable.size() - before;
        return binary(rest, knownStrings(), type, sized, payload.length, added, stringsLost);
    }

    private @Nullable BinaryXmlException readTable(ByteBuffer payload) {
        return readTable(payload, strings);
    }

    private @Nullable BinaryXmlException readTable(ByteBuffer payload, SessionReaderDictionary into) {
        int start = payload.position();
        try {
            into.readTable(payload);
        } catch (BinaryXmlException e) {
            return e;
        }
        if (into == strings) {
            tableBytes += payload.position() - start;
        }
        return null;
    }

    private static CapturedMessage binary(
            ByteBuffer document,
            Snapshot session,
            String type,
            boolean sized,
            int size,
            int newStrings,
            boolean stringsLost) {
        return CapturedMessage.of(
                type,
                sized,
                size,
                newStrings,
                stringsLost,
                () -> new BinaryXmlStreamReader(StaticDictionary.NBFS, QUOTAS).reset(document, session));
    }

    private static CapturedMessage text(byte[] payload, String type, boolean sized) {
        Charset charset = charset(type, payload);
        return CapturedMessage.of(type, sized, payload.length, 0, false, () -> textReader(payload, charset));
    }

    private static XMLStreamReader textReader(byte[] payload, Charset charset) throws XMLStreamException {
        String text = new String(payload, charset);
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return textFactory().createXMLStreamReader(new StringReader(marked ? text.substring(1) : text));
    }

    private static boolean isByteOrderMark(byte first, byte second) {
        return (first == (byte) 0xFF && second == (byte) 0xFE) || (first == (byte) 0xFE && second == (byte) 0xFF);
    }

    /** As .NET spells the charsets of its content types; Mono means the other one, and its byte order mark tells. */
    private static Charset charset(String contentType, byte[] payload) {
        if (payload.length > 1 && isByteOrderMark(payload[0], payload[1])) {
            return UTF_16;
        }
        String text = contentType.toLowerCase(Locale.ROOT);
        if (text.contains("unicodefffe")) {
            return UTF_16BE;
        }
        return text.contains("utf16") || text.contains("utf-16") ? UTF_16LE : UTF_8;
    }

    private static XMLInputFactory textFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** Those that are known, and behind them so many that are not. */
    private static SessionReaderDictionary withUnknownStrings(Snapshot known) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (int k = 0; k < known.size() + UNKNOWN_STRINGS; k++) {
            String text = known.text(2 * k + 1);
            byte[] bytes = (text == null ? "unknown-string-" + (2 * k + 1) : text).getBytes(UTF_8);
            writeNumber(table, bytes.length);
            table.writeBytes(bytes);
        }
        ByteArrayOutputStream sizedTable = new ByteArrayOutputStream();
        writeNumber(sizedTable, table.size());
        sizedTable.writeBytes(table.toByteArray());
        SessionReaderDictionary strings = new SessionReaderDictionary(Integer.MAX_VALUE);
        try {
            strings.readTable(ByteBuffer.wrap(sizedTable.toByteArray()));
        } catch (BinaryXmlException e) {
            throw new IllegalStateException("a table that was written here", e);
        }
        return strings;
    }

    private static void writeNumber(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
