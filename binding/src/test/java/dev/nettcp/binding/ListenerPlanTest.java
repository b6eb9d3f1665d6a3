package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.connection.AddressInUseException;
import dev.nettcp.framing.via.HostNameComparisonMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which endpoints share a listener, decided without a socket. Listeners are written as {@code what is registered <- numbers of endpoints}. */
class ListenerPlanTest {
    private static final ServerEndpoint.Hosting HOSTING = new ServerEndpoint.Hosting(Set.of(), false, Runnable::run);

    private final List<ServerEndpoint> endpoints = new ArrayList<>();
    private ServerBase base = new ServerBase(null);

    private static NetTcpBinding shared(UnaryOperator<NetTcpBinding.Builder> settings) {
        return settings.apply(Loopback.builder().portSharingEnabled(true)).build();
    }

    private static NetTcpBinding shared() {
        return shared(b -> b);
    }

    private static NetTcpBinding own(UnaryOperator<NetTcpBinding.Builder> settings) {
        return settings.apply(Loopback.builder()).build();
    }

    private void base(String address) {
        base = new ServerBase(ServerBase.parse("baseAddress", address));
    }

    private void endpoint(String address, NetTcpBinding binding, UnaryOperator<ServiceEndpoint> described) {
        ServiceEndpoint endpoint = described.apply(ServiceEndpoint.of(address, Loopback::echo));
        endpoints.add(ServerEndpoint.of(endpoints.size(), endpoint, binding, base, HOSTING));
    }

    private void endpoint(String address, NetTcpBinding binding) {
        endpoint(address, binding, e -> e);
    }

    private List<String> plan() throws AddressInUseException {
        return ListenerPlan.of(base, endpoints).stream()
                .map(listener -> listener.address() + " <- "
                        + listener.endpoints().stream()
                                .map(endpoint -> Integer.toString(endpoint.number()))
                                .toList())
                .toList();
    }

