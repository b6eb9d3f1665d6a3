package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which clients of a process use each other's connections. A connection is known by the client's port. */
class PoolGroupTest {
    private final Loopback loopback = new Loopback();
    private final String group = UUID.randomUUID().toString();
    private NetTcpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = loopback.serve((request, session) -> Loopback.message(
                "urn:port", String.valueOf(session.remoteAddress().getPort())));
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void clientsWithEqualPoolSettingsUseTheSameConnection() {
        ConnectionPoolSettings settings = settings(group, 10);
        int first = portOf(settings);

        Waiting.until("the connection of the first client is used again", () -> portOf(settings(group, 10)) == first);
    }

    @Test
    void clientsOfDifferentGroupsNeverShareAConnection() {
        int first = portOf(settings(group, 10));

        assertThat(portOf(settings(group + "2", 10))).isNotEqualTo(first);
    }

    @Test
    void clientsWhosePoolSettingsDifferOtherwiseDoNotShareEither() {
        int first = portOf(settings(group, 10));

        assertThat(portOf(settings(group, 9))).isNotEqualTo(first);
    }

    private static ConnectionPoolSettings settings(String group, int connections) {
        return new ConnectionPoolSettings(group, Duration.ofMinutes(2), Duration.ofMinutes(5), connections);
    }

    private int portOf(ConnectionPoolSettings settings) {
        NetTcpBinding binding =
                Loopback.builder().connectionPoolSettings(settings).build();
        try (NetTcpClient client = NetTcpClient.to(server.address(), binding)) {
            return Integer.parseInt(Loopback.textOf(client.request(Loopback.message("urn:which", ""))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
