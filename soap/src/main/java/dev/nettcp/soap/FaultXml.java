package dev.nettcp.soap;

import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * The Fault element of SOAP 1.2 part 1, section 5.4, as WCF writes it.
 *
 * <pre>
 *   s:Fault
 *     s:Code     s:Value, [s:Subcode  s:Value, [s:Subcode ...]]
 *     s:Reason   s:Text xml:lang ...
 *     [s:Node]  [s:Role]  [s:Detail]
 * </pre>
 *
 * A value in a namespace of its own has the prefix {@code a}, declared on the Value element.
 */
final class FaultXml {
    private static final String S = Namespaces.ENVELOPE;

    private FaultXml() {}

    static void write(SoapFault fault, TypedXMLStreamWriter out) throws XMLStreamException {
        start(out, "Fault");
        start(out, "Code");
        writeValue(fault.code(), out);
        for (QName subcode : fault.subcodes()) {
            start(out, "Subcode");
            writeValue(subcode, out);
        }
        for (int i = 0; i < fault.subcodes().size(); i++) {
            out.writeEndElement();
        }
        out.writeEndElement();
        start(out, "Reason");
        for (SoapFault.Reason reason : fault.reasons()) {
            start(out, "Text");
            out.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", reason.language());
            out.writeCharacters(reason.text());
            out.writeEndElement();
        }
        out.writeEndElement();
        writeUri("Node", fault.node().orElse(null), out);
        writeUri("Role", fault.role().orElse(null), out);
        if (fault.detail().isPresent()) {
            start(out, "Detail");
            fault.detail().get().writeTo(out);
            out.writeEndElement();
        }
        out.writeEndElement();
    }

    /** A qualified name is three texts: prefix, colon, name. */
    private static void writeValue(QName value, TypedXMLStreamWriter out) throws XMLStreamException {
        start(out, "Value");
        String namespace = value.getNamespaceURI();
        if (!namespace.isEmpty()) {
            String prefix = namespace.equals(S) ? "s" : "a";
            if (!namespace.equals(S)) {
                out.writeNamespace(prefix, namespace);
            }
            out.writeCharacters(prefix);
            out.writeCharacters(":");
        }
        out.writeCharacters(value.getLocalPart());
        out.writeEndElement();
    }

    private static void writeUri(String element, @Nullable String uri, TypedXMLStreamWriter out)
            throws XMLStreamException {
        if (uri != null) {
            start(out, element);
            out.writeCharacters(uri);
            out.writeEndElement();
        }
    }

    private static void start(TypedXMLStreamWriter out, String name) throws XMLStreamException {
        DictionaryNames.start(out, "s", DictionaryNames.entry(name), DictionaryNames.ENVELOPE);
    }

    /** Reads the fault whose start the reader is on, and leaves the reader on its end. */
    static SoapFault read(TypedXMLStreamReader in) throws XMLStreamException {
        List<QName> codes = new ArrayList<>();
        List<SoapFault.Reason> reasons = new ArrayList<>();
        String node = null;
        String role = null;
        XmlContent detail = null;
        while (toChild(in)) {
            switch (in.getLocalName()) {
                case "Code" -> readCode(in, codes);
                case "Reason" -> readReasons(in, reasons);
                case "Node" -> node = in.getElementText();
                case "Role" -> role = in.getElementText();
                case "Detail" -> detail = readDetail(in);
                default -> skip(in);
            }
        }
        if (codes.isEmpty()) {
            throw new XMLStreamException("a fault without Code", in.getLocation());
        }
        return new SoapFault(codes.get(0), codes.subList(1, codes.size()), reasons, node, role, detail);
    }

    /** The value of a Code or Subcode, then that of the Subcode in it. */
    private static void readCode(TypedXMLStreamReader in, List<QName> codes) throws XMLStreamException {
        while (toChild(in)) {
            switch (in.getLocalName()) {
                case "Value" -> codes.add(readValue(in));
                case "Subcode" -> readCode(in, codes);
                default -> skip(in);
            }
        }
    }

    /** The prefix means what it means on the Value element, which the reader is still on the end of. */
    private static QName readValue(TypedXMLStreamReader in) throws XMLStreamException {
        return resolve(in.getElementText().trim(), in);
    }

    private static QName resolve(String name, XMLStreamReader in) {
        int colon = name.indexOf(':');
        String prefix = colon < 0 ? "" : name.substring(0, colon);
        String namespace = in.getNamespaceContext().getNamespaceURI(prefix);
        return new QName(namespace == null ? "" : namespace, name.substring(colon + 1), prefix);
    }

    private static void readReasons(TypedXMLStreamReader in, List<SoapFault.Reason> reasons) throws XMLStreamException {
        while (toChild(in)) {
            String language = in.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
            reasons.add(new SoapFault.Reason(language == null ? "" : language, in.getElementText()));
        }
    }

    private static XmlContent readDetail(TypedXMLStreamReader in) throws XMLStreamException {
        in.next();
        return XmlContent.of(Fragment.of(out -> XmlCopy.content(in, out)));
    }

    /** Moves from an element's start, or a child's end, to the next child's start; false at the element's end. */
    static boolean toChild(XMLStreamReader in) throws XMLStreamException {
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {} // comments and white space
            }
        }
    }

    /** Moves from an element's start to its end. */
    static void skip(XMLStreamReader in) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {} // content
            }
        }
    }
}
