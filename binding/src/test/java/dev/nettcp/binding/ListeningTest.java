package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.connection.AddressInUseException;
import dev.nettcp.connection.ListenException;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.Waiting;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private static MessageHandler named(String name) {
        return (request, session) -> message("urn:name", name);
    }

    private String ask(String address) throws Exception {
        NetTcpClient client = loopback.connect(NetTcpClient.builder(address, Loopback.binding()));
        return textOf(client.request(Message.empty("urn:who")));
    }

    @Test
    void severalEndpointsShareAPort() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.endpoint("net.tcp://localhost:0/calc", named("calc"))
                        .endpoint("net.tcp://localhost:0/calc/deep", named("deep"))
                        .endpoint("net.tcp://localhost:0/", named("root")));
        String root = server.addresses().get(2);

        assertThat(ask(root + "calc")).isEqualTo("calc");
        assertThat(ask(root + "CALC/")).isEqualTo("calc");
        assertThat(ask(root + "calc/deep")).isEqualTo("deep");
        assertThat(ask(root)).isEqualTo("root");
        assertThatThrownBy(() -> ask(root + "calc/elsewhere"))
                .isInstanceOf(SoapFaultException.class)
                .hasMessageContaining("DestinationUnreachable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.tcp://localhost:0/A/", "net.tcp://127.0.0.1:0/a"})
    void twoEndpointsThatCannotBeToldApartAreRefused(String second) {
        assertThatThrownBy(() -> loopback.serve(
                        Loopback.binding(),
                        b -> b.endpoint("net.tcp://localhost:0/a", named("one")).endpoint(second, named("two"))))
                .isInstanceOf(AddressInUseException.class)
                .hasMessageContaining("is taken by net.tcp://localhost:")
                .hasMessageContaining("another endpoint of this server. Give one of them another path");
    }

    @Test
    void severalPortsBelongToOneServer() throws Exception {
        int one = FreePort.next();
        int two = FreePort.next();
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.endpoint("net.tcp://localhost:" + one + "/a", named("one"))
                        .endpoint("net.tcp://localhost:" + two + "/a", named("two")));

        assertThat(server.addresses())
                .containsExactly("net.tcp://localhost:" + one + "/a", "net.tcp://localhost:" + two + "/a");
        assertThat(ask(server.addresses().get(0))).isEqualTo("one");
        assertThat(ask(server.addresses().get(1))).isEqualTo("two");
    }

    @Test
    void anUnknownPathIsNoEndpoint() throws Exception {
        NetTcpServer server = loopback.serve(Loopback::echo);

        assertThatThrownBy(() -> ask(server.address().replace("/service", "/nowhere")))
                .isInstanceOfSatisfying(NetTcpException.class, e -> {
                    assertThat(e.layer()).isEqualTo(NetTcpException.Layer.FRAMING);
                    assertThat(e.framingFault()).contains(FaultCode.ENDPOINT_NOT_FOUND.uri());
                });
    }

    @Test
    void nobodyListens() {
        int port = FreePort.next();

        assertThatThrownBy(() -> ask("net.tcp://localhost:" + port + "/x"))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(NetTcpException.Layer.CONNECT))
                .hasMessageContaining("localhost:" + port);
    }

    @Test
    void theAddressIsTaken() throws Exception {
        NetTcpServer first = loopback.serve(Loopback::echo);

        assertThatThrownBy(() -> NetTcpServer.open(first.address(), Loopback.binding(), Loopback::echo))
                .isInstanceOf(AddressInUseException.class)
                .hasMessageContaining("this process has port")
                .hasMessageContaining(first.address());
        assertEchoes(loopback.connect(first), "unharmed");
    }

    @Test
    void case012_aShortOpenTimeoutDoesNotHideThatTheAddressIsTaken() throws Exception {
        try (ServerSocket holder = new ServerSocket(0)) {
            NetTcpBinding hasty =
                    Loopback.builder().openTimeout(Duration.ofMillis(200)).build();

            assertThatThrownBy(() -> NetTcpServer.open(
                            "net.tcp://localhost:" + holder.getLocalPort() + "/x", hasty, Loopback::echo))
                    .isInstanceOf(AddressInUseException.class)
                    .hasMessageContaining("another program has port " + holder.getLocalPort());
        }
    }

    @Test
    void sharingAPortNeedsAnArtifactThatTheMessageNames() {
        NetTcpBinding sharing = Loopback.builder().portSharingEnabled(true).build();

        assertThatThrownBy(() -> NetTcpServer.open("net.tcp://localhost:9000/x", sharing, Loopback::echo))
                .isInstanceOfSatisfying(
                        ListenException.class,
                        e -> assertThat(e.reason()).isEqualTo(ListenException.Reason.SHARING_NOT_INSTALLED))
                .hasMessageContaining("dev.nettcp:nettcp-sharing-worker")
                .hasMessageContaining("portSharingEnabled");
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        for (String address : new String[] {"http://localhost/x", "net.tcp://localhost/x?query", "net.tcp://"}) {
            assertThatThrownBy(() -> NetTcpServer.builder(Loopback.binding()).endpoint(address, Loopback::echo))
                    .isInstanceOf(InvalidBindingException.class);
        }
        assertThatThrownBy(() -> NetTcpClient.to("http://localhost/x", Loopback.binding()))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("http://localhost/x");
    }

    @Test
    void oneAddressHasOneHandler() {
        NetTcpServer.Builder builder = NetTcpServer.builder(Loopback.binding())
                .endpoint("net.tcp://localhost/x", Loopback::echo)
                .endpoint("NET.TCP://localhost:808/x", Loopback::echo);

        assertThatThrownBy(builder::open)
                .isInstanceOf(AddressInUseException.class)
                .hasMessageContaining("net.tcp://localhost/x (StrongWildcard) is taken by net.tcp://localhost/x");
        assertThatThrownBy(() -> NetTcpServer.builder(Loopback.binding()).open())
                .hasMessageContaining("at least one endpoint");
    }

    @Test
    void theViaMayDifferFromTheAddress() throws Exception {
        NetTcpServer server = loopback.serve(Loopback::echo);
        int port = URI.create(server.address()).getPort();
        NetTcpClient client = loopback.connect(
                NetTcpClient.builder("net.tcp://elsewhere.example.org:" + port + "/service", Loopback.binding())
                        .via(server.address()));

        assertEchoes(client, "through a router");
    }

    @Test
    void manyClientsCallAtOnce() throws Exception {
        NetTcpServer server = loopback.serve(Loopback::echo);
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            replies.add(loopback.connect(server).requestAsync(message("urn:echo", "n" + i)));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(textOf(Waiting.result("reply " + i, replies.get(i)))).isEqualTo("n" + i);
        }
        assertThat(server.sessions()).hasSize(50);
    }

    @Test
    void aServerOpensWhereAnotherOneWasClosed() throws Exception {
        NetTcpServer first = loopback.serve(
                Loopback.binding(),
                b -> b.endpoint("net.tcp://localhost:" + FreePort.next() + "/service", Loopback::echo));
        NetTcpClient client = loopback.connect(first);
        assertEchoes(client, "one");
        first.close();

        loopback.serve(Loopback.binding(), b -> b.endpoint(first.address(), Loopback::echo));

        assertEchoes(client, "two");
    }
}
