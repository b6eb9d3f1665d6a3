package dev.nettcp.interop.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedPeer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker in another language, written from the protocol's page alone, takes connections from the real service. */
class PythonWorkerTest {
    private final int port = FreePort.next();

    @TempDir
    Path directory;

    private PortSharingService service;

    @BeforeEach
    void launch() throws Exception {
        Counterpart.PYTHON.need();
        service = PortSharingService.launch(
                ServiceConfig.defaults().withControlSocket(directory.resolve("control.sock")));
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void takesConnectionsAndAcknowledgesTheirPreambles() {
        try (ChildProcess worker = worker("/a")) {
            worker.awaitLineStartingWith("REGISTERED");
            for (int i = 0; i < 20; i++) {
                assertServed("/a/b");
            }
        }
        Counterpart.PYTHON.ran("a worker of its own");
    }

    @Test
    void twoOfThemShareThePort() {
        try (ChildProcess one = worker("/one");
                ChildProcess two = worker("/two")) {
            one.awaitLineStartingWith("REGISTERED");
            two.awaitLineStartingWith("REGISTERED");

            int first = assertServed("/one");
            int second = assertServed("/two");

            one.awaitLine(line -> line.equals("ACK %s from %d".formatted(address("/one"), first)));
            two.awaitLine(line -> line.equals("ACK %s from %d".formatted(address("/two"), second)));
        }
    }

    @Test
    void aTakenAddressIsRefused() {
        try (ChildProcess first = worker("/a")) {
            first.awaitLineStartingWith("REGISTERED");
            try (ChildProcess second = worker("/a")) {
                assertThat(second.awaitLineStartingWith("FAILED")).contains("status 4");
                assertThat(second.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            }
        }
    }

    @Test
    void oneThatIsKilledFreesItsAddress() {
        try (ChildProcess first = worker("/a")) {
            first.awaitLineStartingWith("REGISTERED");
            assertServed("/a");
            first.kill();
        }
        try (ChildProcess second = worker("/a")) {
            second.awaitLineStartingWith("REGISTERED");
            assertServed("/a");
        }
    }

    private ChildProcess worker(String path) {
        return PythonPeer.start(
                "worker.py", "--socket", service.controlSocket().toString(), "--address", address(path));
    }

    private String address(String path) {
        return "net.tcp://localhost:%d%s".formatted(port, path);
    }

    /** Opens a session by hand, closes it, and returns the port it came from. */
    private int assertServed(String path) {
        byte[] via = address(path).getBytes(StandardCharsets.UTF_8);
        try (ScriptedPeer client = ScriptedPeer.connect("localhost", port)) {
            client.sends("00 01 00 01 02 02 %02X".formatted(via.length));
            client.sends(via);
            client.sends("03 08 0C");
            client.expects("0B");
            client.sends("07");
            client.expects("07");
            client.expectsEnd();
            return client.localAddress().getPort();
        }
    }
}
