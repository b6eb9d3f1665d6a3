package dev.nettcp.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.Quotas;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Vectors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BinaryMessageEncoderTest {
    private static final Set<String> BINARY = Set.of("binary", "binary-session");

    /** Sessions with names and characters that text cannot have. */
    private static final Set<String> NOT_WELL_FORMED = Set.of("nbfse-18", "nbfse-29");

    private static BinaryMessageEncoder encoderOf(Row row) {
        return row.text("encoding").equals("binary-session")
                ? BinaryMessageEncoder.session(Quotas.BUFFERED)
                : BinaryMessageEncoder.sessionless(Quotas.BUFFERED);
    }

    // ---- decoding

    @TestFactory
    Stream<DynamicTest> everyBinaryMessageIsDecoded() {
        List<Row> rows = Vectors.rows("soap-messages", row -> BINARY.contains(row.text("encoding")));
        assertThat(rows).hasSize(72);
        return Vectors.tests(rows, row -> {
            Message message = encoderOf(row).decode(row.bytes());

            assertThat(message.action()).isEqualTo(row.optionalText("action").orElse(""));
            assertThat(message.isFault()).isEqualTo(row.flag("isFault"));
            assertThat(message.isEmpty()).isEqualTo(row.flag("isEmpty"));
            assertThat(ownHeaders(message)).isEqualTo(ownHeaders(row));
            assertThat(addressing(message)).isEqualTo(addressing(row));
            assertThat(bodyOf(message)).isEqualTo(bodyOf(row.text("xml")));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMessageOfASessionIsDecoded() {
        return Vectors.tests("nbfse", session -> {
            BinaryMessageEncoder encoder =
                    BinaryMessageEncoder.session(Quotas.BUFFERED, session.integer("maxSessionSize"));
            for (Row row : session.rows("messages")) {
                Message message = encoder.decode(row.bytes());
                if (row.has("xml") && !NOT_WELL_FORMED.contains(session.id())) {
                    assertThat(bodyOf(message)).isEqualTo(bodyOf(row.text("xml")));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMalformedMessageIsRefused() {
        List<Row> rows = Vectors.rows("nbfse-invalid", row -> row.text("expect").equals("reject"));
        return Vectors.tests(rows, row -> {
            BinaryMessageEncoder encoder = BinaryMessageEncoder.session(Quotas.BUFFERED);
            for (String before : row.texts("before")) {
                refusable(encoder, Hex.bytes(before));
            }
            assertThat(refusable(encoder, row.bytes()))
                    .as("stage %s", row.optionalText("stage").orElse("?"))
                    .isNotNull();
        });
    }

    /** What the message was refused with, while it was decoded or while its body was read. */
    private static Exception refusable(BinaryMessageEncoder encoder, byte[] payload) {
        try {
            bodyOf(encoder.decode(payload));
            return null;
        } catch (InvalidMessageException | XMLStreamException | IllegalStateException e) {
            return e;
        }
    }

    private static List<String> ownHeaders(Message message) throws XMLStreamException {
        List<String> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            XMLStreamReader in = header.reader();
            in.next();
            String content = CanonicalXml.content(in);
            headers.add(header.name().getNamespaceURI() + " " + header.name().getLocalPart() + " "
                    + header.mustUnderstand() + " " + header.role().orElse("") + " " + header.relay() + " "
                    + (content.contains("<") ? "" : content));
        }
        return headers;
    }

    private static List<String> ownHeaders(Row row) {
        return row.rows("headers").stream()
                .filter(header -> !header.text("ns").equals(Namespaces.ADDRESSING))
                .map(header -> header.text("ns") + " " + header.text("name") + " " + header.flag("mustUnderstand") + " "
                        + header.optionalText("actor").orElse("") + " " + header.flag("relay") + " "
                        + header.optionalText("value").orElse("").replace("&", "&amp;"))
                .toList();
    }

    private static List<String> addressing(Message message) {
        return Stream.of(message.messageId(), message.relatesTo(), message.to())
                .map(value -> value.map(Object::toString).orElse(""))
                .toList();
    }

    private static List<String> addressing(Row row) {
        return Stream.of("MessageID", "RelatesTo", "To")
                .map(name -> row.rows("headers").stream()
                        .filter(header -> header.text("name").equals(name))
                        .map(header -> header.text("value"))
                        .findFirst()
                        .orElse(""))
                .toList();
    }

    private static String bodyOf(Message message) throws XMLStreamException {
        return message.isEmpty() ? "" : CanonicalXml.content(message.body());
    }

    private static String bodyOf(String xml) throws XMLStreamException {
        XMLStreamReader in = WcfMessages.reader(xml);
        do {
            in.next();
        } while (!in.isStartElement() || !in.getLocalName().equals("Body"));
        in.next();
        return CanonicalXml.content(in);
    }

    // ---- encoding

    private static void assertBytes(byte[] actual, byte[] expected) {
        assertThat(Hex.of(actual)).isEqualTo(Hex.of(expected));
    }

    /** The others have calls in their bodies that their XML does not tell. */
    private static final Set<String> NOT_FROM_XML = Set.of(
            "request-plain-strings",
            "empty-body",
            "custom-headers",
            "typed-body",
            "array-body",
            "bytes-argument",
            "bytes-argument-1000");

    @TestFactory
    Stream<DynamicTest> theBytesOfAMessageAreThoseOfWcf() {
        List<Row> rows = Vectors.rows(
                "soap-messages",
                row -> BINARY.contains(row.text("encoding"))
                        && row.text("version").contains("WS-Addressing")
                        && !NOT_FROM_XML.contains(row.text("name")));
        assertThat(rows).hasSize(40);
        return Vectors.tests(rows, row -> {
            try (EncodedMessage encoded = encoderOf(row).encode(WcfMessages.parse(row.text("xml")))) {
                assertBytes(encoded.toByteArray(), row.bytes());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theBytesOfASessionAreThoseOfWcf() {
        Set<String> sessions = Set.of(
                "nbfse-02",
                "nbfse-03",
                "nbfse-04",
                "nbfse-05",
                "nbfse-06",
                "nbfse-07",
                "nbfse-09",
                "nbfse-10",
                "nbfse-12",
                "nbfse-13",
                "nbfse-20");
        return Vectors.tests(Vectors.rows("nbfse", row -> sessions.contains(row.id())), session -> {
            BinaryMessageEncoder encoder =
                    BinaryMessageEncoder.session(Quotas.BUFFERED, session.integer("maxSessionSize"));
            for (Row row : session.rows("messages")) {
                try (EncodedMessage encoded = encoder.encode(WcfMessages.parse(row.text("xml")))) {
                    assertBytes(encoded.toByteArray(), row.bytes());
                }
            }
        });
    }

    private static final String NAMESPACE = "http://tempuri.org/";
    private static final String SERVICE = "net.tcp://localhost:8808/calc";
    private static final UniqueId ID = UniqueId.parse("urn:uuid:00112233-4455-6677-8899-aabbccddee01");

    private static Message request(String action, ContentWriter body) {
        return Message.of(action, body).withAddressing(new Addressing(action, ID, null, Namespaces.ANONYMOUS, SERVICE));
    }

    private static void assertEncoded(String name, Message message) throws XMLStreamException {
        for (Row row : Vectors.rows("soap-messages", r -> r.text("name").equals(name))) {
            if (BINARY.contains(row.text("encoding")) && row.text("version").contains("WS-Addressing")) {
                try (EncodedMessage encoded = encoderOf(row).encode(message)) {
                    assertBytes(encoded.toByteArray(), row.bytes());
                }
            }
        }
    }

    @Test
    void bytesAreWrittenAsWcfWritesThem() throws XMLStreamException {
        byte[] small = new byte[256];
        byte[] large = new byte[1000];
        for (int i = 0; i < large.length; i++) {
            small[i % 256] = (byte) (i % 256);
            large[i] = (byte) (7 * i);
        }
        assertEncoded("bytes-argument", request("http://tempuri.org/IEcho/Bytes", out -> bytes(small, out)));
        assertEncoded("bytes-argument-1000", request("http://tempuri.org/IEcho/Bytes", out -> bytes(large, out)));
    }

    private static void bytes(byte[] value, TypedXMLStreamWriter out) throws XMLStreamException {
        ElementName.of(NAMESPACE, "Bytes").start(out);
        ElementName.of(NAMESPACE, "value").start(out);
        out.writeBinary(value, 0, value.length);
        out.writeEndElement();
        out.writeEndElement();
    }

    @Test
    void typedValuesAreWrittenAsWcfWritesThem() throws XMLStreamException {
        UUID uuid = UUID.fromString("12345678-1234-5678-1234-567890abcdef");
        assertEncoded("typed-body", request("http://tempuri.org/IEcho/All", any -> {
            BinaryXmlStreamWriter out = (BinaryXmlStreamWriter) any;
            ElementName.of(NAMESPACE, "All").start(out);
            element("b", out, () -> out.writeBoolean(true));
            element("i", out, () -> out.writeInt(-5));
            element("l", out, () -> out.writeLong(5_000_000_000L));
            element("u", out, () -> out.writeUnsignedLong(-1));
            element("f", out, () -> out.writeFloat(1.5f));
            element("d", out, () -> out.writeDouble(0.1));
            element("m", out, () -> out.writeDecimal(new BigDecimal("1.50")));
            element(
                    "t",
                    out,
                    () -> out.writeDateTime(new dev.nettcp.nbfx.NetDateTime(
                            637_134_336_000_000_000L, dev.nettcp.nbfx.NetDateTime.Kind.UTC)));
            element("s", out, () -> out.writeTimeSpan(900_000_000));
            element("g", out, () -> out.writeUuid(uuid));
            element("q", out, () -> out.writeUniqueId(uuid));
            out.writeEndElement();
        }));
    }

    private interface Value {
        void write() throws XMLStreamException;
    }

    private static void element(String name, TypedXMLStreamWriter out, Value value) throws XMLStreamException {
        ElementName.of(NAMESPACE, name).start(out);
        value.write();
        out.writeEndElement();
    }

    @Test
    void ownHeadersAreWrittenAsWcfWritesThem() throws XMLStreamException {
        Message message = request("http://tempuri.org/ICalculator/Add", out -> {
                    ElementName.of(NAMESPACE, "Add").start(out);
                    out.writeEndElement();
                })
                .withHeader(Header.of(h("Ticket"), "abc"))
                .withHeader(Header.of(h("Must"), out -> out.writeInt(5)).mustBeUnderstood())
                .withHeader(Header.of(h("ForActor"), "x").forRole(Namespaces.ENVELOPE + "/role/next"))
                .withHeader(Header.of(h("All"), "y")
                        .forRole("http://example.org/role")
                        .mustBeUnderstood()
                        .relayed())
                .withHeader(Header.of(h("Empty"), ""))
                .withHeader(Header.of(h("Complex"), out -> {
                    out.writeAttribute("k", "v");
                    out.writeStartElement("", "Sub", "urn:h");
                    out.writeInt(1);
                    out.writeEndElement();
                    out.writeStartElement("", "Other", "urn:o");
                    out.writeEndElement();
                }))
                .withHeader(Header.of(new QName("NoNs"), "z"));

        assertEncoded("custom-headers", message);
    }

    private static QName h(String name) {
        return new QName("urn:h", name);
    }

    @Test
    void withoutBudgetEverythingIsSpeltOut() throws XMLStreamException {
        Row row = Vectors.rows("soap-messages", r -> r.id().equals("soap-002")).get(0);
        BinaryMessageEncoder encoder = BinaryMessageEncoder.session(Quotas.BUFFERED, 0);
        Message message = request("http://tempuri.org/ICalculator/Add", out -> {
            ElementName.of(NAMESPACE, "Add").start(out);
            element("n1", out, () -> out.writeInt(100));
            element("n2", out, () -> out.writeDouble(15.99));
            out.writeEndElement();
        });

        try (EncodedMessage encoded = encoder.encode(message)) {
            assertBytes(encoded.toByteArray(), row.bytes());
        }
    }

    @Test
    void aBodyThatCannotBeWrittenLeavesTheSessionAsItWas() throws XMLStreamException, InvalidMessageException {
        BinaryMessageEncoder sender = BinaryMessageEncoder.session(Quotas.BUFFERED);
        BinaryMessageEncoder receiver = BinaryMessageEncoder.session(Quotas.BUFFERED);
        Message broken = Message.of("urn:broken", out -> {
            ElementName.of("urn:never", "sent").start(out);
            throw new XMLStreamException("no more to say");
        });

        assertThatThrownBy(() -> sender.encode(broken)).hasMessage("no more to say");

        try (EncodedMessage encoded = sender.encode(
                Message.of("urn:next", out -> ElementName.of("urn:n", "next").write(out, "1")))) {
            Message received = receiver.decode(encoded.toByteArray());
            assertThat(received.action()).isEqualTo("urn:next");
            assertThat(bodyOf(received)).isEqualTo("<{urn:n}next>1</>");
        }
    }

    @Test
    void aBodyIsReadWhileLaterMessagesAreDecoded() throws XMLStreamException, InvalidMessageException {
        BinaryMessageEncoder sender = BinaryMessageEncoder.session(Quotas.BUFFERED);
        BinaryMessageEncoder receiver = BinaryMessageEncoder.session(Quotas.BUFFERED);
        List<Message> received = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ElementName name = ElementName.of("urn:n" + i, "e" + i);
            try (EncodedMessage encoded = sender.encode(Message.of("urn:a" + i, out -> name.write(out, "x")))) {
                received.add(receiver.decode(encoded.toByteArray()));
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(bodyOf(received.get(i))).isEqualTo("<{urn:n" + i + "}e" + i + ">x</>");
        }
    }
}
