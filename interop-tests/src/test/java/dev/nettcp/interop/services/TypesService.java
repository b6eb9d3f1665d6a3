package dev.nettcp.interop.services;

import static dev.nettcp.interop.services.Operation.part;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.Operations;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import dev.nettcp.soap.XmlCopy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/**
 * The peers' contract ITypes. It knows no types: an echo is what was sent, under the names of the reply; only what computes something
 * looks into the parts of the request.
 */
public final class TypesService {

    private static final List<String> ECHOES = List.of(
            "String",
            "Bool",
            "SByte",
            "Byte",
            "Short",
            "UShort",
            "Int",
            "UInt",
            "Long",
            "ULong",
            "Float",
            "Double",
            "Decimal",
            "Char",
            "DateTime",
            "DateTimeOffset",
            "TimeSpan",
            "Guid",
            "Uri",
            "Enum",
            "Flags",
            "NullableInt",
            "IntArray",
            "DoubleArray",
            "StringList",
            "Dictionary",
            "Person",
            "PersonList",
            "PersonDictionary",
            "AllTypes");

    private static final QName NIL = new QName("http://www.w3.org/2001/XMLSchema-instance", "nil");

    private static final QName TICKET = new QName(Operation.DATA, "Ticket");

    private final Map<String, Integer> notified = new ConcurrentHashMap<>();

    private TypesService() {}

    public static MessageHandler handler() {
        return new TypesService().operations();
    }

    private MessageHandler operations() {
        Map<String, MessageHandler> byName = new TreeMap<>();
        ECHOES.forEach(type -> byName.put("Echo" + type, (message, session) -> echo(named("Echo" + type), message)));
        byName.put("EchoBytes", (message, session) -> echoBytes(named("EchoBytes"), message));
        byName.put("EchoHeader", (message, session) -> echoHeader(named("EchoHeader"), message));
        byName.put("DoNothing", (message, session) -> named("DoNothing").response());
        byName.put("AddWithOut", (message, session) -> addWithOut(message));
        byName.put("AddWithLongParameterNames", result("AddWithLongParameterNames", TypesService::sum));
        byName.put("Notify", Answers.oneWay((parts, session) -> add(parts)));
        byName.put(
                "NotifiedTotal",
                result("NotifiedTotal", parts -> number(notified.getOrDefault(parts.getElementText(), 0))));
        byName.put("Divide", Division.in("ITypes"));
        byName.put("FailPlain", result("FailPlain", TypesService::fail));
        byName.put("FailWithCode", result("FailWithCode", TypesService::failWithCode));
        byName.put("FailUnhandled", result("FailUnhandled", TypesService::failUnhandled));
        byName.put("Sleep", TypesService::sleep);
        byName.put("MakeBytes", result("MakeBytes", parts -> binary(payload(parts.getElementAsInt()))));
        byName.put("SumBytes", result("SumBytes", TypesService::sumOfBytes));
        Map<String, MessageHandler> byAction = new TreeMap<>();
        byName.forEach((name, handler) -> byAction.put(named(name).action(), handler));
        return Operations.of(byAction);
    }

    @FunctionalInterface
    private interface Parts {
        ContentWriter result(TypedXMLStreamReader parts) throws Exception;
    }

    private static MessageHandler result(String operation, Parts made) {
        return Answers.result(named(operation), (parts, session) -> made.result(parts));
    }

    // ---- messages, for either side

    public static Operation named(String operation) {
        return new Operation("ITypes", operation);
    }

    /** A request of the contract with one argument. */
    public static Message request(String operation, String argument, ContentWriter value) {
        return named(operation).request(part(argument, value));
    }

    /** A reader on the element that holds the result of an operation. */
    public static TypedXMLStreamReader result(Message reply) throws XMLStreamException {
        return Operation.parts(reply);
    }

