package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.EXACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.service.admin.AdminException;
import dev.nettcp.sharing.service.admin.Explanation;
import dev.nettcp.sharing.service.admin.Route;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.unix.ControlConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's questions, over the control socket. */
class AdminTest extends ServiceTest {

    @Test
    void routesListsEveryRegistrationWithItsWorker() throws Exception {
        service().worker("/b");
        service().worker(service().address("/a"), EXACT);

        List<Route> routes = service().admin().routes();

        assertThat(routes)
                .extracting(Route::address)
                .containsExactly(service().address("/a"), service().address("/b"));
        assertThat(routes).extracting(Route::mode).containsExactly("Exact", "StrongWildcard");
        assertThat(routes).extracting(Route::pid).containsOnly((int)
                ProcessHandle.current().pid());
        assertThat(routes).extracting(Route::lanes).containsOnly(4);
    }

    @Test
    void aLongListComesInManyRows() throws Exception {
        for (int i = 0; i < 150; i++) {
            service().tryWorker(service().address("/" + i), EXACT);
        }

        assertThat(service().admin().routes()).hasSize(150);
    }

    @Test
    void explainSaysWhereAViaGoesAndWhy() throws Exception {
        service().worker("/a");

        Explanation explanation = service().admin().explain(service().address("/a/x"), Optional.empty());

        assertThat(explanation.routed()).isTrue();
        assertThat(explanation.arrivesAt()).isEqualTo("127.0.0.1:" + service().port());
        assertThat(explanation.verdict()).startsWith("goes to " + service().address("/a"));
        assertThat(explanation.reasons()).hasSize(1);
    }

    @Test
    void explainSaysWhyAViaGoesNowhere() throws Exception {
        Explanation explanation = service().admin().explain("net.tcp://h:9000/a", Optional.of("127.0.0.1"));

        assertThat(explanation.routed()).isFalse();
        assertThat(explanation.verdict()).contains("EndpointNotFound");
        assertThat(explanation.reasons()).hasSize(3);
    }

    @Test
    void whatIsNoAddressIsRefusedWithTheReason() throws Exception {
        AdminClient admin = service().admin();

        assertThatThrownBy(() -> admin.explain("not a via", Optional.empty()))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("not a via");
        assertThatThrownBy(() -> admin.explain("net.tcp://h/a", Optional.of("example")))
                .isInstanceOf(AdminException.class)
                .hasMessage("from: 'example' is no IP address");
        assertThat(admin.routes()).isEmpty();
    }

    @Test
    void anUnknownCommandIsRefusedByName() throws Exception {
        AdminClient admin = service().admin();

        assertThatThrownBy(() -> admin.ask("dance", Map.of()))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refused -> assertThat(refused.status()).isEqualTo(StatusCode.UNKNOWN_COMMAND))
                .hasMessageStartingWith("'dance'; known are routes");
    }

    @Test
    void statusHasEveryCounter() throws Exception {
        service().worker("/a");

        Map<String, String> status = service().admin().status();

        assertThat(status)
                .containsEntry("state", "running")
                .containsEntry("registrations-active", "1")
                .containsEntry("uris-registered", "1")
                .containsKeys(
                        List.of(Counter.values()).stream().map(Counter::key).toArray(String[]::new));
        assertThat(status.get("listening"))
                .contains("0.0.0.0:" + service().port(), "[::]:" + service().port());
    }

    @Test
    void aPathThatIsTooLongForASocketIsRefusedByItsLength(@TempDir Path directory) {
        Path tooLong = directory.resolve("x".repeat(108 - directory.toString().length() - 1));

        assertThatThrownBy(() -> AdminClient.connect(tooLong))
                .isInstanceOf(ControlConnectException.class)
                .hasMessageContaining("its path has 108 bytes, and at most 107 are possible");
    }

    @Test
    void withoutAServiceTheSentenceSaysSo(@TempDir Path directory) {
        assertThatThrownBy(() -> AdminClient.connect(directory.resolve("control.sock")))
                .isInstanceOf(ControlConnectException.class)
                .hasMessageContaining("there is no control socket at " + directory.resolve("control.sock"));
    }
}
