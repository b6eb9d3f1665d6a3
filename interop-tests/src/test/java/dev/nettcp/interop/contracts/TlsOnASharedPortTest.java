package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.interop.services.TypesService;
import dev.nettcp.interop.services.Worker;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.testkit.TlsPeer;
import dev.nettcp.transport.RemoteSecurity;
import dev.nettcp.transport.tls.TlsCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What TLS needs of a shared port, with the service in a process of its own: it reads a preamble as far as the encoding record, and
 * whatever comes behind that belongs to the worker. On a port of one's own the same is tested in {@code transport}.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsOnASharedPortTest {

    private static final String TLS = upgrade("application/ssl-tls");

    private final List<NetTcpServer> workers = new ArrayList<>();
    private Parties parties;
    private SharedPort shared;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        parties = new Parties(directory);
        shared = SharedPort.open();
    }

    @AfterAll
    void close() {
        workers.forEach(NetTcpServer::close);
        shared.close();
    }

    private NetTcpBinding.Builder binding(Security security) {
        return parties.secure(Worker.binding("types", true), security);
    }

    /** @return the address */
    private String serve(NetTcpBinding.Builder binding, MessageHandler handler) throws IOException {
        String address = shared.address("/tls/" + workers.size());
        workers.add(NetTcpServer.builder(binding.build())
                .controlSocket(shared.controlSocket())
                .endpoint(address, handler)
                .open());
        return address;
    }

    private String serve(Security security) throws IOException {
        return serve(binding(security), Worker.handler("types"));
    }

    private ScriptedPeer connect() {
        return ScriptedPeer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), shared.port()));
    }

    /** Up to the encoding record, which is as far as the service reads. */
    private static String preamble(String via) {
        return "00 01 00 01 02 02 %02x".formatted(via.length()) + hex(via) + "03 08";
    }

    private static String upgrade(String protocol) {
        return "09 %02x".formatted(protocol.length()) + hex(protocol);
    }

    private static String hex(String ascii) {
        return Hex.of(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static String fault(FaultCode fault) {
        return "08 %02x".formatted(fault.uri().length()) + hex(fault.uri());
    }

    private static TlsPeer tls(ScriptedPeer client, String... protocols) {
        return TlsPeer.client(client, TestCertificate.contextWithoutCertificate(), protocols);
    }

    private static Message hello() {
        return TypesService.request("EchoString", "value", out -> out.writeCharacters("hello"));
    }

    private static void says(String address, NetTcpBinding binding) throws Exception {
        try (NetTcpClient client = NetTcpClient.to(address, binding)) {
            assertThat(TypesService.result(client.request(hello())).getElementText())
                    .isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    void case087_sessionsWithTlsAndWithoutSecurityWorkThroughTheSharedPort(Security security) throws Exception {
        String address = serve(security);
        for (int session = 0; session < 3; session++) {
            says(address, binding(security).build());
        }
    }

    @Test
    void case143_aSecuredClientOfAPlainEndpointGetsUpgradeInvalid() throws Exception {
        String address = serve(Security.PLAIN);
        try (ScriptedPeer client = connect()) {
            client.sends(preamble(address), TLS);
            client.expects(fault(FaultCode.UPGRADE_INVALID));
            client.expectsEnd();
        }
        NetTcpClient secured = NetTcpClient.to(address, binding(Security.TLS).build());
        assertThatThrownBy(() -> secured.request(hello()))
                .isInstanceOfSatisfying(
                        NetTcpException.class,
                        e -> assertThat(e.framingFault()).contains(FaultCode.UPGRADE_INVALID.uri()));
        secured.abort();
    }

    @Test
    void case143_aPlainClientOfASecuredEndpointIsEndedWithoutAnAcknowledgement() throws Exception {
        String address = serve(Security.TLS);
        try (ScriptedPeer client = connect()) {
            client.sends(preamble(address), "0c 06 01 aa");
            client.expectsReset();
        }
        NetTcpClient plain = NetTcpClient.to(
                address,
                Worker.binding("types", false).security(SecurityMode.NONE).build());
        assertThatThrownBy(() -> plain.request(hello())).isInstanceOf(NetTcpException.class);
        plain.abort();
        says(address, binding(Security.TLS).build());
    }

    @Test
    void anotherUpgradeThanTheEndpointHasIsRefused() throws Exception {
        String address = serve(Security.TLS);
        try (ScriptedPeer client = connect()) {
            client.sends(preamble(address), upgrade("application/negotiate"));
            client.expects(fault(FaultCode.UPGRADE_INVALID));
            client.expectsEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void eachSessionOfAConnectionHasAHandshakeOfItsOwnAndNoWordOfTlsBehindItsEnd(String version) throws Exception {
        String first = serve(Security.TLS);
        String second = serve(Security.TLS);
        try (ScriptedPeer client = connect()) {
            for (String address : List.of(first, second, first)) { // the workers share the connection, too
                client.sends(preamble(address), TLS);
                client.expects("0a");
                ScriptedPeer secured = tls(client, version).handshake();
                secured.sends("0c");
                secured.expects("0b");
                secured.sends("07");
                secured.expects("07");
            }
        }
    }

    @Test
    void theHelloOfTheClientMayComeTogetherWithThePreamble() throws Exception {
        String address = serve(Security.TLS);
        try (ScriptedPeer client = connect()) {
            ScriptedPeer secured = tls(client)
                    .sendingBefore(preamble(address) + TLS)
                    .expectingBefore("0a")
                    .handshake();
            secured.sends("0c 07");
            secured.expects("0b 07");
        }
    }

    @Test
    void theNextPreambleMayComeTogetherWithTheRecordOfTheLastEnd() throws Exception {
        String address = serve(Security.TLS);
        try (ScriptedPeer client = connect()) {
            client.sends(preamble(address), TLS);
            client.expects("0a");
            TlsPeer tls = tls(client);
            ScriptedPeer secured = tls.handshake();
            secured.sends("0c");
            secured.expects("0b");
            tls.holdsOutput();
            secured.sends("07");
            client.sends(Hex.of(tls.heldOutput()), preamble(address), TLS);
            secured.expects("07");
            client.expects("0a");
            ScriptedPeer again = tls(client).handshake();
            again.sends("0c 07");
            again.expects("0b 07");
        }
    }

    @Test
    void plainRecordsBehindTheRequestAreNoHandshake() throws Exception {
        String address = serve(Security.TLS);
        try (ScriptedPeer client = connect()) {
            client.sends(preamble(address), TLS, "0c 06 01 aa 07");
            client.expects("0a");
            assertThat(client.receivesUntilEndOrReset()).doesNotContain(0x0b);
        }
        says(address, binding(Security.TLS).build());
    }

    @Test
    void aCertificateIsRenewedWithoutARestart() throws Exception {
        AtomicReference<TestCertificate> current = new AtomicReference<>(parties.service());
        String address = serve(
                binding(Security.TLS)
                        .transportSecurity(parties.tls(Security.TLS)
                                .withServiceCertificate(() -> new TlsCertificate(
                                        current.get().key(), current.get().chain()))),
                Worker.handler("types"));
        try (ScriptedPeer client = connect()) {
            for (TestCertificate shown : List.of(parties.service(), parties.renewed())) {
                current.set(shown);
                client.sends(preamble(address), TLS);
                client.expects("0a");
                TlsPeer tls = tls(client);
                ScriptedPeer secured = tls.handshake();
                Certificate seen = tls.socket().getSession().getPeerCertificates()[0];
                assertThat(seen).isEqualTo(shown.certificate());
                secured.sends("0c 07");
                secured.expects("0b 07");
            }
        }
    }

    @Test
    void theHandlerLearnsWhoTheClientIs() throws Exception {
        AtomicReference<Optional<RemoteSecurity>> seen = new AtomicReference<>(Optional.empty());
        MessageHandler types = Worker.handler("types");
        String address = serve(binding(Security.MUTUAL_TLS), (message, session) -> {
            seen.set(session.remoteSecurity());
            return types.handle(message, session);
        });
        says(address, binding(Security.MUTUAL_TLS).build());
        assertThat(seen.get().flatMap(RemoteSecurity::certificate))
                .contains(parties.client().certificate());
    }
}
