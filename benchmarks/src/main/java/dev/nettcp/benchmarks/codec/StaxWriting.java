package dev.nettcp.benchmarks.codec;

import java.time.Instant;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a message through StAX, with namespaces that are declared by hand. How a value is written is what the libraries differ in. */
abstract class StaxWriting<W extends XMLStreamWriter> {
    final W out;

    StaxWriting(W out) {
        this.out = out;
    }

    abstract void intValue(int value) throws XMLStreamException;

    abstract void longValue(long value) throws XMLStreamException;

    abstract void floatValue(float value) throws XMLStreamException;

    abstract void doubleValue(double value) throws XMLStreamException;

    abstract void booleanValue(boolean value) throws XMLStreamException;

    abstract void bytesValue(byte[] value) throws XMLStreamException;

    final void message(Sample sample) throws XMLStreamException {
        Content content = sample.content;
        out.writeStartDocument();
        out.writeStartElement("s", "Envelope", Names.SOAP);
        out.writeNamespace("s", Names.SOAP);
        out.writeNamespace("a", Names.ADDRESSING);
        headers(content);
        out.writeStartElement("s", "Body", Names.SOAP);
        out.writeStartElement("", "PlaceOrder", Names.CONTRACT);
        out.writeDefaultNamespace(Names.CONTRACT);
        out.writeStartElement("", "order", Names.CONTRACT);
        out.writeNamespace("b", sample.namespace);
        out.writeNamespace("i", Names.INSTANCE);
        body(content.body());
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndDocument();
        out.flush();
    }

    private void headers(Content content) throws XMLStreamException {
        out.writeStartElement("s", "Header", Names.SOAP);
        out.writeStartElement("a", "Action", Names.ADDRESSING);
        out.writeAttribute("s", Names.SOAP, "mustUnderstand", "1");
        out.writeCharacters(content.action());
        out.writeEndElement();
        out.writeStartElement("a", "MessageID", Names.ADDRESSING);
        out.writeCharacters("urn:uuid:" + Names.MESSAGE_ID);
        out.writeEndElement();
        out.writeStartElement("a", "ReplyTo", Names.ADDRESSING);
        out.writeStartElement("a", "Address", Names.ADDRESSING);
        out.writeCharacters(content.replyTo());
        out.writeEndElement();
        out.writeEndElement();
        out.writeStartElement("a", "To", Names.ADDRESSING);
        out.writeAttribute("s", Names.SOAP, "mustUnderstand", "1");
        out.writeCharacters(content.to());
        out.writeEndElement();
        out.writeEndElement();
    }

    private void body(Object body) throws XMLStreamException {
        if (body instanceof Order order) {
            order(order);
        } else if (body instanceof int[] values) {
            for (int value : values) {
                out.writeStartElement("b", "int", Names.ARRAYS);
                intValue(value);
                out.writeEndElement();
            }
        } else if (body instanceof double[] values) {
            for (double value : values) {
                out.writeStartElement("b", "double", Names.ARRAYS);
                doubleValue(value);
                out.writeEndElement();
            }
        } else {
            field("Data").bytesValue((byte[]) body);
            out.writeEndElement();
        }
    }

    private void order(Order order) throws XMLStreamException {
        field("Amount").intValue(order.amount());
        next("CustomerId").intValue(order.customerId());
        next("Quantity").intValue(order.quantity());
        next("Region").intValue(order.region());
        next("Status").intValue(order.status());
        next("OrderNumber").longValue(order.orderNumber());
        next("Version").longValue(order.version());
        next("WarehouseId").longValue(order.warehouseId());
        next("Discount").doubleValue(order.discount());
        next("Price").doubleValue(order.price());
        next("Tax").doubleValue(order.tax());
        next("Express").booleanValue(order.express());
        next("Paid").booleanValue(order.paid());
        next("City").out.writeCharacters(order.city());
        next("CustomerName").out.writeCharacters(order.customerName());
        next("Note").out.writeCharacters(order.note());
        next("Street").out.writeCharacters(order.street());
        next("PlacedAt").instantValue(order.placedAt());
        next("TrackingId").uuidValue(order.trackingId());
        next("Weight").floatValue(order.weight());
        out.writeEndElement();
    }

    private StaxWriting<W> field(String name) throws XMLStreamException {
        out.writeStartElement("b", name, Names.DEMO);
        return this;
    }

    private StaxWriting<W> next(String name) throws XMLStreamException {
        out.writeEndElement();
        return field(name);
    }

    private void instantValue(Instant value) throws XMLStreamException {
        out.writeCharacters(TimeText.of(value));
    }

    private void uuidValue(UUID value) throws XMLStreamException {
        out.writeCharacters(value.toString());
    }
}
