package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Any bytes as a document: read to the end or refused with an {@link XMLStreamException}, never anything else; the same from a buffer and
 * from a stream that brings one byte at a time. The first byte says which typed calls are made, the second which quotas hold, whether there
 * is a session, and whether all is read by its text or by typed calls.
 *
 * <p>Readers are used again and again, and nothing is kept as text, for the sake of the number of documents a second.
 */
public final class ReaderFuzz {
    private static final Quotas TIGHT = new Quotas(6, 40, 10, 60, 250);
    private static final List<Quotas> QUOTAS = List.of(Documents.NO_QUOTAS, Quotas.STREAMED, TIGHT);
    private static final List<BinaryXmlStreamReader> BUFFERED = readers();
    private static final List<BinaryXmlStreamReader> STREAMED = readers();
    private static final Snapshot SESSION = session();
    private static final long REFUSED = -1;

    private ReaderFuzz() {}

    private static List<BinaryXmlStreamReader> readers() {
        return QUOTAS.stream().map(ReaderFuzz::reader).toList();
    }

    private static BinaryXmlStreamReader reader(Quotas quotas) {
        var reader = new BinaryXmlStreamReader(StaticDictionary.NBFS, quotas);
        reader.cursor().zone(ZoneOffset.ofHours(1));
        reader.cursor().segment(24); // or inputs would have to be long
        return reader;
    }

    private static Snapshot session() {
        var dictionary = new SessionReaderDictionary();
        try {
            dictionary.readTable(ByteBuffer.wrap(new byte[] {9, 1, 'a', 3, 'u', 'r', 'n', 2, 'n', 's'}));
        } catch (BinaryXmlException e) {
            throw new IllegalStateException(e);
        }
        return dictionary.snapshot();
    }

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        int choice = data[1];
        Snapshot session = (choice & 0x80) == 0 ? Snapshot.NONE : SESSION;
        int quotas = (choice & 0x3F) % QUOTAS.size();
        BinaryXmlStreamReader buffered = BUFFERED.get(quotas).reset(data, 2, data.length - 2, session);
        BinaryXmlStreamReader streamed = STREAMED.get(quotas).reset(new Dribble(data), session);
        if ((choice & 0x40) == 0) {
            if (walk(buffered) != walk(streamed)) {
                throw new AssertionError("other events from a stream than from a buffer");
            }
        } else {
            typed(buffered, data[0] & 0xFF);
            typed(streamed, data[0] & 0xFF);
        }
    }

    /** The document behind the first two bytes, byte by byte. */
    private static final class Dribble extends InputStream {
        private final byte[] data;
        private int pos = 2;

        Dribble(byte[] data) {
            this.data = data;
        }

        @Override
        public int read() {
            return pos < data.length ? data[pos++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (pos == data.length) {
                return -1;
            }
            target[offset] = data[pos++];
            return 1;
        }
    }

    /** Everything by its text. */
    private static long walk(BinaryXmlStreamReader reader) {
        try {
            return EventDigest.of(reader);
        } catch (XMLStreamException e) {
            return REFUSED;
        } catch (IllegalStateException e) {
            onlyText(e);
            return REFUSED;
        }
    }

    /** Of calls that may throw nothing else a text that is none is told by this. */
    private static void onlyText(IllegalStateException e) {
        if (!(e.getCause() instanceof BinaryXmlException)) {
            throw e;
        }
    }

    private static void typed(BinaryXmlStreamReader reader, int calls) {
        try {
            int count = 0;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    attributes(reader, calls + count);
                    content(reader, calls + count++);
                } else if (reader.getEventType() == XMLStreamReader.CHARACTERS) {
                    reader.getPCDATA();
                }
            }
        } catch (XMLStreamException e) {
            return;
        } catch (IllegalStateException e) {
            onlyText(e);
        }
    }

    private static void attributes(BinaryXmlStreamReader reader, int call) throws XMLStreamException {
        for (int k = 0; k < reader.getAttributeCount(); k++) {
            switch ((call + k) % 9) {
                case 0 -> reader.getAttributeAsInt(k);
                case 1 -> reader.getAttributeAsDouble(k);
                case 2 -> reader.getAttributeAsBoolean(k);
                case 3 -> reader.getAttributeAsDecimal(k);
                case 4 -> reader.getAttributeAsDateTime(k);
                case 5 -> reader.getAttributeAsBinary(k);
                case 6 -> reader.getAttributeAsQName(k);
                case 7 -> reader.getAttributeAsIntArray(k);
                default -> reader.getAttributeValue(k);
            }
        }
    }

    private static void content(BinaryXmlStreamReader reader, int call) throws XMLStreamException {
        String uri = reader.getNamespaceURI();
        String name = reader.getLocalName();
        switch (call % 29) {
            case 1 -> reader.getElementAsInt();
            case 2 -> reader.getElementAsLong();
            case 3 -> reader.getElementAsShort();
            case 4 -> reader.getElementAsFloat();
            case 5 -> reader.getElementAsDouble();
            case 6 -> reader.getElementAsBoolean();
            case 7 -> reader.getElementAsInteger();
            case 8 -> reader.getElementAsDecimal();
            case 9 -> reader.getElementAsDateTime();
            case 10 -> reader.getElementAsTimeSpan();
            case 11 -> reader.getElementAsUuid();
            case 12 -> reader.getElementAsUniqueId();
            case 13 -> reader.getElementAsQName();
            case 14 -> reader.getElementAsBinary();
            case 15 -> reader.getElementText();
            case 16 -> drain(reader);
            case 17 -> reader.readElementAsIntArray(new int[3], 0, 3);
            case 18 -> reader.readElementAsDoubleArray(new double[3], 0, 3);
            case 19 -> reader.readIntElements(uri, name);
            case 20 -> reader.readLongElements(uri, name);
            case 21 -> reader.readShortElements(uri, name);
            case 22 -> reader.readBooleanElements(uri, name);
            case 23 -> reader.readFloatElements(uri, name);
            case 24 -> reader.readDoubleElements(uri, name);
            case 25 -> reader.readDecimalElements(uri, name);
            case 26 -> reader.readDateTimeElements(uri, name);
            case 27 -> reader.readUuidElements(uri, name);
            case 28 -> reader.readTimeSpanElements(uri, name);
            default -> {} // its children come next
        }
    }

    private static void drain(BinaryXmlStreamReader reader) throws XMLStreamException {
        byte[] part = new byte[5];
        int got = reader.readElementAsBinary(part, 0, part.length);
        while (got >= 0) {
            got = reader.readElementAsBinary(part, 0, part.length);
        }
    }
}
