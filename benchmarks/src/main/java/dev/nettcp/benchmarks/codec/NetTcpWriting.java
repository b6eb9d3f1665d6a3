package dev.nettcp.benchmarks.codec;

import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.NetDateTime;
import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import javax.xml.stream.XMLStreamException;

/** A message as WCF writes it: names, namespaces and addresses as numbers, values by their types. */
final class NetTcpWriting {
    private static final DictionaryString SOAP = known(Names.SOAP);
    private static final DictionaryString ENVELOPE = known("Envelope");
    private static final DictionaryString HEADER = known("Header");
    private static final DictionaryString BODY = known("Body");
    private static final DictionaryString MUST_UNDERSTAND = known("mustUnderstand");
    private static final DictionaryString ADDRESSING = known(Names.ADDRESSING);
    private static final DictionaryString ACTION = known("Action");
    private static final DictionaryString MESSAGE_ID = known("MessageID");
    private static final DictionaryString REPLY_TO = known("ReplyTo");
    private static final DictionaryString ADDRESS = known("Address");
    private static final DictionaryString ANONYMOUS = known(Names.ANONYMOUS);
    private static final DictionaryString TO = known("To");

    private static final DictionaryString ACTION_TEXT = DictionaryString.of(Names.ACTION_TEXT);
    private static final DictionaryString TO_TEXT = DictionaryString.of(Names.TO_TEXT);
    private static final DictionaryString CONTRACT = DictionaryString.of(Names.CONTRACT);
    private static final DictionaryString PLACE_ORDER = DictionaryString.of("PlaceOrder");
    private static final DictionaryString ORDER = DictionaryString.of("order");
    private static final DictionaryString INSTANCE = DictionaryString.of(Names.INSTANCE);
    private static final DictionaryString DEMO = DictionaryString.of(Names.DEMO);
    private static final DictionaryString DATA = DictionaryString.of("Data");

    private static final DictionaryString AMOUNT = DictionaryString.of("Amount");
    private static final DictionaryString CUSTOMER_ID = DictionaryString.of("CustomerId");
    private static final DictionaryString QUANTITY = DictionaryString.of("Quantity");
    private static final DictionaryString REGION = DictionaryString.of("Region");
    private static final DictionaryString STATUS = DictionaryString.of("Status");
    private static final DictionaryString ORDER_NUMBER = DictionaryString.of("OrderNumber");
    private static final DictionaryString VERSION = DictionaryString.of("Version");
    private static final DictionaryString WAREHOUSE_ID = DictionaryString.of("WarehouseId");
    private static final DictionaryString DISCOUNT = DictionaryString.of("Discount");
    private static final DictionaryString PRICE = DictionaryString.of("Price");
    private static final DictionaryString TAX = DictionaryString.of("Tax");
    private static final DictionaryString EXPRESS = DictionaryString.of("Express");
    private static final DictionaryString PAID = DictionaryString.of("Paid");
    private static final DictionaryString CITY = DictionaryString.of("City");
    private static final DictionaryString CUSTOMER_NAME = DictionaryString.of("CustomerName");
    private static final DictionaryString NOTE = DictionaryString.of("Note");
    private static final DictionaryString STREET = DictionaryString.of("Street");
    private static final DictionaryString PLACED_AT = DictionaryString.of("PlacedAt");
    private static final DictionaryString TRACKING_ID = DictionaryString.of("TrackingId");
    private static final DictionaryString WEIGHT = DictionaryString.of("Weight");

    private final Object body;
    private final DictionaryString namespace;

    NetTcpWriting(Sample sample) {
        body = sample.content.body();
        namespace = DictionaryString.of(sample.namespace);
    }

    private static DictionaryString known(String text) {
        return StaticDictionary.NBFS.entry(text);
    }

    void message(BinaryXmlStreamWriter out) throws XMLStreamException {
        out.writeStartElement("s", ENVELOPE, SOAP);
        out.writeNamespace("a", ADDRESSING);
        headers(out);
        out.writeStartElement("s", BODY, SOAP);
        out.writeStartElement("", PLACE_ORDER, CONTRACT);
        out.writeStartElement("", ORDER, CONTRACT);
        out.writeNamespace("b", namespace);
        out.writeNamespace("i", INSTANCE);
        body(out);
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndElement();
    }

