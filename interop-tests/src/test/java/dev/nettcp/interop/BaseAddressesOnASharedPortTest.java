package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.ListenUriMode;
import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.ServiceEndpoint;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.service.admin.Route;
import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker with several endpoints registers with the service, a process of its own, and whom its clients reach. */
@Timeout(300)
class BaseAddressesOnASharedPortTest {
    private static final ElementName NAME = ElementName.of("urn:test", "name");
    private static SharedPort shared;

    private final Deque<NetTcpServer> workers = new ArrayDeque<>();

    @BeforeAll
    static void open() {
        shared = SharedPort.open();
    }

    @AfterAll
    static void closeService() {
        shared.close();
    }

    @AfterEach
    void close() {
        workers.forEach(NetTcpServer::close);
    }

    private static NetTcpBinding.Builder binding() {
        return NetTcpBinding.builder().security(SecurityMode.NONE).portSharingEnabled(true);
    }

    private static MessageHandler named(String name) {
        return (request, session) -> Message.of("urn:name", out -> NAME.write(out, name));
    }

    private NetTcpServer worker(UnaryOperator<NetTcpServer.Builder> endpoints) throws IOException {
        NetTcpServer worker = endpoints
                .apply(NetTcpServer.builder(binding().build()).controlSocket(shared.controlSocket()))
                .open();
        workers.push(worker);
        return worker;
    }

    private static List<String> registered() throws IOException {
        try (AdminClient admin = AdminClient.connect(shared.controlSocket())) {
            return admin.routes().stream().map(Route::address).toList();
        }
    }

    private static String ask(String address) throws Exception {
        NetTcpBinding binding =
                NetTcpBinding.builder().security(SecurityMode.NONE).build();
        try (NetTcpClient client = NetTcpClient.to(address, binding)) {
            return client.request(Message.empty("urn:who")).body().getElementText();
        }
    }

    @Test
    void case021_051_endpointsBelowABaseAddressAreOneRegistrationAndTheWorkerSaysWhichDoNotExist() throws Exception {
        worker(server -> server.baseAddress(shared.address("/base"))
                .endpoint("x", named("x"))
                .endpoint("y", named("y")));

        assertThat(registered()).containsExactly(shared.address("/base/"));
        assertThat(ask(shared.address("/base/x"))).isEqualTo("x");
        assertThat(ask(shared.address("/base/y"))).isEqualTo("y");
        assertThatThrownBy(() -> ask(shared.address("/base/z")))
                .isInstanceOfSatisfying(
                        NetTcpException.class,
                        e -> assertThat(e.framingFault())
                                .hasValueSatisfying(fault -> assertThat(fault).endsWith("/EndpointNotFound")));
    }

    @Test
    void case022_141_anEndpointWithOtherSettingsIsRegisteredOneSegmentDeeper() throws Exception {
        worker(server -> server.baseAddress(shared.address("/base"))
                .endpoint("x", named("x"))
                .endpoint("y", binding().maxConnections(7).build(), named("y"))
                .endpoint(
                        "z",
                        binding()
                                .channelInitializationTimeout(Duration.ofSeconds(20))
                                .build(),
                        named("z")));

        assertThat(registered())
                .containsExactlyInAnyOrder(
                        shared.address("/base/"), shared.address("/base/y"), shared.address("/base/z"));
        for (String path : List.of("x", "y", "z")) {
            assertThat(ask(shared.address("/base/" + path))).isEqualTo(path);
        }
    }

    @Test
    void case024_twoWorkersWithAUniqueAddressHaveASegmentEach() throws Exception {
        UnaryOperator<NetTcpServer.Builder> unique = server -> server.endpoint(ServiceEndpoint.of(
                        shared.address("/unique"),
                        (request, session) -> Message.of(
                                "urn:name",
                                out -> NAME.write(
                                        out, String.valueOf(request.addressing().to()))))
                .withListenUriMode(ListenUriMode.UNIQUE));
        NetTcpServer one = worker(unique);
        NetTcpServer two = worker(unique);

        assertThat(registered()).containsExactlyInAnyOrder(one.address(), two.address());
        assertThat(one.address()).startsWith(shared.address("/unique/"));
        assertThat(ask(one.address())).isEqualTo(one.address());
        assertThat(ask(two.address())).isEqualTo(two.address());
    }

    @Test
    void case025_aMetadataEndpointJoinsTheRegistrationOfItsBaseAddress() throws Exception {
        worker(server -> server.baseAddress(shared.address("/base"))
                .endpoint(ServiceEndpoint.of("mex", named("mex"))
                        .withBinding(binding()
                                .portSharingEnabled(false)
                                .maxPendingAccepts(1)
                                .build())
                        .inheritingBaseAddressSettings())
                .endpoint("x", named("x")));

        assertThat(registered()).containsExactly(shared.address("/base/"));
        assertThat(ask(shared.address("/base/mex"))).isEqualTo("mex");
        assertThat(ask(shared.address("/base/x"))).isEqualTo("x");
    }

    @Test
    void case050_ofTwoModesInOneProcessTheStrongWildcardGetsTheVia() throws Exception {
        worker(server -> server.endpoint(shared.address("/s"), named("strong"))
                .endpoint(
                        shared.address("/s/x"),
                        binding()
                                .hostNameComparisonMode(HostNameComparisonMode.EXACT)
                                .build(),
                        named("exact")));

        assertThat(registered()).containsExactlyInAnyOrder(shared.address("/s"), shared.address("/s/x"));
        NetTcpBinding binding =
                NetTcpBinding.builder().security(SecurityMode.NONE).build();
        try (NetTcpClient client = NetTcpClient.builder(shared.address("/s"), binding)
                .via(shared.address("/s/x"))
                .build()) {
            assertThat(client.request(Message.empty("urn:who")).body().getElementText())
                    .isEqualTo("strong");
        }
    }
}
