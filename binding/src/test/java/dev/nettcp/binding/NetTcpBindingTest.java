package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetTcpBindingTest {
    private static NetTcpBinding.Builder builder() {
        return NetTcpBinding.builder().security(SecurityMode.NONE);
    }

    static Stream<Arguments> whatDoesNotExistYet() {
        return Stream.of(
                refused("security", b -> b.security(SecurityMode.MESSAGE)),
                refused("security", b -> b.security(SecurityMode.TRANSPORT_WITH_MESSAGE_CREDENTIAL)),
                refused("reliableSession", b -> b.reliableSession(true)),
                refused("transactionFlow", b -> b.transactionFlow(true)),
                refused("manualAddressing", b -> b.manualAddressing(true)),
                refused(
                        "extendedProtectionPolicy",
                        b -> b.extendedProtectionPolicy(ExtendedProtectionPolicy.WHEN_SUPPORTED)),
                refused("teredoEnabled", b -> b.teredoEnabled(true)));
    }

    private static Arguments refused(String setting, Consumer<NetTcpBinding.Builder> attempt) {
        return Arguments.of(setting, attempt);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatDoesNotExistYet")
    void whatDoesNotExistYetIsRefusedByName(String setting, Consumer<NetTcpBinding.Builder> attempt) {
        assertThatThrownBy(() -> attempt.accept(builder()))
                .isInstanceOfSatisfying(
                        InvalidBindingException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting))
                .hasMessageContaining("not implemented");
    }

    @Test
    void theDefaultSecurityOfWcfIsNotReplacedByNone() {
        assertThatThrownBy(() -> NetTcpBinding.builder().build())
                .hasMessageContaining(
                        "security: TRANSPORT with clientCredentialType WINDOWS (the default) is not implemented");
    }

    @Test
    void whatIsOffByDefaultMayBeSwitchedOff() {
        assertThat(builder()
                        .reliableSession(false)
                        .transactionFlow(false)
                        .teredoEnabled(false)
                        .manualAddressing(false)
                        .extendedProtectionPolicy(ExtendedProtectionPolicy.NEVER)
                        .transferMode(TransferMode.BUFFERED)
                        .build())
                .isNotNull();
    }

    @Test
    void case140_theBufferSizeMustEqualTheMessageSize() {
        assertThatThrownBy(() -> builder()
                        .maxReceivedMessageSize(100_000)
                        .maxBufferSize(65_536)
                        .build())
                .hasMessageContaining("maxBufferSize: 65536")
                .hasMessageContaining("maxReceivedMessageSize=100000");
    }

    @ParameterizedTest
    @EnumSource(names = "BUFFERED", mode = EnumSource.Mode.EXCLUDE)
    void aStreamedMessageMayHaveAnySizeAndItsHeadersAreLimitedByTheBufferSize(TransferMode mode) {
        NetTcpBinding.Builder streamed = builder().transferMode(mode);
        assertThat(streamed.build().transferMode()).isEqualTo(mode);
        MessageLimits limits =
                streamed.maxReceivedMessageSize(Long.MAX_VALUE).build().messageLimits();
        assertThat(limits.maxReceivedMessageSize()).isEqualTo(Long.MAX_VALUE);
        assertThat(limits.maxBufferSize()).isEqualTo(65_536);
        assertThat(streamed.maxReceivedMessageSize(1000).build().messageLimits().maxBufferSize())
                .isEqualTo(1000);
        assertThatThrownBy(() -> streamed.maxBufferSize(1001).build())
                .hasMessageContaining("maxBufferSize: 1001")
                .hasMessageContaining("maxReceivedMessageSize=1000");
    }

    @Test
    void theBufferSizeFollowsTheMessageSize() {
        MessageLimits limits = builder().maxReceivedMessageSize(1 << 20).build().messageLimits();

        assertThat(limits.maxBufferSize()).isEqualTo(1 << 20);
    }

    @Test
    void aBufferedMessageMustFitIn31Bits() {
        assertThatThrownBy(() -> builder().maxReceivedMessageSize(1L << 31).build())
                .hasMessageContaining("maxReceivedMessageSize: 2147483648")
                .hasMessageContaining("transferMode BUFFERED");
    }

    @Test
    void maxConnectionsIsTheLimitOfBothSides() {
        NetTcpBinding binding = builder().maxConnections(7).build();

        assertThat(binding.listener().limits().maxPendingConnections()).isEqualTo(7);
        assertThat(binding.connectionPoolSettings().maxOutboundConnectionsPerEndpoint())
                .isEqualTo(7);
    }

    @Test
    void theDefaultOfThePoolMeansNotSetAtAServer() {
        ConnectionPoolSettings pool =
                new ConnectionPoolSettings("default", Duration.ofMinutes(2), Duration.ofMinutes(5), 9);

        assertThat(pool.maxInboundConnections()).isEqualTo(9);
        assertThat(ConnectionPoolSettings.DEFAULT.maxInboundConnections())
                .isEqualTo(12 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void maxConnectionsContradictsAnotherLimitOfEitherSide() {
        assertThatThrownBy(() ->
                        builder().maxConnections(7).maxPendingConnections(8).build())
                .hasMessage("maxPendingConnections: 8 contradicts maxConnections=7, which sets it too");

        ConnectionPoolSettings pool =
                new ConnectionPoolSettings("default", Duration.ofMinutes(2), Duration.ofMinutes(5), 9);
        assertThatThrownBy(() ->
                        builder().maxConnections(7).connectionPoolSettings(pool).build())
                .hasMessageContaining("maxOutboundConnectionsPerEndpoint: 9 contradicts maxConnections=7");
        assertThatThrownBy(() -> builder()
                        .maxConnections(7)
                        .connectionPoolSettings(ConnectionPoolSettings.DEFAULT)
                        .build())
                .hasMessageContaining("maxOutboundConnectionsPerEndpoint: 10 contradicts maxConnections=7");
    }

    @Test
    void whatHasNoMeaningIsKept() {
        NetTcpBinding binding = builder()
                .connectionBufferSize(0)
                .maxOutputDelay(Duration.ZERO)
                .transactionProtocol(TransactionProtocol.WS_ATOMIC_TRANSACTION_11)
                .messageSecurity(new MessageSecurity(MessageSecurity.CredentialType.USER_NAME, "Basic128"))
                .reliableSession(new OptionalReliableSession(false, false, Duration.ofSeconds(1)))
                .build();

        assertThat(binding.tcpTransport())
                .isEqualTo(
                        TcpTransportSettings.DEFAULT.withConnectionBufferSize(0).withMaxOutputDelay(Duration.ZERO));
        assertThat(binding.transactionProtocol()).isEqualTo(TransactionProtocol.WS_ATOMIC_TRANSACTION_11);
        assertThat(binding.messageSecurity().algorithmSuite()).isEqualTo("Basic128");
        assertThat(binding.reliableSession().ordered()).isFalse();
    }

    @Test
    void tlsProtectsEverything() {
        TransportSecurity tls = TransportSecurity.tls(ClientCredentialType.NONE);

        assertThat(tls.withProtectionLevel(ProtectionLevel.ENCRYPT_AND_SIGN)).isEqualTo(tls);
        assertThatThrownBy(() -> tls.withProtectionLevel(ProtectionLevel.SIGN))
                .hasMessageStartingWith("protectionLevel: SIGN contradicts clientCredentialType=NONE");
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                refused("connectionBufferSize", b -> b.connectionBufferSize(-1)),
                refused("maxOutputDelay", b -> b.maxOutputDelay(Duration.ofMillis(-1))),
                refused("openTimeout", b -> b.openTimeout(Duration.ZERO)),
                refused("closeTimeout", b -> b.closeTimeout(Duration.ofSeconds(-1))),
                refused("sendTimeout", b -> b.sendTimeout(Duration.ZERO)),
                refused("receiveTimeout", b -> b.receiveTimeout(Duration.ZERO)),
                refused("maxReceivedMessageSize", b -> b.maxReceivedMessageSize(0)),
                refused("maxReceivedMessageSize", b -> b.maxReceivedMessageSize(-(1L << 32) + 10)),
                refused("maxReceivedMessageSize", b -> b.maxReceivedMessageSize(Long.MIN_VALUE + 5)),
                refused("maxBufferPoolSize", b -> b.maxBufferPoolSize(-1)),
                refused("maxConnections", b -> b.maxConnections(0)),
                refused("listenBacklog", b -> b.listenBacklog(0)),
                refused("maxPendingConnections", b -> b.maxPendingConnections(-5)),
                refused("maxPendingAccepts", b -> b.maxPendingAccepts(0)),
                refused("maxConcurrentSessions", b -> b.maxConcurrentSessions(0)),
                refused("maxConcurrentCalls", b -> b.maxConcurrentCalls(-1)),
                refused("channelInitializationTimeout", b -> b.channelInitializationTimeout(Duration.ZERO)),
                refused("readerQuotas.maxDepth", b -> b.readerQuotas(new ReaderQuotas().maxDepth(0))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void aBadValueIsRefusedByName(String setting, Consumer<NetTcpBinding.Builder> attempt) {
        assertThatThrownBy(() -> {
                    NetTcpBinding.Builder builder = builder();
                    attempt.accept(builder);
                    builder.build();
                })
                .isInstanceOfSatisfying(
                        InvalidBindingException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting));
    }
}
