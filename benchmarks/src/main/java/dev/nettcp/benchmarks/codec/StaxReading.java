package dev.nettcp.benchmarks.codec;

import java.time.Instant;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a message through StAX. How a value is got out of its element is what the libraries differ in. */
abstract class StaxReading<R extends XMLStreamReader> {
    final R in;

    StaxReading(R in) {
        this.in = in;
    }

    abstract int intValue() throws XMLStreamException;

    abstract long longValue() throws XMLStreamException;

    abstract float floatValue() throws XMLStreamException;

    abstract double doubleValue() throws XMLStreamException;

    abstract boolean booleanValue() throws XMLStreamException;

    abstract Instant instantValue() throws XMLStreamException;

    abstract UUID uuidValue() throws XMLStreamException;

    abstract byte[] bytesValue() throws XMLStreamException;

    /** The values of all elements b:int; stops at the end of their parent. */
    abstract int[] ints() throws XMLStreamException;

    abstract double[] doubles() throws XMLStreamException;

    final Content message(Sample sample) throws XMLStreamException {
        start(Names.SOAP, "Envelope");
        start(Names.SOAP, "Header");
        understood("Action");
        String action = in.getElementText();
        start(Names.ADDRESSING, "MessageID");
        String messageId = in.getElementText();
        start(Names.ADDRESSING, "ReplyTo");
        start(Names.ADDRESSING, "Address");
        String replyTo = in.getElementText();
        end();
        understood("To");
        String to = in.getElementText();
        end();
        start(Names.SOAP, "Body");
        start(Names.CONTRACT, "PlaceOrder");
        start(Names.CONTRACT, "order");
        Object body = switch (sample) {
            case TYPED20 -> orderToItsEnd();
            case INTS1000 -> ints();
            case DOUBLES1000 -> doubles();
            case BLOB64K -> blobToItsEnd();
        };
        end();
        end();
        end();
        return new Content(action, messageId, replyTo, to, body);
    }

    private Order orderToItsEnd() throws XMLStreamException {
        var order = new Order(
                field("Amount").intValue(),
                field("CustomerId").intValue(),
                field("Quantity").intValue(),
                field("Region").intValue(),
                field("Status").intValue(),
                field("OrderNumber").longValue(),
                field("Version").longValue(),
                field("WarehouseId").longValue(),
                field("Discount").doubleValue(),
                field("Price").doubleValue(),
                field("Tax").doubleValue(),
                field("Express").booleanValue(),
                field("Paid").booleanValue(),
                field("City").in.getElementText(),
                field("CustomerName").in.getElementText(),
                field("Note").in.getElementText(),
                field("Street").in.getElementText(),
                field("PlacedAt").instantValue(),
                field("TrackingId").uuidValue(),
                field("Weight").floatValue());
        end();
        return order;
    }

    private byte[] blobToItsEnd() throws XMLStreamException {
        byte[] blob = field("Data").bytesValue();
        end();
        return blob;
    }

    private StaxReading<R> field(String name) throws XMLStreamException {
        start(Names.DEMO, name);
        return this;
    }

    private void understood(String header) throws XMLStreamException {
        start(Names.ADDRESSING, header);
        if (!"1".equals(in.getAttributeValue(Names.SOAP, "mustUnderstand")))
            throw new XMLStreamException(header + " without mustUnderstand");
    }

    private void start(String namespace, String name) throws XMLStreamException {
        if (in.nextTag() != XMLStreamReader.START_ELEMENT || !isNamed(namespace, name))
            throw new XMLStreamException("expected the start of " + name, in.getLocation());
    }

    final boolean isNamed(String namespace, String name) {
        return in.getLocalName().equals(name) && in.getNamespaceURI().equals(namespace);
    }

    private void end() throws XMLStreamException {
        if (in.nextTag() != XMLStreamReader.END_ELEMENT)
            throw new XMLStreamException("expected an end tag", in.getLocation());
    }
}
