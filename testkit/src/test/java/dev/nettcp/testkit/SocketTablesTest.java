package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SocketTablesTest {

    @Test
    void aSocketIsToldByItsStateAndAddresses() throws IOException {
        List<String> before = sockets();
        try (ServerSocket listening = new ServerSocket(0)) {
            List<String> opened = sockets();
            opened.removeAll(before);

            assertThat(opened)
                    .anySatisfy(socket -> assertThat(SocketTables.describe(socket))
                            .contains("LISTEN", ":" + listening.getLocalPort()));
        }
    }

    @Test
    void whatIsNoSocketIsToldAsItIs() {
        assertThat(SocketTables.describe("anon_inode:[eventpoll] 7")).isEqualTo("anon_inode:[eventpoll] 7");
        assertThat(SocketTables.describe("socket:[1]")).isEqualTo("socket:[1] neither bound nor connected");
    }

    private static List<String> sockets() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return new ArrayList<>(links.map(SocketTablesTest::target)
                    .filter(target -> target.startsWith("socket:"))
                    .toList());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "closed: " + closedMeanwhile.getMessage();
        }
    }
}
