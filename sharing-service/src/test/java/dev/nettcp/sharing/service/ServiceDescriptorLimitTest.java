package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.JavaProcess;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that has no descriptor left: it pauses, drops nobody, stays reachable for its operator, and goes on. */
class ServiceDescriptorLimitTest {
    private static final int SPARE = 10;

    @TempDir
    Path directory;

    private final int port = FreePort.next();

    private static long openDescriptors(ChildProcess process) {
        try (Stream<Path> open = Files.list(Path.of("/proc/%d/fd".formatted(process.pid())))) {
            return open.count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void limit(ChildProcess process, long descriptors) throws Exception {
        Process prlimit = new ProcessBuilder(
                        "prlimit",
                        "--pid",
                        Long.toString(process.pid()),
                        "--nofile=%d:%d".formatted(descriptors, descriptors))
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    private String address() {
        return "net.tcp://127.0.0.1:%d/a".formatted(port);
    }

    private void assertServed(ScriptedWorker worker) {
        try (ScriptedPeer client = ScriptedPeer.connect("127.0.0.1", port)) {
            client.sends(Preambles.duplex(address()));
            try (TakenConnection taken = worker.takes()) {
                taken.sends((byte) 0x0B);
                client.expects("0b");
            }
        }
    }

    private static long count(AdminClient admin, Counter counter) {
        try {
            Map<String, String> status = admin.status();
            return Long.parseLong(status.getOrDefault(counter.key(), "0"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void atItsLimitTheServicePausesAcceptingAndGoesOnWhenDescriptorsAreFree() throws Exception {
        Path socket = directory.resolve("control.sock");
        try (ChildProcess process =
                JavaProcess.of(ServiceMain.class).args(socket).start()) {
            process.awaitLineStartingWith("ready");
            try (ScriptedWorker worker = ScriptedWorker.registers(socket, address(), STRONG_WILDCARD);
                    AdminClient admin = AdminClient.connect(socket)) {
                worker.opensLanes();
                assertServed(worker);
                count(admin, Counter.ACCEPT_PAUSES);
                limit(process, openDescriptors(process) + SPARE);

                List<ScriptedPeer> silent = new ArrayList<>();
                for (int i = 0; i < 3 * SPARE; i++) {
                    silent.add(ScriptedPeer.connect("127.0.0.1", port)); // the kernel takes them all
                }
                process.awaitLine(line -> line.contains("NTP303"));

                assertThat(count(admin, Counter.CONNECTIONS_ACCEPTED)).isLessThan(1 + 2 * SPARE);
                assertThat(count(admin, Counter.ACCEPT_PAUSES)).isLessThan(10);
                try (AdminClient second = AdminClient.connect(socket)) {
                    assertThat(second.routes())
                            .as("the reserve is for the control socket")
                            .hasSize(1);
                }

                silent.forEach(ScriptedPeer::close);
                process.awaitLine(line -> line.contains("NTP304"));
                Waiting.until(
                        "everybody to be accepted",
                        () -> count(admin, Counter.CONNECTIONS_ACCEPTED) == 1 + silent.size());
                assertServed(worker);
            }
        }
    }

    @Test
    void case073_refusedClientsThatNeverCloseAreGivenUpFirst() throws Exception {
        Path socket = directory.resolve("control.sock");
        try (ChildProcess process =
                JavaProcess.of(ServiceMain.class).args(socket).start()) {
            process.awaitLineStartingWith("ready");
            try (ScriptedWorker worker = ScriptedWorker.registers(socket, address(), STRONG_WILDCARD);
                    AdminClient admin = AdminClient.connect(socket)) {
                worker.opensLanes();
                assertServed(worker);
                count(admin, Counter.ACCEPT_PAUSES);
                limit(process, openDescriptors(process) + SPARE);

                List<ScriptedPeer> refused = new ArrayList<>();
                for (int i = 0; i < 3 * SPARE; i++) {
                    ScriptedPeer client = ScriptedPeer.connect("127.0.0.1", port);
                    client.sends(Preambles.duplex("net.tcp://127.0.0.1:%d/nobody".formatted(port)));
                    refused.add(client);
                }
                Waiting.until(
                        "all to be accepted, though none closes",
                        () -> count(admin, Counter.CONNECTIONS_ACCEPTED) == 1 + refused.size());
                assertServed(worker);
                refused.forEach(ScriptedPeer::close);
            }
        }
    }

    @Test
    void case121_idleSessionsAtTheLimitDoNotKeepTheOperatorOut() throws Exception {
        Path socket = directory.resolve("control.sock");
        try (ChildProcess process =
                JavaProcess.of(ServiceMain.class).args(socket).start()) {
            process.awaitLineStartingWith("ready");
            try (ScriptedWorker worker = ScriptedWorker.registers(socket, address(), STRONG_WILDCARD)) {
                worker.opensLanes();
                assertServed(worker);
                try (AdminClient admin = AdminClient.connect(socket)) {
                    count(admin, Counter.ACCEPT_PAUSES);
                }
                limit(process, openDescriptors(process) + SPARE);

                List<RawWorker> idle = new ArrayList<>();
                for (int i = 0; i < 3 * SPARE; i++) {
                    idle.add(RawWorker.greets(socket));
                }
                process.awaitLine(line -> line.contains("NTP303") && line.contains("control socket"));

                try (AdminClient admin = AdminClient.connect(socket)) {
                    assertThat(admin.routes()).hasSize(1);
                }
                for (RawWorker session : idle) {
                    session.close();
                }
                assertServed(worker);
            }
        }
    }
}
