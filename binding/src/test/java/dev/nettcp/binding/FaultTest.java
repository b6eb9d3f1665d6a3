package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import dev.nettcp.testkit.Waiting;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private static final ElementName DETAIL = ElementName.of("urn:test", "detail");

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private final MessageHandler service = Operations.of(Map.of(
            "urn:echo", Loopback::echo,
            "urn:fault",
                    (request, session) -> {
                        SoapFault fault = SoapFault.sender("bad number")
                                .withSubcode(new QName("urn:test", "BadNumber"))
                                .withDetail(out -> DETAIL.write(out, "42"));
                        throw new SoapFaultException(fault, "urn:fault/detail");
                    },
            "urn:fail",
                    (request, session) -> {
                        throw new IllegalArgumentException("the inside of the service", new RuntimeException("deeper"));
                    },
            "urn:misread",
                    (request, session) -> {
                        TypedXMLStreamReader in = request.body();
                        return message("urn:number", in.getElementAsInt() + "");
                    },
            "urn:error",
                    (request, session) -> {
                        throw new Error("the end of the world");
                    },
            "urn:misuse",
                    (request, session) -> Message.of("urn:half", out -> {
                        throw new IllegalArgumentException("no such text");
                    }),
            "urn:recursion",
                    (request, session) -> Message.of("urn:half", out -> {
                        throw new StackOverflowError();
                    }),
            "urn:detail",
                    (request, session) -> {
                        throw new SoapFaultException(SoapFault.sender("bad").withDetail(out -> {
                            throw new IllegalArgumentException("no such text");
                        }));
                    },
            "urn:unwritable",
                    (request, session) -> Message.of("urn:half", out -> {
                        ElementName.of("urn:test", "half").start(out);
                        throw new XMLStreamException("no more to say");
                    })));

    private NetTcpServer serve(UnaryOperator<NetTcpServer.Builder> more) throws Exception {
        return loopback.serve(
                Loopback.binding(), b -> more.apply(b.endpoint("net.tcp://localhost:0/service", service)));
    }

    private static SoapFaultException faultOf(NetTcpClient client, Message request) {
        return catchThrowableOfType(SoapFaultException.class, () -> client.request(request));
    }

    private static void assertSessionEnds(MessageSession session) {
        Waiting.until("the session to end", () -> session.ended().isDone());
    }

    @Test
    void aFaultThatIsThrownArrivesWholeAndTheSessionGoesOn() throws Exception {
        NetTcpServer server = serve(b -> b);
        NetTcpClient client = loopback.connect(server);

        SoapFaultException e = faultOf(client, message("urn:fault", ""));

        assertThat(e.action()).isEqualTo("urn:fault/detail");
        assertThat(e.layer()).isEqualTo(NetTcpException.Layer.SOAP);
        assertThat(e.fault().code()).isEqualTo(FaultCodes.SENDER);
        assertThat(e.fault().subcodes()).containsExactly(new QName("urn:test", "BadNumber"));
        assertThat(e.fault().reason()).isEqualTo("bad number");
        assertThat(e.fault().detail().orElseThrow().reader().getElementText()).isEqualTo("42");
        assertThat(e).hasMessage("Sender/BadNumber: bad number");
        assertEchoes(client, "still here");
        assertThat(server.sessions()).hasSize(1);
    }

    @Test
    void anExceptionOfTheHandlerIsAnInternalServiceFaultAndEndsTheSession() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));
        MessageSession session = client.open();

        SoapFaultException e = faultOf(client, message("urn:fail", ""));

        assertThat(e.fault().code()).isEqualTo(FaultCodes.RECEIVER);
        assertThat(e.fault().is(FaultCodes.INTERNAL_SERVICE_FAULT)).isTrue();
        assertThat(e.action()).isEqualTo(FaultCodes.DISPATCHER_FAULT_ACTION);
        assertThat(e.fault().detail()).isEmpty();
        assertThat(e.getMessage()).doesNotContain("inside");
        assertSessionEnds(session);
        assertEchoes(client, "in another session");
    }

    @Test
    void withExceptionDetailTheFaultTellsTheException() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b.includeExceptionDetailInFaults(true)));

        SoapFaultException e = faultOf(client, message("urn:fail", ""));

        assertThat(e.fault().reason()).isEqualTo("the inside of the service");
        TypedXMLStreamReader in = e.fault().detail().orElseThrow().reader();
        assertThat(in.getLocalName()).isEqualTo("ExceptionDetail");
        assertThat(in.getNamespaceURI()).isEqualTo("http://schemas.datacontract.org/2004/07/System.ServiceModel");
        in.nextTag();
        assertThat(in.getLocalName()).isEqualTo("HelpLink");
        in.nextTag();
        in.nextTag();
        assertThat(in.getLocalName()).isEqualTo("InnerException");
    }

    @Test
    void aBodyThatIsNotWhatIsExpectedIsADeserializationFault() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));
        MessageSession session = client.open();

        SoapFaultException e = faultOf(client, message("urn:misread", "no number"));

        assertThat(e.fault().code()).isEqualTo(FaultCodes.SENDER);
        assertThat(e.fault().is(FaultCodes.DESERIALIZATION_FAILED)).isTrue();
        assertThat(e.action()).isEqualTo(FaultCodes.DISPATCHER_FAULT_ACTION);
        assertSessionEnds(session);
    }

    @Test
    void anEmptyBodyWhereOneIsExpectedIsADeserializationFault() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));

        SoapFaultException e = faultOf(client, Message.empty("urn:misread"));

        assertThat(e.fault().code()).isEqualTo(FaultCodes.SENDER);
        assertThat(e.fault().is(FaultCodes.DESERIALIZATION_FAILED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:error", "urn:unwritable", "urn:misuse", "urn:recursion", "urn:detail"})
    void whateverAHandlerOrTheWriterOfItsReplyThrowsIsAnInternalServiceFaultAndEndsTheSession(String action)
            throws Exception {
        NetTcpServer server = serve(b -> b);
        NetTcpClient client = loopback.connect(server);
        MessageSession session = client.open();

        SoapFaultException e = faultOf(client, message(action, ""));

        assertThat(e.fault().is(FaultCodes.INTERNAL_SERVICE_FAULT)).isTrue();
        assertSessionEnds(session);
        assertThat(session.ended()).isNotCompletedExceptionally();
        assertEchoes(client, "in another session");
        Waiting.until("the first session to be gone", () -> server.sessions().size() == 1);
    }

    @Test
    void aRequestThatCannotBeWrittenIsNotSent() throws Exception {
        NetTcpServer server = serve(b -> b);
        NetTcpClient client = loopback.connect(server);
        Message broken = Message.of("urn:echo", out -> {
            throw new XMLStreamException("nothing to say");
        });

        assertThatThrownBy(() -> client.request(broken))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(NetTcpException.Layer.ENCODING))
                .hasMessageContaining("nothing to say");
        assertEchoes(client, "still here");
        assertThat(server.sessions()).hasSize(1);
    }

    @Test
    void anUnknownActionOfAFirstMessageIsRefusedByTheContract() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));
        MessageSession session = client.open();

        SoapFaultException e = faultOf(client, message("urn:unknown", ""));

        assertThat(e.fault().is(FaultCodes.ACTION_NOT_SUPPORTED)).isTrue();
        assertThat(e.action()).isEqualTo(FaultCodes.ADDRESSING_FAULT_ACTION);
        assertSessionEnds(session);
    }

    @Test
    void anUnknownActionOfALaterMessageIsRefusedByTheDispatcher() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));
        MessageSession session = client.open();
        assertEchoes(client, "first");

        SoapFaultException e = faultOf(client, message("urn:unknown", ""));

        assertThat(e.fault().is(FaultCodes.ACTION_NOT_SUPPORTED)).isTrue();
        assertThat(e.action()).isEqualTo(FaultCodes.SOAP_FAULT_ACTION);
        assertSessionEnds(session);
    }

    @Test
    void operationsMayTakeEveryOtherActionToo() throws Exception {
        MessageHandler operations = Operations.of(Map.of("urn:a", (request, session) -> Message.empty("urn:b")))
                .otherwise(Loopback::echo);
        NetTcpClient client = loopback.connect(loopback.serve(operations));

        assertThat(client.request(Message.empty("urn:a")).action()).isEqualTo("urn:b");
        assertEchoes(client, "anything");
    }

    @Test
    void aFirstMessageForAnotherEndpointIsUnreachable() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));
        MessageSession session = client.open();

        SoapFaultException e =
                faultOf(client, message("urn:echo", "").withAddressing(addressed("net.tcp://localhost:9/elsewhere")));

        assertThat(e.fault().is(FaultCodes.DESTINATION_UNREACHABLE)).isTrue();
        assertThat(e.action()).isEqualTo(FaultCodes.SOAP_FAULT_ACTION);
        assertThat(e.getMessage()).contains("net.tcp://localhost:9/elsewhere");
        assertSessionEnds(session);
    }

    @Test
    void theAddressOfALaterMessageIsNotLookedAt() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));
        assertEchoes(client, "first");

        Message reply = client.request(
                message("urn:echo", "second").withAddressing(addressed("net.tcp://localhost:9/elsewhere")));

        assertThat(textOf(reply)).isEqualTo("second");
    }

    private static Addressing addressed(String to) {
        return new Addressing("urn:echo", null, null, null, to);
    }

    @Test
    void aHeaderThatMustBeUnderstoodAndIsNotIsRefusedAndTheSessionGoesOn() throws Exception {
        Header header = Header.of(new QName("urn:h", "secret"), "x").mustBeUnderstood();
        NetTcpClient client = loopback.connect(serve(b -> b));

        SoapFaultException e = faultOf(client, message("urn:echo", "").withHeader(header));

        assertThat(e.fault().code()).isEqualTo(FaultCodes.MUST_UNDERSTAND);
        assertThat(e.getMessage()).contains("secret").contains("urn:h");
        assertEchoes(client, "still here");
    }

    @Test
    void aHeaderThatIsUnderstoodIsNotRefused() throws Exception {
        QName name = new QName("urn:h", "secret");
        NetTcpClient client = loopback.connect(serve(b -> b.understands(name)));

        Message request =
                message("urn:echo", "x").withHeader(Header.of(name, "x").mustBeUnderstood());

        assertThat(textOf(client.request(request))).isEqualTo("x");
    }

    @Test
    void aReplyWithAHeaderThatIsNotUnderstoodIsAnError() throws Exception {
        Header header = Header.of(new QName("urn:h", "secret"), "x").mustBeUnderstood();
        NetTcpClient client = loopback.connect(
                loopback.serve((request, session) -> Message.empty("urn:r").withHeader(header)));

        assertThatThrownBy(() -> client.request(message("urn:a", "")))
                .isInstanceOf(NetTcpException.class)
                .hasMessageContaining("secret");
    }

    @Test
    void aOneWayMessageIsNeverAnswered() throws Exception {
        NetTcpServer server = serve(b -> b);
        NetTcpClient client = loopback.connect(
                NetTcpClient.builder(server.address(), Loopback.binding()).onMessage(FaultTest::unexpected));

        client.send(message("urn:fault", ""));
        client.send(message("urn:fault", ""));
        assertEchoes(client, "no answer but this");
    }

    private static @Nullable Message unexpected(Message message, MessageSession session) {
        throw new AssertionError("the server answered a one-way message with " + message);
    }

    @Test
    void aFailedOneWayMessageEndsTheSessionWithoutAWord() throws Exception {
        NetTcpClient client = loopback.connect(serve(b -> b));
        MessageSession session = client.open();

        client.send(message("urn:fail", ""));

        assertSessionEnds(session);
        assertThat(session.ended()).isNotCompletedExceptionally();
    }
}
