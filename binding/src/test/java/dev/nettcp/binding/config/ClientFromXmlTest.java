package dev.nettcp.binding.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.transport.tls.EndpointIdentity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFromXmlTest {
    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void prepare() {
        files = new ConfigFiles(directory);
        files.write("config/bindings.config", ConfigFiles.resource("bindings.config"));
    }

    @Test
    void aClientThatSvcutilConfiguredCallsItsService() throws Exception {
        int port = FreePort.next();
        ConfiguredClient calculator = AppConfig.read(
                        files.file("svcutil.config", text -> text.replace(":808/", ":" + port + "/")))
                .client("");

        assertThat(ConfigFiles.texts(calculator.ignored())).contains("28 identity <userPrincipalName>");
        assertThat(calculator.contract()).isEqualTo("ServiceReference1.ICalculator");
        NetTcpBinding binding = calculator.binding();
        try (NetTcpServer server = NetTcpServer.open(calculator.address(), binding, (request, session) -> request);
                NetTcpClient client = calculator.connect()) {
            assertThat(server.address()).isEqualTo(calculator.address());
            Message reply = client.request(Message.of("urn:echo", out -> ConfigFiles.TEXT.write(out, "hello")));
            assertThat(reply.body().getElementText()).isEqualTo("hello");
        }
    }

    @Test
    void theDnsIdentityOfTheEndpointIsWhoseCertificateIsExpected() throws IOException {
        ConfiguredClient orders = AppConfig.read(files.file("Web.config")).client("Orders");

        assertThat(orders.address()).isEqualTo("net.tcp://orders.acme.example/orders");
        assertThat(orders.binding().transferMode()).isEqualTo(TransferMode.STREAMED_RESPONSE);
        assertThat(orders.binding().transportSecurity().map(TransportSecurity::serviceIdentity))
                .contains(EndpointIdentity.dns("services.acme.example"));
        assertThat(ConfigFiles.texts(orders.ignored()))
                .containsExactly("21 system.serviceModel <serviceHostingEnvironment>");
    }

    @Test
    void anEndpointWithoutABindingConfigurationHasTheDefaultBinding() throws IOException {
        assertThat(AppConfig.read(files.file("Web.config"))
                        .client("Plain")
                        .binding()
                        .messageLimits()
                        .maxReceivedMessageSize())
                .isEqualTo(131_072);
    }

    @ParameterizedTest
    @CsvSource({
        "Legacy, binding: the value \"wsHttpBinding\" is not net.tcp",
        "Order, has no client endpoint \"Order\"",
        "'', has more than one client endpoint",
    })
    void anEndpointThatCannotBeHadIsRefused(String name, String message) {
        Path file = files.file("Web.config");

        assertThatThrownBy(() -> AppConfig.read(file).client(name))
                .isInstanceOf(AppConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anIdentityThatIsNotReadIsRefusedUnlessTheProgramSaysWhomToTrust() throws IOException {
        Path file = files.file(
                "Web.config", text -> text.replace("<dns value=\"services.acme.example\"/>", "<rsa value=\"AQAB\"/>"));

        assertThatThrownBy(() -> AppConfig.read(file).client("Orders"))
                .hasMessageContaining("<rsa> as an identity is not read")
                .hasMessageContaining("withServiceIdentity");
        assertThat(ConfigFiles.texts(AppConfig.read(file)
                        .withTransportSecurity(tls -> tls)
                        .client("Orders")
                        .ignored()))
                .contains("15 identity <rsa>");
    }
}
