package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;

/**
 * Any calls to a writer: done, or refused with an {@link XMLStreamException}, never anything else. What has been written without a refusal
 * is read back, and is the same in memory and through a stream.
 */
public final class WriterFuzz {
    private static final List<String> NAMES = List.of("a", "name", "Envelope", "xmlns", "é");
    private static final List<String> PREFIXES = List.of("", "a", "b", "s", "ab", "P", "xml", "xmlns");
    private static final List<String> URIS = List.of(
            "",
            "urn:a",
            "urn:b",
            "http://www.w3.org/2003/05/soap-envelope",
            NamespaceScope.XML_URI,
            NamespaceScope.XMLNS_URI);
    private static final int MOST_CALLS = 200;

    private static final int SESSION = 200;

    private static final BinaryXmlStreamWriter WRITER = new BinaryXmlStreamWriter();
    private static final BinaryXmlStreamReader READER =
            new BinaryXmlStreamReader(StaticDictionary.NBFS, Documents.NO_QUOTAS);

    private WriterFuzz() {}

    /** For Jazzer. The lowest bit of the first byte says whether there is a session, else the next one whether a stream. */
    public static void fuzzerTestOneInput(byte[] data) {
        int choice = data.length > 0 ? data[0] & 3 : 0;
        boolean inSession = (choice & 1) == 1;
        try {
            write(new FuzzInput(data), inSession ? WRITER.reset(new SessionWriterDictionary(SESSION)) : WRITER.reset());
            ByteBuffer payload = WRITER.payload();
            readBack(payload, inSession);
            if (choice == 2) {
                checkStreamed(data, payload);
            }
        } catch (XMLStreamException e) {
            return; // a call that is not allowed there
        }
    }

    private static void checkStreamed(byte[] data, ByteBuffer payload) throws XMLStreamException {
        var out = new ByteArrayOutputStream();
        BinaryXmlStreamWriter streaming = BinaryXmlStreamWriter.to(out);
        write(new FuzzInput(data), streaming);
        streaming.writeEndDocument();
        streaming.close();
        if (!payload.equals(ByteBuffer.wrap(out.toByteArray()))) {
            throw new AssertionError("other bytes through a stream");
        }
    }

    private static void readBack(ByteBuffer payload, boolean inSession) {
        try {
            Snapshot strings = Snapshot.NONE;
            ByteBuffer document = payload.duplicate();
            if (inSession) {
                var session = new SessionReaderDictionary(SESSION);
                session.readTable(document);
                strings = session.snapshot();
            }
            EventDigest.of(READER.reset(document, strings));
        } catch (XMLStreamException e) {
            // .NET's writer writes these too: an attribute twice, two roots.
            String why = String.valueOf(e.getMessage());
            if (!why.contains("twice in one element") && !why.contains("a second root element")) {
                throw new AssertionError("what was written is refused", e);
            }
        }
    }

    private static void write(FuzzInput input, BinaryXmlStreamWriter writer) throws XMLStreamException {
        input.unsignedByte();
        for (int calls = 0; calls < MOST_CALLS && !input.isEmpty(); calls++) {
            call(input, writer);
        }
    }

    private static void call(FuzzInput input, BinaryXmlStreamWriter writer) throws XMLStreamException {
        switch (input.below(40)) {
            case 0, 1, 2 -> writer.writeStartElement(prefix(input), name(input), uri(input));
            case 3 -> writer.writeStartElement(name(input));
            case 4 -> writer.writeStartElement(prefix(input), entry(name(input)), entry(uri(input)));
            case 5 -> writer.writeEmptyElement(prefix(input), name(input), uri(input));
            case 6, 7, 8 -> writer.writeEndElement();
            case 9 -> writer.writeAttribute(prefix(input), uri(input), name(input), input.text());
            case 10 -> writer.writeStartAttribute(prefix(input), uri(input), name(input));
            case 11 -> writer.writeEndAttribute();
            case 12 -> writer.writeNamespace(prefix(input), uri(input));
            case 13 -> writer.writeNamespace(prefix(input), entry(uri(input)));
            case 14, 15 -> writer.writeCharacters(input.text());
            case 16 -> writer.writeCharacters(entry(input.text()));
            case 17 -> writer.writeCharacters(input.text().repeat(input.below(40)));
            case 18 -> writer.writeBoolean(input.below(2) == 0);
            case 19 -> writer.writeInt((int) input.number(4));
            case 20 -> writer.writeLong(input.number(8));
            case 21 -> writer.writeUnsignedLong(input.number(8));
            case 22 -> writer.writeFloat(Float.intBitsToFloat((int) input.number(4)));
            case 23 -> writer.writeDouble(Double.longBitsToDouble(input.number(8)));
            case 24 ->
                writer.writeDecimal(new BigDecimal(
                        BigInteger.valueOf(input.number(8)).multiply(BigInteger.valueOf(input.number(5))),
                        input.unsignedByte() - 90));
            case 25 -> writer.writeTimeSpan(input.number(8));
            case 26 -> writer.writeUuid(new UUID(input.number(8), input.number(8)));
            case 27 -> writer.writeUniqueId(input.text());
            case 28 -> writer.writeQName(new QName(uri(input), name(input), prefix(input)));
            case 29 -> writer.writeQName(entry(name(input)), entry(uri(input)));
            case 30 -> bytes(writer, input.bytes(input.unsignedByte()));
            case 31 -> bytes(writer, new byte[5 * input.unsignedByte()]);
            case 32 -> writer.writeComment(input.text());
            case 33 -> writer.writeStartList();
            case 34 -> writer.writeEndList();
            case 35 -> writer.writeArray(prefix(input), name(input), uri(input), new int[input.below(9)]);
            case 36 -> writer.writeArray(prefix(input), name(input), uri(input), new BigDecimal[] {BigDecimal.TEN});
            case 37 -> writer.writeIntAttribute(prefix(input), uri(input), name(input), (int) input.number(2));
            case 38 -> writer.writeDoubleArray(new double[] {1, input.unsignedByte() / 3.0}, 0, 2);
            default ->
                writer.writeDateTime(
                        new NetDateTime(Math.floorMod(input.number(8), NetDateTime.MAX_TICKS), NetDateTime.Kind.UTC));
        }
    }

    private static void bytes(BinaryXmlStreamWriter writer, byte[] bytes) throws XMLStreamException {
        writer.writeBinary(bytes, 0, bytes.length);
    }

    private static DictionaryString entry(String text) {
        return StaticDictionary.NBFS.find(text).orElseGet(() -> DictionaryString.of(text));
    }

    private static String prefix(FuzzInput input) {
        return PREFIXES.get(input.below(PREFIXES.size()));
    }

    private static String name(FuzzInput input) {
        return NAMES.get(input.below(NAMES.size()));
    }

    private static String uri(FuzzInput input) {
        return URIS.get(input.below(URIS.size()));
    }
}
