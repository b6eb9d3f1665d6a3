package dev.nettcp.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.nbfx.Quotas;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final ElementName NOTE = ElementName.of("urn:n", "note");

    private static Message received(Message message) throws XMLStreamException, InvalidMessageException {
        try (EncodedMessage encoded =
                BinaryMessageEncoder.session(Quotas.BUFFERED).encode(message)) {
            return BinaryMessageEncoder.session(Quotas.BUFFERED).decode(encoded.toByteArray());
        }
    }

    private static Message note(String text) {
        return Message.of("urn:note", out -> NOTE.write(out, text));
    }

    @Test
    void theBodyOfAMessageMadeHereIsReadAnyNumberOfTimes() throws XMLStreamException {
        Message message = note("hello");

        assertThat(message.body().getElementText()).isEqualTo("hello");
        assertThat(message.body().getElementText()).isEqualTo("hello");
    }

    @Test
    void theBodyOfAReceivedMessageIsReadOnce() throws XMLStreamException, InvalidMessageException {
        Message message = received(note("hello"));

        TypedXMLStreamReader body = message.body();
        assertThat(NOTE.is(body)).isTrue();
        assertThat(body.getElementText()).isEqualTo("hello");
        assertThatThrownBy(message::body).hasMessageContaining("buffered()");
    }

    @Test
    void aBufferedMessageIsReadAnyNumberOfTimes() throws XMLStreamException, InvalidMessageException {
        Message message = received(note("hello")).buffered();

        assertThat(message.body().getElementText()).isEqualTo("hello");
        assertThat(message.body().getElementText()).isEqualTo("hello");
        assertThat(message.buffered()).isSameAs(message);
    }

    @Test
    void aReceivedBodyGoesIntoAnotherMessage() throws XMLStreamException, InvalidMessageException {
        Message first = received(Message.of("urn:first", out -> {
            out.writeStartElement("p", "a", "urn:one");
            out.writeAttribute("k", "v");
            out.writeAttribute("q", "urn:two", "k", "w");
            out.writeCharacters("text");
            out.writeComment("note");
            out.writeStartElement("", "b", "");
            out.writeEndElement();
            out.writeEndElement();
        }));

        Message second = received(Message.of("urn:second", first::writeBody));

        assertThat(CanonicalXml.content(second.body())).isEqualTo("<{urn:one}a k=v {urn:two}k=w>text<b></></>");
    }

    @Test
    void anEmptyBodyHasNothingToRead() throws XMLStreamException, InvalidMessageException {
        Message message = received(Message.empty("urn:nothing"));

        assertThat(message.isEmpty()).isTrue();
        assertThatThrownBy(message::body).hasMessageContaining("empty body");
        assertThat(received(Message.of("urn:copy", message::writeBody)).isEmpty())
                .isTrue();
    }

    @Test
    void addressingIsReadBack() throws XMLStreamException, InvalidMessageException {
        UniqueId id = UniqueId.next();
        UniqueId related = UniqueId.parse("urn:other");
        Addressing addressing = new Addressing("urn:a", id, related, "net.tcp://h/reply", "net.tcp://h/to");

        Message message = received(Message.empty("urn:a").withAddressing(addressing));

        assertThat(message.addressing()).isEqualTo(addressing);
        assertThat(message.messageId()).contains(id);
        assertThat(message.relatesTo()).contains(related);
        assertThat(message.replyTo()).contains("net.tcp://h/reply");
        assertThat(message.to()).contains("net.tcp://h/to");
    }

    @Test
    void aReceivedHeaderGoesIntoAnotherMessage() throws XMLStreamException, InvalidMessageException {
        QName name = new QName("urn:h", "ticket", "h");
        Header header = Header.of(name, out -> {
                    out.writeAttribute("kind", "day");
                    out.writeCharacters("42a");
                })
                .mustBeUnderstood()
                .forRole("urn:role");

        Message first = received(note("x").withHeader(header));
        Message second = received(note("y").withHeader(first.header(name).orElseThrow()));

        Header read = second.header(name).orElseThrow();
        assertThat(read.mustUnderstand()).isTrue();
        assertThat(read.role()).contains("urn:role");
        assertThat(read.text()).isEqualTo("42a");
        assertThat(read.reader().getAttributeValue(null, "kind")).isEqualTo("day");
        assertThat(second.header(new QName("urn:h", "absent"))).isEmpty();
    }

    @Test
    void aFaultIsReadBackWhole() throws XMLStreamException, InvalidMessageException {
        SoapFault fault = SoapFault.sender("no")
                .withSubcode(new QName("urn:sub", "Outer"))
                .withSubcode(new QName("urn:inner", "Inner"))
                .withReason("de-DE", "nein")
                .withNode("urn:node")
                .withRole("urn:role")
                .withDetail(out -> {
                    NOTE.write(out, "one");
                    NOTE.write(out, "two");
                });

        Message message = received(Message.fault("urn:fault", fault));
        assertThat(message.isFault()).isTrue();
        SoapFault read = message.fault();

        assertThat(read.code()).isEqualTo(FaultCodes.SENDER);
        assertThat(read.subcodes()).containsExactly(new QName("urn:sub", "Outer"), new QName("urn:inner", "Inner"));
        assertThat(read.is(new QName("urn:inner", "Inner"))).isTrue();
        assertThat(read.is(FaultCodes.RECEIVER)).isFalse();
        assertThat(read.reasons())
                .containsExactly(new SoapFault.Reason("en-US", "no"), new SoapFault.Reason("de-DE", "nein"));
        assertThat(read.reason()).isEqualTo("no");
        assertThat(read.node()).contains("urn:node");
        assertThat(read.role()).contains("urn:role");
        assertThat(read).hasToString("Sender/Outer/Inner: no");
        assertThat(SoapFault.sender("a\r\nb\u001b[31m")).hasToString("Sender: a  b [31m");
        for (int i = 0; i < 2; i++) {
            TypedXMLStreamReader detail = read.detail().orElseThrow().reader();
            assertThat(detail.getElementText()).isEqualTo("one");
            detail.nextTag();
            assertThat(detail.getElementText()).isEqualTo("two");
        }
    }

    @Test
    void theBodyDecidesWhetherAMessageIsAFault() throws XMLStreamException, InvalidMessageException {
        assertThat(received(Message.of(FaultCodes.SOAP_FAULT_ACTION, out -> NOTE.write(out, "")))
                        .isFault())
                .isFalse();
        assertThatThrownBy(() -> note("x").fault()).hasMessageContaining("carries no fault");
    }

    @Test
    void aReasonInAnotherLanguageIsBetterThanNone() {
        SoapFault german = new SoapFault(
                FaultCodes.SENDER, List.of(), List.of(new SoapFault.Reason("de", "nein")), null, null, null);

        assertThat(german.reason()).isEqualTo("nein");
    }

    @Test
    void aMessageTellsNothingOfItsBody() {
        assertThat(note("secret").toString()).doesNotContain("secret").contains("urn:note");
    }
}
