package dev.nettcp.binding;

import java.io.PrintWriter;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** An exception as WCF's data contract ExceptionDetail: what a fault tells when exception details are switched on. */
final class ExceptionDetail {
    private static final String NAMESPACE = "http://schemas.datacontract.org/2004/07/System.ServiceModel";

    private ExceptionDetail() {}

    static void write(Throwable exception, XMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement("", "ExceptionDetail", NAMESPACE);
        out.writeDefaultNamespace(NAMESPACE);
        out.writeNamespace("i", XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
        writeMembers(exception, out);
        out.writeEndElement();
    }

    /** The members in the order of the contract. */
    private static void writeMembers(Throwable exception, XMLStreamWriter out) throws XMLStreamException {
        writeText("HelpLink", null, out);
        Throwable inner = exception.getCause();
        if (inner == null) {
            writeText("InnerException", null, out);
        } else {
            out.writeStartElement("", "InnerException", NAMESPACE);
            writeMembers(inner, out);
            out.writeEndElement();
        }
        writeText("Message", String.valueOf(exception.getMessage()), out);
        writeText("StackTrace", stackTrace(exception), out);
        writeText("Type", exception.getClass().getName(), out);
    }

    private static void writeText(String member, @Nullable String text, XMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement("", member, NAMESPACE);
        if (text == null) {
            out.writeAttribute("i", XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil", "true");
        } else {
            out.writeCharacters(text);
        }
        out.writeEndElement();
    }

    private static String stackTrace(Throwable exception) {
        StringWriter text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
