package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElementWrapper;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlSeeAlso;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects to binary XML and back through JAXB, which knows nothing of it but StAX and stax-ex. */
class JaxbTest {
    @XmlRootElement(namespace = "urn:orders")
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlSeeAlso(Express.class)
    static class Order {
        @XmlAttribute
        int number;

        @XmlElement(namespace = "urn:orders")
        String customer;

        BigDecimal total;
        double weight;
        boolean paid;
        byte[] signature;
        Order next;

        @XmlElementWrapper
        @XmlElement(name = "line")
        List<Line> lines = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    static class Line {
        @XmlAttribute(namespace = "urn:lines")
        String article;

        int[] amounts;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    static class Express extends Order {
        String carrier;
    }

    private static final JAXBContext CONTEXT = context();

    private final BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader();

    private static JAXBContext context() {
        try {
            return JAXBContext.newInstance(Order.class);
        } catch (JAXBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Order order(int signatureSize) {
        Order order = new Order();
        order.number = 4711;
        order.customer = "Müller & Söhne";
        order.total = new BigDecimal("1234.50");
        order.weight = 0.1;
        order.paid = true;
        order.signature = new byte[signatureSize];
        new Random(1).nextBytes(order.signature);
        for (int k = 0; k < 3; k++) {
            Line line = new Line();
            line.article = "A" + k;
            line.amounts = new int[] {k, 100 * k};
            order.lines.add(line);
        }
        Express express = new Express();
        express.carrier = "你好";
        express.customer = "";
        order.next = express;
        return order;
    }

    private ByteBuffer marshal(Order order) throws JAXBException, XMLStreamException {
        writer.reset();
        CONTEXT.createMarshaller().marshal(order, writer);
        return writer.payload();
    }

    private Order unmarshal(ByteBuffer bytes) throws JAXBException {
        return (Order)
                CONTEXT.createUnmarshaller().unmarshal(reader.reset(bytes, SessionReaderDictionary.Snapshot.NONE));
    }

    private static String text(Order order) throws JAXBException {
        StringWriter text = new StringWriter();
        CONTEXT.createMarshaller().marshal(order, text);
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 255, 256, 65_535, 65_536, 100_000})
    void anObjectComesBackAsItWent(int signatureSize) throws Exception {
        Order order = order(signatureSize);
        Order back = unmarshal(marshal(order));
        assertThat(back.signature).isEqualTo(order.signature);
        assertThat(text(back)).isEqualTo(text(order));
        assertThat(back.next).isInstanceOf(Express.class);
    }

    @Test
    void bytesTravelAsBytesAndNotAsBase64() throws Exception {
        ByteBuffer bytes = marshal(order(60_000));
        assertThat(bytes.remaining()).isLessThan(61_000);
    }

    @Test
    void typedRecordsOfAPeerAreUnderstood() throws Exception {
        writer.reset();
        writer.writeStartElement("o", "order", "urn:orders");
        writer.writeIntAttribute(null, null, "number", 7);
        writer.writeStartElement("total");
        writer.writeDecimal(new BigDecimal("1.50"));
        writer.writeEndElement();
        writer.writeStartElement("weight");
        writer.writeDouble(1e-5);
        writer.writeEndElement();
        writer.writeStartElement("paid");
        writer.writeBoolean(true);
        writer.writeEndElement();
        writer.writeStartElement("signature");
        writer.writeBinary(new byte[] {1, 2, 3, 4}, 0, 4);
        writer.writeEndElement();
        writer.writeStartElement("lines");
        writer.writeStartElement("line");
        writer.writeArray(null, "amounts", "", new int[] {1, 2, 3});
        Order order = unmarshal(writer.payload());
        assertThat(order.number).isEqualTo(7);
        assertThat(order.total).isEqualByComparingTo("1.5");
        assertThat(order.weight).isEqualTo(1e-5);
        assertThat(order.paid).isTrue();
        assertThat(order.signature).containsExactly(1, 2, 3, 4);
        assertThat(order.lines.get(0).amounts).containsExactly(1, 2, 3);
    }

    @Test
    void whatJaxbWritesIsTheSameDocumentAsItsText() throws Exception {
        Order order = order(10);
        ByteBuffer bytes = marshal(order);
        String fromBinary = BinaryXml.toXml(reader.reset(bytes, SessionReaderDictionary.Snapshot.NONE));
        Order back = (Order) CONTEXT.createUnmarshaller().unmarshal(new java.io.StringReader(fromBinary));
        assertThat(text(back)).isEqualTo(text(order));
    }
}