    @Test
    void case021_endpointsBelowOneBaseAddressShareItsRegistration() throws Exception {
        base("net.tcp://h:9000/base");
        endpoint("x", shared());
        endpoint("/y/deep", shared());
        endpoint("", shared());
        endpoint("net.tcp://h:9000/BASE/z", shared());

        assertThat(plan()).containsExactly("net.tcp://h:9000/base/ <- [2, 0, 3, 1]");
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.address().toString())
                .containsExactly(
                        "net.tcp://h:9000/base/x",
                        "net.tcp://h:9000/base/y/deep",
                        "net.tcp://h:9000/base",
                        "net.tcp://h:9000/BASE/z");
    }

    @Test
    void case022_anEndpointWithOtherLimitsIsRegisteredOneSegmentDeeper() throws Exception {
        base("net.tcp://h:9000/base");
        endpoint("x", shared());
        endpoint("y", shared(b -> b.maxConnections(7)));

        assertThat(plan()).containsExactly("net.tcp://h:9000/base/ <- [0]", "net.tcp://h:9000/base/y <- [1]");
    }

    @Test
    void case022_whatIsRegisteredDeeperTakesNothingFromOthers() throws Exception {
        base("net.tcp://h:9000/base");
        endpoint("x", shared());
        endpoint("y/1", shared());
        endpoint("y/2", shared(b -> b.maxConnections(7)));
        endpoint("y/2/below", shared(b -> b.maxConnections(7)));
        endpoint("z/1/2", shared(b -> b.maxConnections(8)));
        endpoint("z/1/3", shared(b -> b.maxConnections(8)));

        assertThat(plan())
                .containsExactly(
                        "net.tcp://h:9000/base/ <- [0, 1]",
                        "net.tcp://h:9000/base/y/2 <- [2, 3]",
                        "net.tcp://h:9000/base/z <- [4, 5]");
    }

    @Test
    void case023_anAbsoluteAddressElsewhereIsRegisteredAsItIs() throws Exception {
        base("net.tcp://h:9000/base");
        endpoint("x", shared());
        endpoint("net.tcp://h:9000/other", shared());
        endpoint("net.tcp://h:9001/base/x", shared());
        endpoint("../above/x", shared());
        endpoint("net.tcp://h:9000/other/below", shared());

        assertThat(plan())
                .containsExactly(
                        "net.tcp://h:9000/other <- [1, 4]",
                        "net.tcp://h:9000/base/ <- [0]",
                        "net.tcp://h:9001/base/x <- [2]",
                        "net.tcp://h:9000/above/x <- [3]");
    }

    @Test
    void case024_aUniqueAddressOnASharedPortHasASegmentOfItsOwn() throws Exception {
        endpoint("net.tcp://h:9000/x", shared(), e -> e.withListenUriMode(ListenUriMode.UNIQUE));
        endpoint("net.tcp://h:9000/x", shared(), e -> e.withListenUriMode(ListenUriMode.UNIQUE));

        assertThat(plan()).hasSize(2);
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.listenAddress().toString())
                .allMatch(address -> address.matches("net\\.tcp://h:9000/x/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .doesNotHaveDuplicates();
        assertThat(endpoints).allMatch(endpoint -> endpoint.address().equals(endpoint.listenAddress()));
    }

    @Test
    void case024_aUniqueAddressBelowABaseAddressThatIsRegisteredSharesItsRegistration() throws Exception {
        base("net.tcp://h:9000/base");
        endpoint("x", shared());
        endpoint("y", shared(), e -> e.withListenUriMode(ListenUriMode.UNIQUE));

        assertThat(plan()).containsExactly("net.tcp://h:9000/base/ <- [0, 1]");
    }

    @Test
    void case024_aUniqueAddressOnAnOwnPortHasAPortOfItsOwn() throws Exception {
        NetTcpBinding binding = own(b -> b);
        endpoint("net.tcp://h:9000/x", binding);
        endpoint("net.tcp://h:9000/x", binding, e -> e.withListenUriMode(ListenUriMode.UNIQUE));
        endpoint(
                "net.tcp://h:9000/x",
                own(b -> b.listenBacklog(5)),
                e -> e.withListenUriMode(ListenUriMode.UNIQUE).withListenUri("net.tcp://h:9000/elsewhere"));

        assertThat(plan())
                .containsExactly(
                        "net.tcp://h:9000/x <- [0]", "net.tcp://h:0/x <- [1]", "net.tcp://h:0/elsewhere <- [2]");
        assertThat(endpoints.get(2).address()).hasToString("net.tcp://h:9000/x");
    }

    @Test
    void case025_aMetadataEndpointJoinsWhateverItsOwnSettings() throws Exception {
        base("net.tcp://h:9000/base");
        endpoint("mex", own(b -> b.maxConnections(3)), ServiceEndpoint::inheritingBaseAddressSettings);
        endpoint("x", shared());
        endpoint("y", shared(b -> b.maxConnections(7)));
        endpoint(
                "y/mex",
                shared(b -> b.channelInitializationTimeout(Duration.ofSeconds(1))),
                ServiceEndpoint::inheritingBaseAddressSettings);

        assertThat(plan()).containsExactly("net.tcp://h:9000/base/ <- [1, 0]", "net.tcp://h:9000/base/y <- [2, 3]");
    }

    @Test
    void case025_aMetadataEndpointWithoutNeighboursHasAListenerOfItsOwn() throws Exception {
        endpoint("net.tcp://h:9000/mex", shared(), ServiceEndpoint::inheritingBaseAddressSettings);

        assertThat(plan()).containsExactly("net.tcp://h:9000/mex <- [0]");
    }

    @Test
    void case025_aMetadataEndpointJoinsOnAnOwnPort() throws Exception {
        endpoint("net.tcp://h:9000/x", own(b -> b.listenBacklog(7)));
        endpoint("net.tcp://h:9000/mex", shared(), ServiceEndpoint::inheritingBaseAddressSettings);

        assertThat(plan()).containsExactly("net.tcp://h:9000/x <- [0, 1]");
    }

    @Test
    void whatInheritsTheListenerHasNoUniqueAddress() {
        assertThatThrownBy(() -> endpoint(
                        "net.tcp://h:9000/mex",
                        shared(),
                        e -> e.inheritingBaseAddressSettings().withListenUriMode(ListenUriMode.UNIQUE)))
                .hasMessageStartingWith(
                        "listenUriMode: UNIQUE of net.tcp://h:9000/mex contradicts inheritsBaseAddressSettings=true");
    }

    @Test
    void case050_twoModesAreTwoRegistrations() throws Exception {
        endpoint("net.tcp://h:9000/s", shared());
        endpoint("net.tcp://h:9000/s/x", shared(b -> b.hostNameComparisonMode(HostNameComparisonMode.EXACT)));

        assertThat(plan()).containsExactly("net.tcp://h:9000/s <- [0]", "net.tcp://h:9000/s/x <- [1]");
    }

    @Test
    void exactAddressesShareARegistrationIfTheirHostsAreEqual() throws Exception {
        NetTcpBinding exact = shared(b -> b.hostNameComparisonMode(HostNameComparisonMode.EXACT));
        endpoint("net.tcp://one:9000/s", exact);
        endpoint("net.tcp://one:9000/s/x", exact);
        endpoint("net.tcp://two:9000/s/y", exact);

        assertThat(plan()).containsExactly("net.tcp://one:9000/s <- [0, 1]", "net.tcp://two:9000/s/y <- [2]");
    }

    @Test
    void aRegistrationForOneAddressOfTheMachineIsNotSharedWithAnEndpointForAll() throws Exception {
        endpoint("net.tcp://127.0.0.1:9000/s", shared());
        endpoint("net.tcp://localhost:9000/s/x", shared());

        assertThat(plan()).containsExactly("net.tcp://127.0.0.1:9000/s <- [0]", "net.tcp://localhost:9000/s/x <- [1]");
    }

    static Stream<Arguments> whatAListenerHasInCommon() {
        return Stream.of(
                setting("maxPendingConnections", b -> b.maxPendingConnections(3)),
                setting("maxPendingConnections", b -> b.maxConnections(3)),
                setting("maxPendingAccepts", b -> b.maxPendingAccepts(1)),
                setting("connectionBufferSize", b -> b.connectionBufferSize(4096)),
                setting("maxOutputDelay", b -> b.maxOutputDelay(Duration.ZERO)),
                setting("channelInitializationTimeout", b -> b.channelInitializationTimeout(Duration.ofSeconds(29))),
                setting(
                        "connectionPoolSettings.idleTimeout",
                        b -> b.connectionPoolSettings(pool(Duration.ofSeconds(29), 10))),
                setting(
                        "connectionPoolSettings.maxOutboundConnectionsPerEndpoint",
                        b -> b.connectionPoolSettings(pool(ConnectionPoolSettings.DEFAULT.idleTimeout(), 11))));
    }

    private static ConnectionPoolSettings pool(Duration idleTimeout, int connections) {
        return new ConnectionPoolSettings("default", idleTimeout, Duration.ofMinutes(5), connections);
    }

    private static Arguments setting(String name, UnaryOperator<NetTcpBinding.Builder> other) {
        return Arguments.of(name, other);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatAListenerHasInCommon")
    void case141_endpointsWithDifferentSettingsDoNotShareARegistration(
            String setting, UnaryOperator<NetTcpBinding.Builder> other) throws Exception {
        base("net.tcp://h:9000/base");
        endpoint("x", shared());
        endpoint("y", shared(other));

        assertThat(plan()).containsExactly("net.tcp://h:9000/base/ <- [0]", "net.tcp://h:9000/base/y <- [1]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatAListenerHasInCommon")
    void case141_endpointsWithDifferentSettingsAreRefusedOnOneOwnPortAndBothAreNamed(
            String setting, UnaryOperator<NetTcpBinding.Builder> other) {
        endpoint("net.tcp://h:9000/x", own(b -> b));
        endpoint("net.tcp://h:9000/y", own(other));

        assertThatThrownBy(this::plan)
                .isInstanceOfSatisfying(
                        InvalidBindingException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting))
                .hasMessageContaining(" of net.tcp://h:9000/y contradicts " + setting + "=")
                .hasMessageContaining(" of net.tcp://h:9000/x, which listens on the same port");
    }

    @Test
    void theBacklogMattersOnAnOwnPortOnly() throws Exception {
        endpoint("net.tcp://h:9000/x", shared());
        endpoint("net.tcp://h:9000/x/y", shared(b -> b.listenBacklog(5)));
        assertThat(plan()).containsExactly("net.tcp://h:9000/x <- [0, 1]");

        endpoint("net.tcp://h:9001/x", own(b -> b));
        endpoint("net.tcp://h:9001/y", own(b -> b.listenBacklog(5)));
        assertThatThrownBy(this::plan).hasMessageStartingWith("listenBacklog: 5 of net.tcp://h:9001/y contradicts");
    }

    @Test
    void theEndpointsOfAnOwnPortDifferInWhatConcernsSessions() throws Exception {
        endpoint("net.tcp://h:9000/x", own(b -> b));
        endpoint(
                "net.tcp://h:9000/y",
                own(b -> b.transferMode(TransferMode.STREAMED)
                        .maxReceivedMessageSize(1 << 30)
                        .receiveTimeout(Duration.ofHours(1))
                        .hostNameComparisonMode(HostNameComparisonMode.EXACT)));
        endpoint("net.tcp://h:9001/x", own(b -> b.maxPendingAccepts(1)));

        assertThat(plan()).containsExactly("net.tcp://h:9000/x <- [0, 1]", "net.tcp://h:9001/x <- [2]");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aPortIsSharedOrItIsNot(boolean sharedFirst) {
        endpoint("net.tcp://h:9000/x", sharedFirst ? shared() : own(b -> b));
        endpoint("net.tcp://h:9000/y", sharedFirst ? own(b -> b) : shared());

        assertThatThrownBy(this::plan)
                .hasMessageContaining(
                        "portSharingEnabled: %s of net.tcp://h:9000/y contradicts portSharingEnabled=%s of net.tcp://h:9000/x",
                        !sharedFirst, sharedFirst);
    }

    @Test
    void anAddressBelongsToOneEndpointEvenIfTheirSettingsDiffer() {
        endpoint("net.tcp://h:9000/x", shared());
        endpoint("net.tcp://h:9000/X/", shared(b -> b.maxConnections(7)));

        assertThatThrownBy(this::plan)
                .isInstanceOf(AddressInUseException.class)
                .hasMessageContaining("another endpoint of this server");
    }

    @Test
    void aRelativeAddressNeedsABaseAddress() {
        assertThatThrownBy(() -> endpoint("x", shared()))
                .hasMessageStartingWith("address: \"x\" is relative, and the server has no base address");
        assertThatThrownBy(() -> endpoint("net.tcp://h/x", shared(), e -> e.withListenUri("elsewhere")))
                .hasMessageStartingWith("listenUri: \"elsewhere\" is relative");
    }

    @Test
    void aRelativeAddressHasNoQuery() {
        base("net.tcp://h:9000/base");
        assertThatThrownBy(() -> endpoint("x?y", shared()))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("neither query nor fragment");
    }
}
