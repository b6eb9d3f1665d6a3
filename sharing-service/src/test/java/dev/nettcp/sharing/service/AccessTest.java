package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.config.AllowAccounts;
import dev.nettcp.sharing.service.config.ConfigException;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.sharing.service.telemetry.Counter;
import org.junit.jupiter.api.Test;

/** allowAccounts, over the control socket. */
class AccessTest extends ServiceTest {

    @Test
    void anOperatorWhoIsNotListedMayAskButNotRegister() throws Exception {
        launch("allowAccounts: {users: [4242]}");

        ScriptedWorker worker = service().tryWorker(service().address("/a"), STRONG_WILDCARD);

        assertThat(worker.status()).isEqualTo(StatusCode.ACCESS_DENIED);
        assertThat(worker.registered().text()).contains("allowAccounts.users: 4242");
        worker.awaitSessionEnd();
        assertThat(service().admin().routes()).isEmpty();
        service().awaitCount(Counter.REGISTRATIONS_REFUSED, 1);
    }

    @Test
    void aConfigurationWithAnUnknownUserDoesNotStart() throws Exception {
        ServiceConfig config = ServiceConfig.parse("nettcp.yaml", "allowAccounts: {users: [no-such-user-here]}");
        assertThat(config.allowAccounts()).isNotEqualTo(AllowAccounts.DEFAULT);

        assertThatThrownBy(() -> PortSharingService.launch(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no-such-user-here");
    }
}