    /** What the peers fill arrays with. */
    public static byte[] payload(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((i * 31L + 7) % 251);
        }
        return bytes;
    }

    // ---- operations

    private static Message echo(Operation operation, Message request) throws XMLStreamException {
        Message kept = request.buffered();
        return Message.of(operation.action() + "Response", out -> {
            TypedXMLStreamReader in = kept.body();
            copyStart(in, operation.name() + "Response", out);
            in.nextTag();
            copyStart(in, operation.name() + "Result", out);
            in.next();
            XmlCopy.content(in, out);
            out.writeEndElement();
            out.writeEndElement();
        });
    }

    /** The start tag on which the reader is, with another name. */
    private static void copyStart(TypedXMLStreamReader in, String name, TypedXMLStreamWriter out)
            throws XMLStreamException {
        out.writeStartElement(in.getPrefix(), name, in.getNamespaceURI());
        XmlCopy.declarations(in, out);
        XmlCopy.attributes(in, out, null);
    }

    private static Message echoBytes(Operation operation, Message request) throws XMLStreamException {
        Message kept = request.buffered();
        TypedXMLStreamReader value = Operation.parts(kept);
        return value.getAttributeValue(NIL.getNamespaceURI(), NIL.getLocalPart()) != null
                ? echo(operation, kept)
                : operation.result(binary(value.getElementAsBinary()));
    }

    /** A message contract: the names of the reply are those of the request. */
    private static Message echoHeader(Operation operation, Message request) throws XMLStreamException {
        Message kept = request.buffered();
        return Message.of(operation.action() + "Response", kept::writeBody)
                .withHeader(request.header(TICKET).orElseThrow());
    }

    private static Message addWithOut(Message request) throws XMLStreamException {
        TypedXMLStreamReader parts = Operation.parts(request);
        int a = parts.getElementAsInt();
        parts.nextTag();
        int b = parts.getElementAsInt();
        parts.nextTag();
        String note = parts.getElementText();
        return named("AddWithOut")
                .response(
                        part("AddWithOutResult", a + b),
                        part("note", note + "!"),
                        part("product", out -> out.writeLong((long) a * b)));
    }

    private static ContentWriter sum(TypedXMLStreamReader parts) throws XMLStreamException {
        int sum = parts.getElementAsInt();
        for (int i = 0; i < 2; i++) {
            parts.nextTag();
            sum += parts.getElementAsInt();
        }
        return number(sum);
    }

    private void add(TypedXMLStreamReader parts) throws XMLStreamException {
        String key = parts.getElementText();
        parts.nextTag();
        notified.merge(key, parts.getElementAsInt(), Integer::sum);
    }

    private static ContentWriter fail(TypedXMLStreamReader parts) throws Exception {
        throw new SoapFaultException(SoapFault.sender(parts.getElementText()));
    }

    private static ContentWriter failWithCode(TypedXMLStreamReader parts) throws Exception {
        String code = parts.getElementText();
        parts.nextTag();
        throw new SoapFaultException(
                SoapFault.sender(parts.getElementText()).withSubcode(new QName(Operation.DATA, code, "d")));
    }

    private static ContentWriter failUnhandled(TypedXMLStreamReader parts) throws XMLStreamException {
        throw new IllegalStateException(parts.getElementText());
    }

    /** Answers later, and lets the session go on meanwhile. */
    private static Message sleep(Message request, MessageSession session) throws XMLStreamException {
        Message reply = named("Sleep").result(out -> out.writeCharacters("slept"));
        Message answer = reply.withAddressing(
                new Addressing(reply.action(), null, request.messageId().orElseThrow(), null, null));
        Executor later =
                CompletableFuture.delayedExecutor(Operation.parts(request).getElementAsInt(), TimeUnit.MILLISECONDS);
        session.attributes()
                .put("sleep", CompletableFuture.supplyAsync(() -> answer, later).thenCompose(session::sendAsync));
        return null;
    }

    private static ContentWriter sumOfBytes(TypedXMLStreamReader parts) throws XMLStreamException {
        long sum = 0;
        for (byte each : parts.getElementAsBinary()) {
            sum += Byte.toUnsignedInt(each);
        }
        long result = sum;
        return out -> out.writeLong(result);
    }

    private static ContentWriter number(int value) {
        return out -> out.writeInt(value);
    }

    private static ContentWriter binary(byte[] value) {
        return out -> out.writeBinary(value, 0, value.length);
    }
}
