package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.ReaderQuotas;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.DotNetServer;
import dev.nettcp.interop.services.StreamingService;
import dev.nettcp.interop.services.StreamingService.Pattern;
import dev.nettcp.interop.services.XmlText;
import dev.nettcp.soap.BinaryContent;
import dev.nettcp.soap.Message;
import java.util.List;
import java.util.stream.Stream;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Our client in the streamed transfer modes against Microsoft's encoders and serializers. */
@Timeout(180)
class OurStreamsWithTheDotNetServerTest {

    private static final List<Integer> SIZES = List.of(0, 1000, 20_000, 1 << 20, 16 << 20);

    private static DotNetServer server;

    @BeforeEach
    void startOnce() {
        if (server == null) {
            server = DotNetServer.start();
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private static NetTcpClient client(TransferMode mode, String endpoint) {
        NetTcpBinding binding = NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .transferMode(mode)
                .maxReceivedMessageSize(1L << 30)
                .readerQuotas(new ReaderQuotas().maxStringContentLength(4 << 20))
                .build();
        return NetTcpClient.to(server.address() + endpoint, binding);
    }

    private static Stream<TransferMode> streamedModes() {
        return Stream.of(TransferMode.values()).filter(mode -> mode != TransferMode.BUFFERED);
    }

    private static DynamicTest scenario(String name, Scenario scenario) {
        return dynamicTest(name, () -> {
            scenario.run();
            Counterpart.DOTNET_SERVER.ran(name + " (our client)");
        });
    }

    @FunctionalInterface
    private interface Scenario {
        void run() throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> theContractOfStreams() {
        return streamedModes()
                .flatMap(mode -> SIZES.stream()
                        .flatMap(size -> Stream.of(
                                scenario("streamed-download-" + size + ", " + mode, () -> download(mode, size)),
                                scenario("streamed-upload-" + size + ", " + mode, () -> upload(mode, size)))));
    }

    private static void download(TransferMode mode, long size) throws Exception {
        try (NetTcpClient client = client(mode, "/streaming");
                Message reply =
                        client.request(StreamingService.request("Download", "length", out -> out.writeLong(size)))) {
            assertThat(StreamingService.sha1(StreamingService.stream(reply)))
                    .isEqualTo(StreamingService.sha1(new Pattern(size)));
        }
    }

    private static void upload(TransferMode mode, long size) throws Exception {
        try (NetTcpClient client = client(mode, "/streaming")) {
            Message reply = client.request(StreamingService.upload("f.bin", new Pattern(size)));
            TypedXMLStreamReader result = StreamingService.argument(reply);
            assertThat(result.getElementText()).isEqualTo("f.bin");
            result.nextTag();
            String length = result.getElementText();
            result.nextTag();
            assertThat(length + " " + result.getElementText()).isEqualTo(StreamingService.sha1(new Pattern(size)));
        }
    }

    @TestFactory
    Stream<DynamicTest> echoesAndFaults() {
        return streamedModes()
                .flatMap(mode -> Stream.of(
                        scenario("streamed-echo-1048576, " + mode, () -> echo(mode, 1 << 20)),
                        scenario("streamed-two-calls, " + mode, () -> twoCalls(mode)),
                        scenario("streamed-declared-fault, " + mode, () -> fault(mode))));
    }

    private static void echo(TransferMode mode, long size) throws Exception {
        try (NetTcpClient client = client(mode, "/streaming");
                Message reply = client.request(StreamingService.request(
                        "EchoStream", "content", out -> BinaryContent.write(new Pattern(size), out)))) {
            assertThat(StreamingService.sha1(StreamingService.stream(reply)))
                    .isEqualTo(StreamingService.sha1(new Pattern(size)));
        }
    }

    private static void twoCalls(TransferMode mode) throws Exception {
        try (NetTcpClient client = client(mode, "/streaming")) {
            for (String text : List.of("a", "b")) {
                Message reply = client.request(
                        StreamingService.request("EchoString", "value", out -> out.writeCharacters(text)));
                assertThat(StreamingService.argument(reply).getElementText()).isEqualTo(text);
            }
        }
    }

    private static void fault(TransferMode mode) throws Exception {
        try (NetTcpClient client = client(mode, "/streaming")) {
            assertThatThrownBy(() -> client.request(StreamingService.divide(1, 0)))
                    .isInstanceOfSatisfying(SoapFaultException.class, fault -> {
                        assertThat(fault.action()).endsWith("DivideValidationFault");
                        assertThat(fault.fault().detail()).isPresent();
                    });
            Message reply = client.request(StreamingService.divide(12, 4));
            assertThat(StreamingService.argument(reply).getElementAsInt()).isEqualTo(3);
        }
    }

    @TestFactory
    Stream<DynamicTest> messagesWithoutAContract() {
        return streamedModes()
                .map(mode -> scenario("raw streamed, " + mode, () -> {
                    try (NetTcpClient client = client(mode, "/raw-streamed")) {
                        for (String xml : List.of("<a>hello</a>", "<a/>", "<a x='1'>one <b>two</b></a>")) {
                            Message reply = client.request(Message.of("urn:echo", XmlText.body(xml)));
                            assertThat(XmlText.canonical(reply.body())).isEqualTo(XmlText.canonical(xml));
                        }
                        client.send(Message.of("urn:note", XmlText.body("<note/>")));
                    }
                }));
    }

    @Test
    void modesThatDoNotFitAreRefused() throws Exception {
        try (NetTcpClient client = client(TransferMode.STREAMED, "/raw")) {
            assertRefused(client);
        }
        try (NetTcpClient client = client(TransferMode.BUFFERED, "/raw-streamed")) {
            assertRefused(client);
        }
    }

    private static void assertRefused(NetTcpClient client) {
        assertThatThrownBy(() -> client.request(Message.empty("urn:echo")))
                .isInstanceOfSatisfying(
                        NetTcpException.class,
                        e -> assertThat(e.framingFault()).contains(FaultCode.UNSUPPORTED_MODE.uri()));
    }
}
