package dev.nettcp.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.examples.Calculator;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.transport.tls.TlsCertificate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ping} and {@code call} against real services. */
class RemoteCommandsTest {

    private static final String ADD = "http://Microsoft.Samples.PortSharing/ICalculator/Add";

    @TempDir
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    // ---- ping

    @Test
    void aServiceThatAnswersIsToldWithItsStepsAndWhoItIs() throws IOException {
        String address = calculator(binding().build());
        assertThat(nettcp("ping", address)).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo(address),
                        line -> assertThat(line).matches("  connect  +\\d+\\.\\d\\d ms  ok 127\\.0\\.0\\.1:\\d+"),
                        line -> assertThat(line).matches("  introduce the session +[\\d.]+ ms  ok acknowledged"),
                        line -> assertThat(line)
                                .matches("  close the session +[\\d.]+ ms  ok both sides have ended it"),
                        line -> assertThat(line).matches("Answered by 127\\.0\\.0\\.1:\\d+ in [\\d.]+ ms\\."));
        assertThat(err).asString().isEmpty();
    }

    @Test
    void anAddressWithoutServiceIsNamedWithItsFaultAndTheRemedy() throws IOException {
        String address = calculator(binding().build());
        assertThat(nettcp("ping", address + "/../nobody")).isEqualTo(1);
        assertThat(err)
                .asString()
                .contains("the fault EndpointNotFound: ", "nothing listens at this address", "nettcp routes");
    }

    @Test
    void aClosedPortIsNamedWithTheRemedy() {
        int port = FreePort.next();
        assertThat(nettcp("ping", "net.tcp://127.0.0.1:%d/x".formatted(port))).isEqualTo(1);
        assertThat(out).asString().contains("Connection refused");
        assertThat(err)
                .asString()
                .startsWith("nettcp ping: port %d of 127.0.0.1 is closed".formatted(port))
                .contains("ss -ltn");
    }

    @Test
    void aServiceThatDemandsTlsIsFoundOutWithoutIt() throws IOException {
        String address = secured();
        assertThat(nettcp("ping", "--json", address)).isEqualTo(1);
        assertThat(out)
                .asString()
                .contains("\"reason\": \"security-needed\"", "\"failedIn\": \"acknowledge\"", "Ask with --tls.");
    }

    @Test
    void aSecuredServiceTellsItsCertificateAndAnUntrustedOneIsRefused() throws IOException {
        String address = secured();
        assertThat(nettcp("ping", "--ca", directory.resolve("ca.pem").toString(), address))
                .isZero();
        assertThat(out).asString().contains("  secured by TLSv1.", "certificate of CN=127.0.0.1, by CN=Test CA");
        assertThat(nettcp("ping", "--insecure", address)).isZero();
        assertThat(nettcp("ping", "--tls", address)).isEqualTo(1);
        assertThat(err).asString().contains("is not accepted here", "--ca");
    }

    @Test
    void tlsThatIsNotOfferedIsNamed() throws IOException {
        assertThat(nettcp("ping", "--tls", "--json", calculator(binding().build())))
                .isEqualTo(1);
        assertThat(out)
                .asString()
                .contains("\"reason\": \"security-not-offered\"", "\"failedIn\": \"agree\"", "faults/UpgradeInvalid");
    }

    @Test
    void anotherTransferModeIsNamedAndCanBeAskedFor() throws IOException {
        String address =
                calculator(binding().transferMode(TransferMode.STREAMED).build());
        assertThat(nettcp("ping", address)).isEqualTo(1);
        assertThat(err).asString().contains("UnsupportedMode", "--streamed");
        assertThat(nettcp("ping", "--streamed", address)).isZero();
    }

    @Test
    void aServerOfAnotherProtocolIsQuoted() throws IOException {
        int port = answering("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(nettcp("ping", "net.tcp://127.0.0.1:%d/x".formatted(port))).isEqualTo(1);
        assertThat(err)
                .asString()
                .contains("does not speak net.tcp: it says \"HTTP/1.1 400 Bad Request\"", "That is HTTP.");
    }

    @Test
    void aServerThatSaysNothingIsToldSo() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "net.tcp://127.0.0.1:%d/x".formatted(mute.getLocalPort());
            assertThat(nettcp("ping", "--timeout", "200ms", address)).isEqualTo(1);
        }
        assertThat(err).asString().contains("no answer within 200 ms, ", "--timeout");
    }

    @Test
    void whatIsNoAddressOrNoTimeIsWrongUse() {
        assertThat(nettcp("ping", "localhost")).isEqualTo(2);
        assertThat(nettcp("ping", "http://localhost/x")).isEqualTo(2);
        assertThat(nettcp("ping", "--timeout", "soon", "net.tcp://localhost/x")).isEqualTo(2);
        assertThat(err).asString().contains("the scheme is http, not net.tcp", "'soon' is no time");
    }

    // ---- call

    @Test
    void aCallTakesXmlAndGivesXml() throws IOException {
        String address = calculator(binding().build());
        assertThat(nettcp("call", "--action", ADD, "--body", add(), address)).isZero();
        assertThat(out).asString().isEqualTo("""
                        <AddResponse xmlns="http://Microsoft.Samples.PortSharing">
                          <AddResult>5</AddResult>
                        </AddResponse>
                        """);
        assertThat(err).asString().isEmpty();
    }

    @Test
    void aCallGoesThroughTlsAndInAStreamedModeToo() throws IOException {
        assertThat(nettcp("call", "--insecure", "--action", ADD, "--body", add(), secured()))
                .isZero();
        String streamed =
                calculator(binding().transferMode(TransferMode.STREAMED).build());
        assertThat(nettcp("call", "--streamed", "--action", ADD, "--body", add(), streamed))
                .isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("<AddResult>5<")))
                .hasSize(2);
    }

    @Test
    void headersAreSentAsWritten() throws IOException {
        List<String> seen = new ArrayList<>();
        String address = serve(binding().build(), (message, session) -> {
            message.headers().forEach(header -> {
                try {
                    seen.add(header.name() + "=" + header.text());
                } catch (XMLStreamException e) {
                    throw new IllegalStateException(e);
                }
            });
            return Message.empty("urn:done");
        });
        assertThat(nettcp(
                        "call",
                        "--action",
                        "urn:do",
                        "--header",
                        "{urn:t}Tenant=7",
                        "--header",
                        "<k:Key xmlns:k='urn:k' kind='a'>b</k:Key>",
                        address))
                .isZero();
        assertThat(seen).containsExactly("{urn:t}Tenant=7", "{urn:k}Key=b");
        assertThat(err).asString().isEqualTo("The reply has an empty body.\n");
    }

    @Test
    void aFaultIsToldInWordsWithItsDetail() throws IOException {
        String address = serve(binding().build(), (message, session) -> {
            throw new SoapFaultException(
                    SoapFault.sender("the order 7 is unknown").withDetail(detail -> {
                        detail.writeStartElement("", "Order", "urn:orders");
                        detail.writeCharacters("7");
                        detail.writeEndElement();
                    }));
        });
        assertThat(nettcp("call", "--action", "urn:do", address)).isEqualTo(1);
        assertThat(err).asString().startsWith("""
                        nettcp call: the service answered with a fault: the order 7 is unknown
                          code: Sender (the request is to blame)
                        """).endsWith("<Order xmlns=\"urn:orders\">7</Order>\n");
        assertThat(out).asString().isEmpty();
    }

    @Test
    void whoCannotBeCalledMayBePinged() {
        String address = "net.tcp://127.0.0.1:%d/x".formatted(FreePort.next());
        assertThat(nettcp("call", "--action", "urn:do", address)).isEqualTo(1);
        assertThat(err).asString().contains("Connection refused", "'nettcp ping " + address + "' looks closer.");
    }

    @Test
    void aBodyThatIsNoXmlOrAWholeEnvelopeIsRefused() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.xml"), "<a>\n<b></a>");
        assertThat(nettcp("call", "--action", "urn:do", "--body", broken.toString(), "net.tcp://localhost:1/"))
                .isEqualTo(1);
        Path envelope = Files.writeString(
                directory.resolve("envelope.xml"), "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'/>");
        assertThat(nettcp("call", "--action", "urn:do", "--body", envelope.toString(), "net.tcp://localhost:1/"))
                .isEqualTo(1);
        assertThat(err)
                .asString()
                .contains(
                        "broken.xml is no XML: line 2",
                        "envelope.xml is a SOAP Envelope; give what is inside its Body");
    }

    @Test
    void manyCallsAreATableOrAnObject() throws IOException {
        String address = calculator(binding().build());
        assertThat(nettcp("call", "--action", ADD, "--body", add(), "--repeat", "200", "--concurrency", "4", address))
                .isZero();
        assertThat(out).asString().contains("200 calls by 4 callers in ", "; 0 failed\n", "P99.9");
        assertThat(nettcp("call", "--action", ADD, "--body", add(), "--repeat", "10", "--json", address))
                .isZero();
        assertThat(out).asString().contains("{\"calls\": 10, \"failed\": 0, \"callers\": 1, ", "\"givenUp\": false}");
    }

    @Test
    void nothingButFailuresIsGivenUpEarlyAndCounted() {
        String address = "net.tcp://127.0.0.1:%d/x".formatted(FreePort.next());
        assertThat(nettcp("call", "--action", "urn:do", "--repeat", "100000", address))
                .isEqualTo(1);
        assertThat(out)
                .asString()
                .contains("100 calls by 1 caller", "; 100 failed", "100 times: ", "Given up: nothing but failures.");
    }

    @Test
    void numbersOutOfRangeAreWrongUse() {
        String address = "net.tcp://localhost:1/x";
        assertThat(nettcp("call", address)).isEqualTo(2);
        assertThat(nettcp("call", "--action", "a", "--repeat", "-1", address)).isEqualTo(2);
        assertThat(nettcp("call", "--action", "a", "--repeat", "5", "--concurrency", "1001", address))
                .isEqualTo(2);
        assertThat(nettcp("call", "--action", "a", "--concurrency", "2", address))
                .isEqualTo(2);
        assertThat(err).asString().contains("--action=URI", "--repeat: 1 to", "--concurrency: 1 to 1000");
    }

    // ---- what they talk to

    private static NetTcpBinding.Builder binding() {
        return NetTcpBinding.builder().security(SecurityMode.NONE);
    }

    private String calculator(NetTcpBinding binding) throws IOException {
        return serve(binding, Calculator.service());
    }

    private String serve(NetTcpBinding binding, MessageHandler handler) throws IOException {
        NetTcpServer server = NetTcpServer.open("net.tcp://127.0.0.1:0/calculator", binding, handler);
        open.add(server);
        return server.address();
    }

    private String secured() throws IOException {
        TestAuthority authority = TestAuthority.create("Test CA");
        TestCertificate made = authority.issue(Wish.forServer("127.0.0.1"));
        try {
            Files.writeString(
                    directory.resolve("ca.pem"),
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(authority.root().getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
        return calculator(NetTcpBinding.builder()
                .security(SecurityMode.TRANSPORT)
                .transportSecurity(TransportSecurity.tls(ClientCredentialType.NONE)
                        .withServiceCertificate(new TlsCertificate(made.key(), made.chain())))
                .build());
    }

    /** Says the same to everybody who has said something, and ends the connection. */
    private int answering(String words) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ConcurrentLinkedQueue<Socket> accepted = new ConcurrentLinkedQueue<>();
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    accepted.add(socket);
                    if (socket.getInputStream().read() >= 0) {
                        socket.getOutputStream().write(words.getBytes(US_ASCII));
                        socket.shutdownOutput();
                    }
                } catch (IOException e) {
                    // that client has gone, or the test is over
                }
            }
        });
        thread.start();
        open.add(() -> {
            server.close();
            thread.join();
            for (Socket socket : accepted) {
                socket.close();
            }
        });
        return server.getLocalPort();
    }

    private String add() throws IOException {
        return Files.writeString(
                        directory.resolve("add.xml"),
                        "<Add xmlns=\"http://Microsoft.Samples.PortSharing\">\n  <n1>2</n1><n2>3</n2>\n</Add>\n")
                .toString();
    }

    private int nettcp(String... arguments) {
        var command = Nettcp.commandLine(Map.of());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> patient = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("ping") && !patient.contains("--timeout")) {
            patient.addAll(1, List.of("--timeout", "60s"));
        }
        return command.execute(patient.toArray(String[]::new));
    }
}
