package dev.nettcp.examples;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.Operations;
import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleBinaryOperator;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/**
 * The contract ICalculator of Microsoft's port sharing sample, as messages, and a service that fulfils it.
 *
 * <pre>
 *   &lt;Add xmlns="http://Microsoft.Samples.PortSharing">&lt;n1>100&lt;/n1>&lt;n2>15.99&lt;/n2>&lt;/Add>
 *   &lt;AddResponse xmlns="http://Microsoft.Samples.PortSharing">&lt;AddResult>115.99&lt;/AddResult>&lt;/AddResponse>
 * </pre>
 */
public final class Calculator {
    /** The namespace of the contract. */
    public static final String NAMESPACE = "http://Microsoft.Samples.PortSharing";

    private static final ElementName N1 = ElementName.of(NAMESPACE, "n1");
    private static final ElementName N2 = ElementName.of(NAMESPACE, "n2");
    private static final Map<String, ElementName> NAMES = new ConcurrentHashMap<>();

    private Calculator() {}

    /** The service. Dividing by zero gives an infinity, as in the sample. */
    public static MessageHandler service() {
        return Operations.of(Map.of(
                action("Add"), operation("Add", (n1, n2) -> n1 + n2),
                action("Subtract"), operation("Subtract", (n1, n2) -> n1 - n2),
                action("Multiply"), operation("Multiply", (n1, n2) -> n1 * n2),
                action("Divide"), operation("Divide", (n1, n2) -> n1 / n2)));
    }

    private static MessageHandler operation(String name, DoubleBinaryOperator operator) {
        return (request, session) -> reply(name, calculate(request.body(), operator));
    }

    /** A missing number is 0, an unknown element is passed over: the rules of WCF. */
    private static double calculate(TypedXMLStreamReader in, DoubleBinaryOperator operator) throws XMLStreamException {
        double n1 = 0;
        double n2 = 0;
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            switch (in.getLocalName()) {
                case "n1" -> n1 = in.getElementAsDouble();
                case "n2" -> n2 = in.getElementAsDouble();
                default -> in.getElementText();
            }
        }
        return operator.applyAsDouble(n1, n2);
    }

    private static Message reply(String operation, double result) {
        return Message.of(action(operation) + "Response", out -> {
            name(operation + "Response").start(out);
            number(out, name(operation + "Result"), result);
            out.writeEndElement();
        });
    }

    /** The request that calls an operation. */
    public static Message request(String operation, double n1, double n2) {
        return Message.of(action(operation), out -> {
            name(operation).start(out);
            number(out, N1, n1);
            number(out, N2, n2);
            out.writeEndElement();
        });
    }

    /** The number in a reply. */
    public static double result(Message reply) throws XMLStreamException {
        TypedXMLStreamReader in = reply.body();
        in.nextTag();
        return in.getElementAsDouble();
    }

    private static void number(TypedXMLStreamWriter out, ElementName name, double value) throws XMLStreamException {
        name.start(out);
        out.writeDouble(value);
        out.writeEndElement();
    }

    private static ElementName name(String name) {
        return NAMES.computeIfAbsent(name, n -> ElementName.of(NAMESPACE, n));
    }

    private static String action(String operation) {
        return NAMESPACE + "/ICalculator/" + operation;
    }
}
