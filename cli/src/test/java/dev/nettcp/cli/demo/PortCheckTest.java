package dev.nettcp.cli.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.cli.CommandFailed;
import dev.nettcp.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortCheckTest {

    @Test
    void aFreePortIsNoMatter() {
        assertThatCode(() -> PortCheck.requireFree(FreePort.next())).doesNotThrowAnyException();
    }

    @Test
    void aBusyPortNamesWhoHoldsIt() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            assertThatThrownBy(() -> PortCheck.requireFree(port, any -> Optional.of(new PortHolder(4711, "haproxy"))))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessage(
                            "port %d is held by process 4711 (haproxy); stop it, or choose another port with --port",
                            port);
            assertThatThrownBy(() -> PortCheck.requireFree(port, any -> Optional.empty()))
                    .hasMessageContaining("is held by a process that this user cannot see");
        }
    }
}
