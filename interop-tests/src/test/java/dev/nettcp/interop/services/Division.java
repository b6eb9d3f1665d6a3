package dev.nettcp.interop.services;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/** The operation {@code Divide}, which two contracts of the peers have, with a declared fault. */
final class Division {

    private Division() {}

    static MessageHandler in(String contract) {
        Operation divide = new Operation(contract, "Divide");
        return (message, session) -> quotient(divide, message);
    }

    private static Message quotient(Operation divide, Message request) throws Exception {
        TypedXMLStreamReader reader = Operation.parts(request);
        int dividend = reader.getElementAsInt();
        reader.nextTag();
        int divisor = reader.getElementAsInt();
        if (divisor == 0) {
            throw new SoapFaultException(
                    SoapFault.sender("divisor must not be zero").withDetail(Division::writeFault),
                    divide.action() + "ValidationFault");
        }
        return divide.result(out -> out.writeInt(dividend / divisor));
    }

    private static void writeFault(TypedXMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement("", "ValidationFault", Operation.DATA);
        out.writeDefaultNamespace(Operation.DATA);
        out.writeNamespace("i", "http://www.w3.org/2001/XMLSchema-instance");
        out.writeStartElement("", "Field", Operation.DATA);
        out.writeCharacters("divisor");
        out.writeEndElement();
        out.writeStartElement("", "Code", Operation.DATA);
        out.writeInt(42);
        out.writeEndElement();
        out.writeEndElement();
    }
}
