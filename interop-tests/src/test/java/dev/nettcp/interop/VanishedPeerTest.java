package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.connection.KeepAlive;
import dev.nettcp.examples.Calculator;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.NetworkNamespace;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A long session in which nobody says anything, and a peer that is gone without a farewell. */
@Timeout(120)
class VanishedPeerTest {

    private static final KeepAlive QUICK = new KeepAlive(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
    private static final NetTcpBinding BINDING =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private static final String CLIENT = """
            import socket, sys, time
            s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
            s.sendall(bytes.fromhex(sys.argv[3]))
            assert s.recv(1) == b'\\x0b'
            print('open', flush=True)
            time.sleep(100)
            """;
    private static final String SERVER = """
            import socket, sys, time
            l = socket.create_server(('', int(sys.argv[1])))
            print('listening', flush=True)
            s = l.accept()[0]
            s.recv(1000)
            s.sendall(b'\\x0b')
            time.sleep(100)
            """;

    @Test
    void aClientThatHasVanishedIsMissedByTheServer() throws Exception {
        Counterpart.PYTHON.need();
        try (NetworkNamespace other = NetworkNamespace.open();
                NetTcpServer server = NetTcpServer.builder(BINDING)
                        .endpoint("net.tcp://%s:0/calc".formatted(other.hereAddress()), Calculator.service())
                        .keepAlive(QUICK)
                        .open()) {
            ViaUri via = ViaUri.parse(server.address());
            try (ChildProcess client =
                    python(other, CLIENT, other.hereAddress(), Integer.toString(via.port()), preamble(via))) {
                client.awaitLine("open"::equals);
                MessageSession session = Waiting.value(
                        "a session", () -> server.sessions().stream().findFirst());
                assertThatItIsMissed(session, other);
            }
        }
    }

    @Test
    void aServerThatHasVanishedIsMissedByTheClient() throws Exception {
        Counterpart.PYTHON.need();
        try (NetworkNamespace other = NetworkNamespace.open();
                ChildProcess server = python(other, SERVER, "9000")) {
            server.awaitLine("listening"::equals);
            NetTcpClient client = NetTcpClient.builder("net.tcp://%s:9000/x".formatted(other.thereAddress()), BINDING)
                    .keepAlive(QUICK)
                    .build();
            assertThatItIsMissed(client.open(), other);
            client.abort();
        }
    }

    private static void assertThatItIsMissed(MessageSession session, NetworkNamespace other) {
        CompletableFuture<Throwable> missed = new CompletableFuture<>();
        session.onFaulted(missed::complete);
        assertThat(missed).isNotDone();
        other.cutTheCable();
        assertThat(Waiting.result("the peer is missed", missed)).isInstanceOf(NetTcpException.class);
    }

    private static ChildProcess python(NetworkNamespace where, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3", "-c", program));
        command.addAll(List.of(arguments));
        return ChildProcess.start(where.there(command));
    }

    private static String preamble(ViaUri via) {
        ByteBuf out = Unpooled.buffer();
        new Preamble(FramingMode.DUPLEX, via, ContentType.BINARY_SESSION)
                .records()
                .forEach(one -> FramingEncoder.encode(one, out));
        return ByteBufUtil.hexDump(out.writeByte(0x0c));
    }
}
