package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.SoapFault;
import dev.nettcp.soap.UniqueId;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final String SERVICE = "net.tcp://localhost:9000/service";
    private static final MessageSession UNUSED = (MessageSession) Proxy.newProxyInstance(
            DispatcherTest.class.getClassLoader(), new Class<?>[] {MessageSession.class}, (self, method, args) -> {
                throw new AssertionError("the dispatcher itself needs nothing of the session");
            });

    private static Dispatcher dispatcher(MessageHandler handler) {
        AddressFilter filter = AddressFilter.of(ViaUri.parse(SERVICE));
        return new Dispatcher(new Dispatcher.Rules(filter, handler, Set.of(new QName("urn:h", "known")), true, false));
    }

    private static Message twoWay() {
        return Message.empty("urn:a")
                .withAddressing(new Addressing("urn:a", UniqueId.next(), null, Namespaces.ANONYMOUS, SERVICE));
    }

    private static Message oneWay() {
        return Message.empty("urn:a").withAddressing(new Addressing("urn:a", null, null, null, SERVICE));
    }

    private static MessageHandler throwing(Exception e) {
        return (message, session) -> {
            throw e;
        };
    }

    private static void assertFault(Dispatcher.Outcome outcome, QName code, String action, boolean ends)
            throws XMLStreamException {
        Message reply = outcome.reply();
        assertThat(reply).isNotNull();
        assertThat(reply.fault().is(code)).isTrue();
        assertThat(reply.action()).isEqualTo(action);
        assertThat(outcome.ends()).isEqualTo(ends);
    }

    @Test
    void aReplyIsWhatTheHandlerReturns() {
        Message reply = Message.empty("urn:b");

        Dispatcher.Outcome outcome = dispatcher((m, s) -> reply).dispatch(twoWay(), UNUSED);

        assertThat(outcome).isEqualTo(new Dispatcher.Outcome(reply, false, null));
    }

    @Test
    void aFirstMessageForSomebodyElseNeverReachesTheHandler() throws XMLStreamException {
        Dispatcher dispatcher = dispatcher(throwing(new Exception("handled")));
        Message misled = twoWay().withAddressing(new Addressing(
                "urn:a", UniqueId.next(), null, Namespaces.ANONYMOUS, "net.tcp://localhost:9000/other"));

        assertFault(
                dispatcher.dispatch(misled, UNUSED),
                FaultCodes.DESTINATION_UNREACHABLE,
                FaultCodes.SOAP_FAULT_ACTION,
                true);
    }

    @Test
    void whatTheHandlerThrowsDecidesWhatIsAnswered() throws XMLStreamException {
        SoapFaultException fault = new SoapFaultException(SoapFault.sender("x"), "urn:f");
        assertFault(dispatcher(throwing(fault)).dispatch(twoWay(), UNUSED), FaultCodes.SENDER, "urn:f", false);
        assertFault(
                dispatcher(throwing(new ActionNotSupportedException("urn:a"))).dispatch(twoWay(), UNUSED),
                FaultCodes.ACTION_NOT_SUPPORTED,
                FaultCodes.ADDRESSING_FAULT_ACTION,
                true);
        assertFault(
                dispatcher(throwing(new XMLStreamException("x"))).dispatch(twoWay(), UNUSED),
                FaultCodes.DESERIALIZATION_FAILED,
                FaultCodes.DISPATCHER_FAULT_ACTION,
                true);
        assertFault(
                dispatcher(throwing(new IllegalStateException("x", new XMLStreamException("y"))))
                        .dispatch(twoWay(), UNUSED),
                FaultCodes.DESERIALIZATION_FAILED,
                FaultCodes.DISPATCHER_FAULT_ACTION,
                true);
        assertFault(
                dispatcher(throwing(new IllegalStateException("x"))).dispatch(twoWay(), UNUSED),
                FaultCodes.INTERNAL_SERVICE_FAULT,
                FaultCodes.DISPATCHER_FAULT_ACTION,
                true);
    }

    @Test
    void anUnknownActionOfALaterMessageHasAnotherAction() throws XMLStreamException {
        Dispatcher dispatcher = dispatcher(throwing(new ActionNotSupportedException("urn:a")));
        dispatcher.dispatch(oneWay(), UNUSED);

        assertFault(
                dispatcher.dispatch(twoWay(), UNUSED),
                FaultCodes.ACTION_NOT_SUPPORTED,
                FaultCodes.SOAP_FAULT_ACTION,
                true);
    }

    @Test
    void aOneWayMessageIsNotAnsweredWhateverHappens() {
        for (Exception e : new Exception[] {
            new SoapFaultException(SoapFault.sender("x")),
            new ActionNotSupportedException("urn:a"),
            new XMLStreamException("x"),
            new Exception("x")
        }) {
            assertThat(dispatcher(throwing(e)).dispatch(oneWay(), UNUSED).reply())
                    .isNull();
        }
    }

    @Test
    void aReplyToAOneWayMessageIsAnErrorOfTheHandler() {
        Dispatcher.Outcome outcome =
                dispatcher((m, s) -> Message.empty("urn:b")).dispatch(oneWay(), UNUSED);

        assertThat(outcome.reply()).isNull();
        assertThat(outcome.ends()).isTrue();
        assertThat(outcome.failure()).hasMessageContaining("no MessageID");
    }

    @Test
    void headersThatAreNotUnderstoodAreNamed() throws XMLStreamException {
        Message request = twoWay().withHeader(
                        Header.of(new QName("urn:h", "known"), "").mustBeUnderstood())
                .withHeader(Header.of(new QName("urn:h", "harmless"), ""))
                .withHeader(Header.of(new QName("urn:h", "secret"), "").mustBeUnderstood());

        Dispatcher.Outcome outcome =
                dispatcher((m, s) -> Message.empty("urn:b")).dispatch(request, UNUSED);

        assertFault(outcome, FaultCodes.MUST_UNDERSTAND, FaultCodes.SOAP_FAULT_ACTION, false);
        assertThat(outcome.reply().headers()).singleElement().satisfies(header -> {
            assertThat(header.name()).isEqualTo(new QName(Namespaces.ENVELOPE, "NotUnderstood"));
            assertThat(header.reader().getAttributeValue(null, "qname")).isEqualTo("h:secret");
            assertThat(header.reader().getNamespaceURI("h")).isEqualTo("urn:h");
        });
    }
}
