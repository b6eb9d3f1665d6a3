package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.FreePort;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints below a base address, on ports of one's own. */
class BaseAddressesTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private static MessageHandler named(String name) {
        return (request, session) -> message("urn:name", name);
    }

    private String ask(NetTcpClient.Builder client) throws Exception {
        return textOf(loopback.connect(client).request(Message.empty("urn:who")));
    }

    private String ask(String address) throws Exception {
        return ask(NetTcpClient.builder(address, Loopback.binding()));
    }

    @Test
    void relativeAddressesLieBelowTheBaseAddressOnOneSocket() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.endpoint("x", named("x"))
                        .baseAddress("net.tcp://localhost:0/base")
                        .endpoint("/y/deep", named("y"))
                        .endpoint("", named("base")));
        int port = URI.create(server.address()).getPort();
        String base = "net.tcp://localhost:" + port + "/base";

        assertThat(port).isPositive();
        assertThat(server.addresses()).containsExactly(base + "/x", base + "/y/deep", base);
        assertThat(server.listenUris()).isEqualTo(server.addresses());
        assertThat(ask(base + "/x")).isEqualTo("x");
        assertThat(ask(base + "/y/deep")).isEqualTo("y");
        assertThat(ask(base)).isEqualTo("base");
    }

    @Test
    void eachEndpointHasItsOwnBinding() throws Exception {
        NetTcpBinding streamed =
                Loopback.builder().transferMode(TransferMode.STREAMED).build();
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.baseAddress("net.tcp://localhost:0/")
                        .endpoint("buffered", Loopback::echo)
                        .endpoint("streamed", streamed, Loopback::echo));

        List<String> addresses = server.addresses();
        assertEchoes(loopback.connect(NetTcpClient.builder(addresses.get(0), Loopback.binding())), "one");
        assertEchoes(loopback.connect(NetTcpClient.builder(addresses.get(1), streamed)), "two");
        assertThatThrownBy(() -> ask(addresses.get(1)))
                .isInstanceOfSatisfying(
                        NetTcpException.class,
                        e -> assertThat(e.framingFault()).contains(FaultCode.UNSUPPORTED_MODE.uri()));
    }

    @Test
    void aServerWithoutABindingHasEndpointsThatHaveOne() throws Exception {
        NetTcpServer.Builder builder =
                NetTcpServer.builder().endpoint("net.tcp://localhost:0/x", Loopback.binding(), named("x"));
        try (NetTcpServer server = builder.open()) {
            assertThat(ask(server.address())).isEqualTo("x");
        }

        assertThatThrownBy(() ->
                        builder.endpoint("net.tcp://localhost:0/y", named("y")).open())
                .hasMessageStartingWith("binding: missing for net.tcp://localhost:0/y");
    }

    @Test
    void case024_aUniqueEndpointHasAPortOfItsOwn() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.baseAddress("net.tcp://localhost:0/base")
                        .endpoint("x", named("x"))
                        .endpoint(ServiceEndpoint.of("y", named("y")).withListenUriMode(ListenUriMode.UNIQUE)));
        URI x = URI.create(server.addresses().get(0));
        URI y = URI.create(server.addresses().get(1));

        assertThat(y.getPath()).isEqualTo("/base/y");
        assertThat(y.getPort()).isPositive().isNotEqualTo(x.getPort());
        assertThat(ask(x.toString())).isEqualTo("x");
        assertThat(ask(y.toString())).isEqualTo("y");
        assertThatThrownBy(() -> ask("net.tcp://localhost:" + x.getPort() + "/base/y"))
                .isInstanceOfSatisfying(
                        NetTcpException.class,
                        e -> assertThat(e.framingFault()).contains(FaultCode.ENDPOINT_NOT_FOUND.uri()));
    }

    @Test
    void anEndpointMayListenElsewhereThanAtItsAddress() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.endpoint(ServiceEndpoint.of("net.tcp://shop.example.org/orders", named("orders"))
                        .withListenUri("net.tcp://localhost:0/inside")));

        assertThat(server.addresses()).containsExactly("net.tcp://shop.example.org/orders");
        assertThat(server.listenUris().get(0)).matches("net\\.tcp://localhost:\\d+/inside");
        assertThat(ask(NetTcpClient.builder("net.tcp://shop.example.org/orders", Loopback.binding())
                        .via(server.listenUris().get(0))))
                .isEqualTo("orders");
    }

    @Test
    void case025_aMetadataEndpointOnAnOwnPortKeepsItsBindingForItsSessions() throws Exception {
        NetTcpBinding streamed = Loopback.builder()
                .transferMode(TransferMode.STREAMED)
                .maxPendingConnections(1)
                .build();
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.baseAddress("net.tcp://localhost:0/base")
                        .endpoint("x", named("x"))
                        .endpoint(ServiceEndpoint.of("mex", named("mex"))
                                .withBinding(streamed)
                                .inheritingBaseAddressSettings()));

        assertThat(ask(NetTcpClient.builder(server.addresses().get(1), streamed)))
                .isEqualTo("mex");
        assertThat(ask(server.addresses().get(0))).isEqualTo("x");
    }

    @Test
    void anEndpointOfOneAddressIsNotReachedThroughAnother() throws Exception {
        int port = FreePort.next();
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.endpoint("net.tcp://127.0.0.1:" + port + "/one", named("one"))
                        .endpoint("net.tcp://127.0.0.2:" + port + "/two", named("two")));

        assertThat(ask(server.addresses().get(0))).isEqualTo("one");
        assertThat(ask(server.addresses().get(1))).isEqualTo("two");
        assertThatThrownBy(() -> ask("net.tcp://127.0.0.2:" + port + "/one"))
                .isInstanceOfSatisfying(
                        NetTcpException.class,
                        e -> assertThat(e.framingFault()).contains(FaultCode.ENDPOINT_NOT_FOUND.uri()));
    }

    @Test
    void thereIsOneBaseAddress() {
        NetTcpServer.Builder builder =
                NetTcpServer.builder(Loopback.binding()).baseAddress("net.tcp://localhost:9000/one");

        assertThatThrownBy(() -> builder.baseAddress("net.tcp://localhost:9000/two"))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("net.tcp://localhost:9000/two")
                .hasMessageContaining("net.tcp://localhost:9000/one");
        assertThatThrownBy(() -> NetTcpServer.builder().baseAddress("relative"))
                .isInstanceOf(InvalidBindingException.class);
    }

    @Test
    void aServerHasOneThrottle() throws Exception {
        NetTcpBinding throttled = Loopback.builder().maxConcurrentCalls(3).build();
        NetTcpServer.Builder builder =
                NetTcpServer.builder(Loopback.binding()).endpoint("net.tcp://localhost:0/x", throttled, named("x"));

        assertThatThrownBy(builder::open)
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("maxConcurrentCalls=3")
                .hasMessageContaining("serviceThrottle of the server's builder");
        try (NetTcpServer server =
                builder.serviceThrottle(throttled.serviceThrottle()).open()) {
            assertThat(ask(server.address())).isEqualTo("x");
        }
    }
}
