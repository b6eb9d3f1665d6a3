package dev.nettcp.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortHolderTest {

    @Test
    void aPortOfThisProcessIsHeldByThisProcess() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortHolder.of(socket.getLocalPort()))
                    .hasValueSatisfying(holder -> assertThat(holder.pid())
                            .isEqualTo(ProcessHandle.current().pid()));
        }
    }

    @Test
    void theTablesOfBothFamiliesAreRead(@TempDir Path proc) throws IOException {
        Path descriptors = Files.createDirectories(proc.resolve("4711/fd"));
        Files.createSymbolicLink(descriptors.resolve("5"), Path.of("socket:[31337]"));
        Files.createSymbolicLink(descriptors.resolve("0"), Path.of("pipe:[1]"));
        Files.writeString(proc.resolve("4711/comm"), "haproxy\n");
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp6"), """
                  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000000000000000000000000000:2328 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31337 1 0000000000000000 100 0 0 10 0
                """);
        assertThat(PortHolder.of(9000, proc)).contains(new PortHolder(4711, "haproxy"));
        assertThat(PortHolder.of(9001, proc)).isEmpty();
    }

    @Test
    void aConnectionOfThatPortIsNoListener(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), """
                   1: 0100007F:2328 0100007F:D1A4 01 00000000:00000000 00:00000000 00000000     0        0 31338 1 0000000000000000 20 4 30 10 -1
                """);
        assertThat(PortHolder.of(9000, proc)).isEmpty();
    }

    @Test
    void whatCannotBeSeenIsNotNamed(@TempDir Path proc) {
        assertThat(PortHolder.of(9000, proc)).isEmpty();
    }
}
