package dev.nettcp.soap;

import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.DictionaryString;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/**
 * Messages as a WCF program holds them, made from their XML: names and namespaces in the body are contract names, contents that look like
 * numbers are numbers.
 */
final class WcfMessages {
    private static final XMLInputFactory TEXT = XMLInputFactory.newInstance();
    private static final DictionaryString XSI = DictionaryString.of(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);

    private WcfMessages() {}

    static XMLStreamReader2 reader(String xml) throws XMLStreamException {
        return (XMLStreamReader2) TEXT.createXMLStreamReader(new StringReader(xml.replace("\r", "&#13;")));
    }

    static Message parse(String xml) throws XMLStreamException, InvalidMessageException {
        Message read = EnvelopeReader.read(reader(xml));
        Message message = read.isFault()
                ? Message.fault(read.action(), contractDetail(xml, read.fault()))
                : read.isEmpty() ? Message.empty(read.action()) : Message.of(read.action(), out -> body(xml, out));
        for (Header header : read.headers()) {
            message = message.withHeader(header);
        }
        return message.withAddressing(read.addressing());
    }

    private static SoapFault contractDetail(String xml, SoapFault fault) {
        return fault.detail().isEmpty() || fault.role().isPresent() // whose detail is a plain one
                ? fault
                : fault.withDetail(out -> {
                    XMLStreamReader in = reader(xml);
                    toStart(in, new QName(Namespaces.ENVELOPE, "Detail"));
                    in.next();
                    content(in, out);
                });
    }

    private static void body(String xml, TypedXMLStreamWriter out) throws XMLStreamException {
        XMLStreamReader in = reader(xml);
        toStart(in, new QName(Namespaces.ENVELOPE, "Body"));
        in.next();
        content(in, out);
    }

    private static void toStart(XMLStreamReader in, QName name) throws XMLStreamException {
        do {
            in.next();
        } while (!in.isStartElement() || !in.getName().equals(name));
    }

    private static void content(XMLStreamReader in, TypedXMLStreamWriter out) throws XMLStreamException {
        for (int depth = 0; depth > 0 || !in.isEndElement(); in.next()) {
            if (in.isStartElement()) {
                ElementName.of(in.getNamespaceURI(), in.getLocalName()).start(out);
                if (in.getAttributeCount() > 0) {
                    nil((BinaryXmlStreamWriter) out);
                }
                depth++;
            } else if (in.isEndElement()) {
                out.writeEndElement();
                depth--;
            } else {
                value(in.getText(), out);
            }
        }
    }

    /** The only attribute there is in these bodies. */
    private static void nil(BinaryXmlStreamWriter out) throws XMLStreamException {
        out.writeStartAttribute(null, XSI, DictionaryString.of("nil"));
        out.writeBoolean(true);
        out.writeEndAttribute();
    }

    private static void value(String text, TypedXMLStreamWriter out) throws XMLStreamException {
        if (text.equals("true")) {
            out.writeBoolean(true);
        } else if (text.matches("-?[0-9]{1,9}")) {
            out.writeInt(Integer.parseInt(text));
        } else if (text.matches("-?[0-9]{1,9}\\.[0-9]{1,6}")) {
            out.writeDouble(Double.parseDouble(text));
        } else {
            out.writeCharacters(text);
        }
    }
}
