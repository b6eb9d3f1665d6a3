package dev.nettcp.binding.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.ConnectionPoolSettings;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.framing.via.HostNameComparisonMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingFromXmlTest {
    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void prepare() {
        files = new ConfigFiles(directory);
    }

    @Test
    void whatSvcutilWritesIsRead() throws IOException {
        ConfiguredBinding configured = NetTcpBinding.fromXml(files.file("svcutil.config"), "NetTcpBinding_ICalculator");
        NetTcpBinding binding = configured.binding();

        assertThat(binding.security()).isEqualTo(SecurityMode.NONE);
        assertThat(binding.transferMode()).isEqualTo(TransferMode.BUFFERED);
        assertThat(binding.timeouts().openTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(binding.timeouts().closeTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(binding.timeouts().sendTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(binding.timeouts().receiveTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(binding.messageLimits().maxReceivedMessageSize()).isEqualTo(Integer.MAX_VALUE);
        assertThat(binding.messageLimits().maxBufferSize()).isEqualTo(Integer.MAX_VALUE);
        assertThat(binding.messageLimits().maxBufferPoolSize()).isEqualTo(524_288);
        assertThat(binding.readerQuotas().maxDepth()).isEqualTo(64);
        assertThat(binding.readerQuotas().maxStringContentLength()).isEqualTo(Integer.MAX_VALUE);
        assertThat(binding.readerQuotas().maxBytesPerRead()).isEqualTo(4096); // 0 is the default
        assertThat(binding.listener().hostNameComparisonMode()).isEqualTo(HostNameComparisonMode.STRONG_WILDCARD);
        assertThat(binding.listener().limits().listenBacklog()).isEqualTo(10);
        assertThat(binding.listener().limits().maxPendingConnections()).isEqualTo(20);
        assertThat(binding.connectionPoolSettings().maxOutboundConnectionsPerEndpoint())
                .isEqualTo(20);
        assertThat(ConfigFiles.texts(configured.ignored()))
                .containsExactlyInAnyOrder(
                        "11 binding transactionProtocol",
                        "15 reliableSession ordered",
                        "15 reliableSession inactivityTimeout",
                        "17 security <transport>",
                        "18 security <message>");
        assertThat(configured.ignored().get(0).toString())
                .contains("svcutil.config:11: <binding> transactionProtocol is ignored: transactions do not flow");
    }

    @Test
    void aCustomBindingIsReadWithWhatOnlyTheTransportElementHas() throws IOException {
        ConfiguredBinding configured = NetTcpBinding.fromXml(files.file("custom.config"), "FastTcp");
        NetTcpBinding binding = configured.binding();

        assertThat(binding.security()).isEqualTo(SecurityMode.NONE);
        assertThat(binding.transferMode()).isEqualTo(TransferMode.STREAMED);
        assertThat(binding.timeouts().sendTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(binding.messageLimits().maxReceivedMessageSize()).isEqualTo(5_000_000_000L);
        assertThat(binding.messageLimits().maxBufferSize()).isEqualTo(65_536);
        assertThat(binding.readerQuotas().maxArrayLength()).isEqualTo(100_000);
        assertThat(binding.listener().portSharingEnabled()).isTrue();
        assertThat(binding.listener().channelInitializationTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(binding.listener().limits().maxPendingConnections()).isEqualTo(500);
        assertThat(binding.listener().limits().maxPendingAccepts()).isEqualTo(8);
        assertThat(binding.listener().limits().listenBacklog()).isEqualTo(200);
        assertThat(binding.connectionPoolSettings())
                .isEqualTo(new ConnectionPoolSettings("fast", Duration.ofSeconds(20), Duration.ofDays(1), 100));
        assertThat(ConfigFiles.texts(configured.ignored()))
                .containsExactlyInAnyOrder(
                        "6 binaryMessageEncoding maxReadPoolSize",
                        "6 binaryMessageEncoding maxWritePoolSize",
                        "11 tcpTransport connectionBufferSize",
                        "11 tcpTransport maxOutputDelay");
    }

    @Test
    void sslStreamSecurityIsTlsAndVersionsThatAreBrokenAreLeftOut() throws IOException {
        ConfiguredBinding configured = NetTcpBinding.fromXml(files.file("custom.config"), "Certificates");

        assertThat(configured.binding().security()).isEqualTo(SecurityMode.TRANSPORT);
        assertThat(security(configured.binding()).clientCredentialType()).isEqualTo(ClientCredentialType.CERTIFICATE);
        assertThat(security(configured.binding()).sslProtocols()).containsExactly("TLSv1.2");
        assertThat(ConfigFiles.texts(configured.ignored())).containsExactly("18 sslStreamSecurity sslProtocols TLS11");
    }

    @Test
    void aSectionMayBeAFileOfItsOwn() throws IOException {
        files.write("config/bindings.config", ConfigFiles.resource("bindings.config"));
        Path file = files.file("Web.config");

        assertThat(NetTcpBinding.fromXml(file, "Tls").binding().transferMode())
                .isEqualTo(TransferMode.STREAMED_RESPONSE);
    }

    @Test
    void theDefaultBindingIsTheOneWithoutAName() throws IOException {
        files.write("config/bindings.config", ConfigFiles.resource("bindings.config"));

        assertThat(NetTcpBinding.fromXml(files.file("Web.config"), "")
                        .binding()
                        .messageLimits()
                        .maxReceivedMessageSize())
                .isEqualTo(131_072);
    }

    @Test
    void withoutADefaultBindingWcfsDefaultsCountWhichHaveWindowsSecurity() {
        Path file = files.file("App.config");

        assertThatThrownBy(() -> NetTcpBinding.fromXml(file, ""))
                .isInstanceOf(AppConfigException.class)
                .hasMessageContaining("clientCredentialType Windows")
                .hasMessageContaining("not implemented");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <transport clientCredentialType='None'/>                                        | NONE        | TLSv1.2 TLSv1.3
                    <transport clientCredentialType='None' sslProtocols='None'/>                    | NONE        | TLSv1.2 TLSv1.3
                    <transport clientCredentialType='Certificate' protectionLevel='EncryptAndSign'/> | CERTIFICATE | TLSv1.2 TLSv1.3
                    <transport clientCredentialType='None' sslProtocols='Tls13'/>                   | NONE        | TLSv1.3
                    <transport clientCredentialType='None' sslProtocols='Tls^Tls11^Tls12'/>         | NONE        | TLSv1.2
                    """)
    void transportSecurityWithCertificatesIsTls(String transport, ClientCredentialType type, String protocols)
            throws IOException {
        Path file = files.netTcpBinding(
                "<binding name='x'><security>" + transport.replace("^", "|") + "</security></binding>");
        TransportSecurity security = security(NetTcpBinding.fromXml(file, "x").binding());

        assertThat(security.clientCredentialType()).isEqualTo(type);
        assertThat(security.sslProtocols()).isEqualTo(Set.of(protocols.split(" ")));
    }

    @Test
    void whatAConfigurationDoesNotHoldIsAddedByTheProgram() throws IOException {
        Path file = files.file("custom.config");
        NetTcpBinding binding = AppConfig.read(file)
                .withTransportSecurity(tls -> tls.withSslProtocols(Set.of("TLSv1.3")))
                .binding("Certificates")
                .binding();

        assertThat(security(binding).sslProtocols()).containsExactly("TLSv1.3");
        assertThat(security(binding).clientCredentialType()).isEqualTo(ClientCredentialType.CERTIFICATE);
    }

    @Test
    void aByteOrderMarkAndANamespaceDoNoHarm() throws IOException {
        Path file = files.write(
                "bom.config",
                "\uFEFF<?xml version='1.0' encoding='utf-8'?><configuration"
                        + " xmlns='http://schemas.microsoft.com/.NetConfiguration/v2.0'><system.serviceModel><bindings><netTcpBinding><binding"
                        + " name='x'><security mode='None'/></binding>"
                        + "</netTcpBinding></bindings></system.serviceModel></configuration>");

        assertThat(NetTcpBinding.fromXml(file, "x").ignored()).isEmpty();
    }

    @Test
    void collectionsAreClearedAndRemovedFromAsInDotNet() throws IOException {
        Path file = files.netTcpBinding("""
                <binding name='a' maxConnections='bad'/>
                <clear/>
                <binding name='b'><security mode='None'/></binding>
                <binding name='c'><security mode='None'/></binding>
                <remove name='c'/>""");

        assertThat(NetTcpBinding.fromXml(file, "b").binding().security()).isEqualTo(SecurityMode.NONE);
        assertThatThrownBy(() -> NetTcpBinding.fromXml(file, "c")).hasMessageContaining("there are [b]");
    }

    private static TransportSecurity security(NetTcpBinding binding) {
        return binding.transportSecurity().orElseThrow();
    }
}
