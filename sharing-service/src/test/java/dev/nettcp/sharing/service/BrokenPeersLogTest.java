package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service's log says of those who do not keep to the protocol, and what they cannot make it say. */
class BrokenPeersLogTest {
    @TempDir
    Path directory;

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private ChildProcess service() {
        ChildProcess process = JavaProcess.of(ServiceMain.class).args(socket()).start();
        process.awaitLineStartingWith("ready");
        return process;
    }

    private void isRefusedFor(ByteBuffer bytes) throws IOException {
        try (RawWorker worker = new RawWorker(socket())) {
            worker.sends(bytes);
            assertThat(worker.receives()).containsInstanceOf(Refused.class);
        }
    }

    private void isRefusedFor(Hello hello) throws IOException {
        try (RawWorker worker = new RawWorker(socket())) {
            worker.sends(hello);
            assertThat(worker.receives()).containsInstanceOf(Refused.class);
        }
    }

    @Test
    void whoBreaksTheProtocolLeavesALineWithACodeThePeerAndTheReason() throws Exception {
        String peer = "pid " + ProcessHandle.current().pid();
        try (ChildProcess process = service()) {
            isRefusedFor(ByteBuffer.allocate(8).putInt(0, 10_001));
            process.awaitLine(line -> line.contains("NTP204") && line.contains(peer) && line.contains("10001"));
            isRefusedFor(ByteBuffer.allocate(6).putInt(0, 2).putShort(4, (short) 0x7777));
            process.awaitLine(line -> line.contains("NTP204") && line.contains("0x7777"));
            isRefusedFor(new Hello(new ProtocolVersion(2, 0), "newer", List.of()));
            process.awaitLine(line -> line.contains("NTP204") && line.contains("2.0") && line.contains("newer"));
            try (RawWorker worker = RawWorker.greets(socket())) {
                worker.sends(new Hello(ProtocolVersion.CURRENT, "again", List.of()));
                process.awaitLine(line -> line.contains("NTP204") && line.contains("Hello is out of place"));
            }
        }
    }

    @Test
    void textOfAPeerCannotForgeALine() throws Exception {
        try (ChildProcess process = service();
                RawWorker worker = new RawWorker(socket())) {
            worker.sends(
                    new Hello(ProtocolVersion.CURRENT, "p\nNTP100 forged\u001b[2J", List.of()),
                    new Register("net.tcp://x\nNTP200 forged\u001b[31m" + "y".repeat(5000), STRONG_WILDCARD));

            String refused = process.awaitLine(line -> line.contains("NTP202"));
            assertThat(refused).contains("x\\u000ANTP200 forged\\u001B[31m").hasSizeLessThan(1500);
            assertThat(process.output()).noneMatch(line -> line.startsWith("NTP"));
        }
    }
}