    private static void headers(BinaryXmlStreamWriter out) throws XMLStreamException {
        out.writeStartElement("s", HEADER, SOAP);
        out.writeStartElement("a", ACTION, ADDRESSING);
        out.writeAttribute("s", SOAP, MUST_UNDERSTAND, "1");
        out.writeCharacters(ACTION_TEXT);
        out.writeEndElement();
        out.writeStartElement("a", MESSAGE_ID, ADDRESSING);
        out.writeUniqueId(Names.MESSAGE_ID);
        out.writeEndElement();
        out.writeStartElement("a", REPLY_TO, ADDRESSING);
        out.writeStartElement("a", ADDRESS, ADDRESSING);
        out.writeCharacters(ANONYMOUS);
        out.writeEndElement();
        out.writeEndElement();
        out.writeStartElement("a", TO, ADDRESSING);
        out.writeAttribute("s", SOAP, MUST_UNDERSTAND, "1");
        out.writeCharacters(TO_TEXT);
        out.writeEndElement();
        out.writeEndElement();
    }

    private void body(BinaryXmlStreamWriter out) throws XMLStreamException {
        if (body instanceof Order order) {
            order(order, out);
        } else if (body instanceof int[] values) {
            out.writeArray("b", "int", Names.ARRAYS, values);
        } else if (body instanceof double[] values) {
            out.writeArray("b", "double", Names.ARRAYS, values);
        } else {
            byte[] blob = (byte[]) body;
            out.writeStartElement("b", DATA, DEMO);
            out.writeBinary(blob, 0, blob.length);
            out.writeEndElement();
        }
    }

    private static void order(Order order, BinaryXmlStreamWriter out) throws XMLStreamException {
        out.writeStartElement("b", AMOUNT, DEMO);
        out.writeInt(order.amount());
        out.writeEndElement();
        out.writeStartElement("b", CUSTOMER_ID, DEMO);
        out.writeInt(order.customerId());
        out.writeEndElement();
        out.writeStartElement("b", QUANTITY, DEMO);
        out.writeInt(order.quantity());
        out.writeEndElement();
        out.writeStartElement("b", REGION, DEMO);
        out.writeInt(order.region());
        out.writeEndElement();
        out.writeStartElement("b", STATUS, DEMO);
        out.writeInt(order.status());
        out.writeEndElement();
        out.writeStartElement("b", ORDER_NUMBER, DEMO);
        out.writeLong(order.orderNumber());
        out.writeEndElement();
        out.writeStartElement("b", VERSION, DEMO);
        out.writeLong(order.version());
        out.writeEndElement();
        out.writeStartElement("b", WAREHOUSE_ID, DEMO);
        out.writeLong(order.warehouseId());
        out.writeEndElement();
        out.writeStartElement("b", DISCOUNT, DEMO);
        out.writeDouble(order.discount());
        out.writeEndElement();
        out.writeStartElement("b", PRICE, DEMO);
        out.writeDouble(order.price());
        out.writeEndElement();
        out.writeStartElement("b", TAX, DEMO);
        out.writeDouble(order.tax());
        out.writeEndElement();
        out.writeStartElement("b", EXPRESS, DEMO);
        out.writeBoolean(order.express());
        out.writeEndElement();
        out.writeStartElement("b", PAID, DEMO);
        out.writeBoolean(order.paid());
        out.writeEndElement();
        out.writeStartElement("b", CITY, DEMO);
        out.writeCharacters(order.city());
        out.writeEndElement();
        out.writeStartElement("b", CUSTOMER_NAME, DEMO);
        out.writeCharacters(order.customerName());
        out.writeEndElement();
        out.writeStartElement("b", NOTE, DEMO);
        out.writeCharacters(order.note());
        out.writeEndElement();
        out.writeStartElement("b", STREET, DEMO);
        out.writeCharacters(order.street());
        out.writeEndElement();
        out.writeStartElement("b", PLACED_AT, DEMO);
        out.writeDateTime(NetDateTime.of(order.placedAt()));
        out.writeEndElement();
        out.writeStartElement("b", TRACKING_ID, DEMO);
        out.writeUuid(order.trackingId());
        out.writeEndElement();
        out.writeStartElement("b", WEIGHT, DEMO);
        out.writeFloat(order.weight());
        out.writeEndElement();
    }
}
