package dev.nettcp.binding.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.ServiceThrottle;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceFromXmlTest {
    private static final String SHOP = "Acme.Shop.ShopService";
    private static final String PLAIN =
            "<bindings><netTcpBinding><binding><security mode='None'/></binding></netTcpBinding></bindings>";

    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void prepare() {
        files = new ConfigFiles(directory);
    }

    @Test
    void theEndpointsOfNetTcpAreOpenedAndAnswerWithTheHandlersOfTheirContracts() throws Exception {
        String port = String.valueOf(FreePort.next());
        Path file = files.file(
                "App.config",
                text -> text.replace(":808/", ":" + port + "/")
                        .replace("portSharingEnabled=\"true\"", "portSharingEnabled=\"false\""));

        try (NetTcpServer server = NetTcpServer.fromXml(
                        file, SHOP, Map.of("Acme.Shop.IOrders", says("orders"), "Acme.Shop.IStock", says("stock")))
                .open()) {
            assertThat(server.addresses())
                    .containsExactly(
                            "net.tcp://localhost:" + port + "/shop", "net.tcp://localhost:" + port + "/shop/stock");
            assertThat(ask(server.addresses().get(0), file)).isEqualTo("orders");
            assertThat(ask(server.addresses().get(1), file)).isEqualTo("stock");
        }
    }

    @Test
    void aServiceIsDescribedAndWhatHasNoMeaningIsListed() throws IOException {
        ConfiguredService shop = AppConfig.read(files.file("App.config")).service(SHOP);

        assertThat(shop.baseAddress()).contains("net.tcp://localhost:808/shop");
        assertThat(shop.contracts()).containsExactly("Acme.Shop.IOrders", "Acme.Shop.IStock");
        assertThat(shop.serviceThrottle()).contains(new ServiceThrottle(200, 64));
        assertThat(shop.includeExceptionDetailInFaults()).isTrue();
        assertThat(shop.endpoints().get(0).binding().listener().portSharingEnabled())
                .isTrue();
        assertThat(ConfigFiles.texts(shop.ignored()))
                .containsExactlyInAnyOrder(
                        "59 system.serviceModel <diagnostics>",
                        "15 add baseAddress",
                        "18 host <timeouts>",
                        "23 endpoint <identity>",
                        "55 behavior <callbackDebug>",
                        "27 endpoint binding",
                        "28 endpoint contract",
                        "47 behavior <serviceMetadata>",
                        "50 behavior <dataContractSerializer>",
                        "49 serviceThrottling maxConcurrentInstances");
    }

    @Test
    void anEndpointOfMetadataIsOpenedIfThereIsAHandlerForIt() throws Exception {
        String port = String.valueOf(FreePort.next());
        Path file = files.model(PLAIN + """
                <services><service name='S'>
                  <host><baseAddresses><add baseAddress='net.tcp://localhost:PORT/s'/></baseAddresses></host>
                  <endpoint address='' binding='netTcpBinding' contract='IS'/>
                  <endpoint address='mex' binding='mexTcpBinding' contract='IMetadataExchange'/>
                </service></services>""".replace("PORT", port));

        try (NetTcpServer server = NetTcpServer.fromXml(
                        file, "S", Map.of("IS", says("s"), "IMetadataExchange", says("wsdl")))
                .open()) {
            assertThat(ask(server.addresses().get(1), file)).isEqualTo("wsdl");
        }
    }

    @Test
    void contractsAtOneAddressHaveOneHandler() throws Exception {
        String port = String.valueOf(FreePort.next());
        Path file = files.model(PLAIN + """
                <services><service name='S'>
                  <endpoint address='net.tcp://localhost:PORT/s' binding='netTcpBinding' contract='IA'/>
                  <endpoint address='net.tcp://localhost:PORT/s' binding='netTcpBinding' contract='IB'/>
                </service></services>""".replace("PORT", port));
        MessageHandler both = says("both");

        try (NetTcpServer server =
                NetTcpServer.fromXml(file, "S", Map.of("IA", both, "IB", both)).open()) {
            assertThat(server.addresses()).hasSize(1);
        }
        assertThatThrownBy(() -> NetTcpServer.fromXml(file, "S", Map.of("IA", says("a"), "IB", says("b"))))
                .hasMessageContaining("the contracts IA and IB have the same address")
                .hasMessageContaining("give both the same handler");
    }

    @Test
    void aContractWithoutAHandlerAndAHandlerWithoutAContractAreRefused() throws IOException {
        ConfiguredService shop = AppConfig.read(files.file("App.config")).service(SHOP);

        assertThatThrownBy(() -> shop.server(Map.of("Acme.Shop.IOrders", says("orders"))))
                .hasMessageContaining(":22: the contract Acme.Shop.IStock of the endpoint \"stock\" has no handler");
        assertThatThrownBy(() -> shop.server(Map.of("Acme.Shop.IOrder", says("orders"))))
                .hasMessageContaining("no endpoint of net.tcp with the contract Acme.Shop.IOrder")
                .hasMessageContaining("did you mean \"Acme.Shop.IOrders\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <service name='T'/>                                                | has no service "S"; there are [T]
                    <service name='S'><endpoint binding='netTcpBindin' contract='I'/></service><servic/> | <servic> is unknown in <services>; known are <service>
                    <service name='S'><endpoint contract='I'/></service>               | <endpoint> has no binding
                    <service name='S'><endpoint binding='netTcpBinding' bindingConfiguration='x' contract='I'/></service> | <endpoint> bindingConfiguration: there is no netTcpBinding "x"
                    <service name='S' behaviorConfiguration='x'/>                      | <service> behaviorConfiguration: there is no behavior "x" in <serviceBehaviors>
                    <service name='S'><endpoint binding='netTcpBinding' adress='x' contract='I'/></service> | unknown attribute adress
                    <service name='S'><endpoint binding='netTcpBinding' listenUriMode='unique' contract='I'/></service> | allowed are [Explicit, Unique]; did you mean "Unique"?
                    <service name='S'><host><baseAddresses><add baseAddress='net.tcp://a/x'/><add baseAddress='NET.TCP://a/y'/></baseAddresses></host></service> | <add> is the second base address of net.tcp
                    <service name='S'><host><baseAddresses><add address='net.tcp://a/x'/></baseAddresses></host></service> | <add> has no baseAddress
                    """)
    void aServiceThatIsWrongIsRefused(String services, String message) {
        Path file = files.model(PLAIN + "<services>" + services + "</services>");

        assertThatThrownBy(() -> AppConfig.read(file).service("S"))
                .isInstanceOf(AppConfigException.class)
                .hasMessageStartingWith(file + ":")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <serviceAuthorization serviceAuthorizationManagerType='Acme.Guard, Acme'/> | serviceAuthorizationManagerType: the value "Acme.Guard, Acme" is code of .NET that decides who may call
                    <serviceAuthorization><authorizationPolicies><add policyType='Acme.P'/></authorizationPolicies></serviceAuthorization> | <authorizationPolicies> are code of .NET that decides who may call
                    <serviceThrottling maxConcurrentCalls='0'/>                        | <serviceThrottling> maxConcurrentCalls: 0 is not allowed
                    <serviceThrottling maxConcurentCalls='7'/>                         | did you mean "maxConcurrentCalls"?
                    """)
    void aBehaviorWhoseLossWouldLetInWhomItKeepsOutIsRefused(String behavior, String message) {
        assertThatThrownBy(() -> AppConfig.read(serviceWith(behavior, "None")).service("S"))
                .isInstanceOf(AppConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void trustThatIsNotInTheFileMustBeGiven() throws IOException {
        Path file = serviceWith(
                "<serviceCredentials><serviceCertificate findValue='Acme'/><clientCertificate><authentication"
                        + " certificateValidationMode='PeerTrust'/></clientCertificate></serviceCredentials>",
                "Transport");

        assertThatThrownBy(() -> AppConfig.read(file).service("S"))
                .hasMessageContaining(
                        "certificateValidationMode: the value \"PeerTrust\" needs what is not in the file")
                .hasMessageContaining("withTransportSecurity");
        ConfiguredService given =
                AppConfig.read(file).withTransportSecurity(tls -> tls).service("S");
        assertThat(given.endpoints().get(0).binding().security()).isEqualTo(SecurityMode.TRANSPORT);
        assertThat(ConfigFiles.texts(given.ignored()))
                .containsExactlyInAnyOrder(
                        "6 serviceCredentials <serviceCertificate>", "6 authentication certificateValidationMode");
    }

    private Path serviceWith(String behavior, String mode) {
        return files.model("""
                <bindings><netTcpBinding><binding><security mode='MODE'><transport clientCredentialType='Certificate'/></security></binding></netTcpBinding></bindings>
                <services><service name='S'><endpoint address='net.tcp://localhost/s' binding='netTcpBinding' contract='I'/></service></services>
                <behaviors><serviceBehaviors><behavior>
                BEHAVIOR
                </behavior></serviceBehaviors></behaviors>""".replace("MODE", mode).replace("BEHAVIOR", behavior));
    }

    private static MessageHandler says(String text) {
        return (request, session) -> Message.of("urn:said", out -> ConfigFiles.TEXT.write(out, text));
    }

    private static String ask(String address, Path file) throws Exception {
        try (NetTcpClient client = NetTcpClient.to(
                address,
                AppConfig.read(file)
                        .binding(file.endsWith("App.config") ? "Shared" : "")
                        .binding())) {
            return client.request(Message.of("urn:ask", out -> ConfigFiles.TEXT.write(out, "?")))
                    .body()
                    .getElementText();
        }
    }
}
