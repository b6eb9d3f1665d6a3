package dev.nettcp.benchmarks.codec;

import com.sun.xml.fastinfoset.sax.SAXDocumentParser;
import com.sun.xml.fastinfoset.sax.SAXDocumentSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jvnet.fastinfoset.FastInfosetException;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Fast Infoset in its fastest form, which only SAX has: an array is the content of one element, in the encoding of an algorithm, and
 * goes from and to a Java array. One serializer and one parser for all documents.
 */
final class InfosetAlgorithmCodec implements Codec {
    private static final AttributesImpl NONE = new AttributesImpl();
    private static final AttributesImpl MUST_UNDERSTAND = new AttributesImpl();

    static {
        MUST_UNDERSTAND.addAttribute(Names.SOAP, "mustUnderstand", "s:mustUnderstand", "CDATA", "1");
    }

    private final Content content;
    private final String namespace;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1 << 17);
    private final SAXDocumentSerializer out = new SAXDocumentSerializer();
    private final SAXDocumentParser parser = new SAXDocumentParser();
    private final InfosetHandler reading;
    private final byte[] document;

    InfosetAlgorithmCodec(Sample sample) throws SAXException {
        content = sample.content;
        namespace = sample.namespace;
        reading = new InfosetHandler(namespace);
        parser.setContentHandler(reading);
        parser.setPrimitiveTypeContentHandler(reading);
        write();
        document = buffer.toByteArray();
    }

    @Override
    public int write() throws SAXException {
        buffer.reset();
        out.reset();
        out.setOutputStream(buffer);
        out.startDocument();
        out.startPrefixMapping("s", Names.SOAP);
        out.startPrefixMapping("a", Names.ADDRESSING);
        start("s", "Envelope", Names.SOAP, NONE);
        start("s", "Header", Names.SOAP, NONE);
        header("Action", content.action(), MUST_UNDERSTAND);
        header("MessageID", "urn:uuid:" + Names.MESSAGE_ID, NONE);
        start("a", "ReplyTo", Names.ADDRESSING, NONE);
        header("Address", content.replyTo(), NONE);
        end("a", "ReplyTo", Names.ADDRESSING);
        header("To", content.to(), MUST_UNDERSTAND);
        end("s", "Header", Names.SOAP);
        start("s", "Body", Names.SOAP, NONE);
        out.startPrefixMapping("", Names.CONTRACT);
        start("", "PlaceOrder", Names.CONTRACT, NONE);
        out.startPrefixMapping("b", namespace);
        out.startPrefixMapping("i", Names.INSTANCE);
        start("", "order", Names.CONTRACT, NONE);
        start("b", "Data", namespace, NONE);
        body(content.body());
        end("b", "Data", namespace);
        end("", "order", Names.CONTRACT);
        end("", "PlaceOrder", Names.CONTRACT);
        end("s", "Body", Names.SOAP);
        end("s", "Envelope", Names.SOAP);
        out.endDocument();
        return buffer.size();
    }

    private void body(Object body) throws SAXException {
        if (body instanceof int[] values) {
            out.ints(values, 0, values.length);
        } else if (body instanceof double[] values) {
            out.doubles(values, 0, values.length);
        } else if (body instanceof byte[] values) {
            out.bytes(values, 0, values.length);
        } else {
            throw new IllegalArgumentException("only arrays have algorithms");
        }
    }

    private void header(String name, String text, Attributes attributes) throws SAXException {
        start("a", name, Names.ADDRESSING, attributes);
        out.characters(text.toCharArray(), 0, text.length());
        end("a", name, Names.ADDRESSING);
    }

    private void start(String prefix, String name, String uri, Attributes attributes) throws SAXException {
        out.startElement(uri, name, prefix.isEmpty() ? name : prefix + ":" + name, attributes);
    }

    private void end(String prefix, String name, String uri) throws SAXException {
        out.endElement(uri, name, prefix.isEmpty() ? name : prefix + ":" + name);
    }

    @Override
    public Content read() throws IOException, FastInfosetException, SAXException {
        parser.parse(new ByteArrayInputStream(document));
        return reading.content();
    }

    @Override
    public byte[] document() {
        return buffer.toByteArray();
    }
}
