package dev.nettcp.benchmarks.codec;

import java.util.Arrays;
import org.jvnet.fastinfoset.sax.PrimitiveTypeContentHandler;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Takes a message whose body is an array out of the events of SAX. */
final class InfosetHandler extends DefaultHandler implements PrimitiveTypeContentHandler {
    private static final Object NONE = new Object();

    private final String[] namespaces;
    private final String[] names = {
        "Envelope", "Header", "Action", "MessageID", "ReplyTo", "Address", "To", "Body", "PlaceOrder", "order", "Data"
    };
    private int element;
    private final StringBuilder text = new StringBuilder();
    private String action = "";
    private String messageId = "";
    private String replyTo = "";
    private String to = "";
    private Object body = NONE;

    InfosetHandler(String namespaceOfData) {
        namespaces = new String[] {
            Names.SOAP,
            Names.SOAP,
            Names.ADDRESSING,
            Names.ADDRESSING,
            Names.ADDRESSING,
            Names.ADDRESSING,
            Names.ADDRESSING,
            Names.SOAP,
            Names.CONTRACT,
            Names.CONTRACT,
            namespaceOfData
        };
    }

    /** After the end of the document. */
    Content content() {
        return new Content(action, messageId, replyTo, to, body);
    }

    @Override
    public void startDocument() {
        element = 0;
        text.setLength(0);
        body = NONE;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        if (!names[element].equals(localName) || !namespaces[element].equals(uri))
            throw new SAXException("expected the start of " + names[element] + ", found " + localName);
        if ((localName.equals("Action") || localName.equals("To"))
                && !"1".equals(attributes.getValue(Names.SOAP, "mustUnderstand")))
            throw new SAXException(localName + " without mustUnderstand");
        element++;
    }

    @Override
    public void characters(char[] chars, int start, int length) {
        text.append(chars, start, length);
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        if (text.length() == 0) return;
        switch (localName) {
            case "Action" -> action = text.toString();
            case "MessageID" -> messageId = text.toString();
            case "Address" -> replyTo = text.toString();
            case "To" -> to = text.toString();
            default -> throw new IllegalStateException("text in " + localName);
        }
        text.setLength(0);
    }

    @Override
    public void ints(int[] values, int start, int length) {
        body = Arrays.copyOfRange(values, start, start + length);
    }

    @Override
    public void doubles(double[] values, int start, int length) {
        body = Arrays.copyOfRange(values, start, start + length);
    }

    @Override
    public void bytes(byte[] values, int start, int length) {
        body = Arrays.copyOfRange(values, start, start + length);
    }

    @Override
    public void booleans(boolean[] values, int start, int length) throws SAXException {
        throw unexpected();
    }

    @Override
    public void shorts(short[] values, int start, int length) throws SAXException {
        throw unexpected();
    }

    @Override
    public void longs(long[] values, int start, int length) throws SAXException {
        throw unexpected();
    }

    @Override
    public void floats(float[] values, int start, int length) throws SAXException {
        throw unexpected();
    }

    @Override
    public void uuids(long[] values, int start, int length) throws SAXException {
        throw unexpected();
    }

    private static SAXException unexpected() {
        return new SAXException("an array of another type than was written");
    }
}
