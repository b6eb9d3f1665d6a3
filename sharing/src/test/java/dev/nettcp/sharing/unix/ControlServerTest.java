package dev.nettcp.sharing.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.sharing.ControlCodec;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Welcome;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.sharing.StatusCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reception at the control socket, spoken to over a plain Unix socket of the JDK. */
class ControlServerTest {
    private static final ControlServerSettings SETTINGS =
            new ControlServerSettings(Duration.ofMillis(300), "rw-rw----", Optional.empty(), 8, "nettcp");

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void open() throws IOException {
        service = new TestService(directory.resolve("control.sock"), SETTINGS);
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    @Test
    void case014_aVersionUpToOursIsWelcomeAndAHigherOneIsRefused() throws Exception {
        try (SocketChannel worker = connect()) {
            write(worker, new Hello(new ProtocolVersion(1, 7), "w", List.of("news")));
            assertThat(read(worker)).isInstanceOf(Welcome.class);
        }
        try (SocketChannel worker = connect()) {
            write(worker, new Hello(new ProtocolVersion(2, 0), "w", List.of()));
            assertThat(read(worker))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(StatusCode.VERSION_UNSUPPORTED));
            assertEnds(worker);
        }
    }

    @Test
    void anythingElseFirstIsRefused() throws Exception {
        try (SocketChannel worker = connect()) {
            write(worker, new Unregister());
            assertThat(read(worker))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(StatusCode.INVALID_ARGUMENT));
            assertEnds(worker);
        }
        assertThat(service.sessions).isEmpty();
    }

    @Test
    void case112_whoIsNotAdmittedHearsWhyAndIsNotListenedTo() throws Exception {
        service.refusal = Optional.of(new Refused(StatusCode.ACCESS_DENIED, "not you"));
        try (SocketChannel worker = connect()) {
            assertThat(read(worker)).isEqualTo(new Refused(StatusCode.ACCESS_DENIED, "not you"));
            assertEnds(worker);
        }
        assertThat(service.sessions).isEmpty();
    }

    @Test
    void case115_whoComesIsKnownFromTheKernel() throws Exception {
        try (SocketChannel worker = connect()) {
            write(worker, new Hello(ProtocolVersion.CURRENT, "pid 1 of user 0", List.of()));
            assertThat(read(worker)).isInstanceOf(Welcome.class);
            var session = TestService.next(service.sessions).session;
            assertThat(session.peer().pid())
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThat(session.peer().uid()).isEqualTo(ControlClient.ownUser());
        }
    }

    @Test
    void case116_aServiceOfAStrangerHearsNothing() throws Exception {
        ControlClient client =
                new ControlClient(service.server.path(), service.group, Duration.ofSeconds(10), uid -> false);

        assertThatThrownBy(() -> client.openSession("w", List.of(), TestServiceSession::new)
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ControlConnectException.class,
                        failure ->
                                assertThat(failure.reason()).isEqualTo(ControlConnectException.Reason.UNTRUSTED_PEER));
        assertThat(service.sessions).isEmpty();
    }

    @Test
    void whoSaysNothingIsNotWaitedForLongerThanTheLimit() throws Exception {
        try (SocketChannel worker = connect()) {
            assertEnds(worker);
        }
    }

    @Test
    void case026_nonsenseEndsThatSessionWithAWordAndNoOther() throws Exception {
        try (SocketChannel other = connect();
                SocketChannel worker = connect()) {
            write(other, new Hello(ProtocolVersion.CURRENT, "other", List.of()));
            assertThat(read(other)).isInstanceOf(Welcome.class);
            write(worker, new Hello(ProtocolVersion.CURRENT, "w", List.of()));
            assertThat(read(worker)).isInstanceOf(Welcome.class);

            worker.write(ByteBuffer.allocate(8).putInt(0, 10_001));

            assertThat(read(worker)).isInstanceOf(Refused.class);
            assertEnds(worker);
            service.answers = (session, message) -> List.of();
            TestService.next(service.sessions).session.send(new Unregistered());
            assertThat(read(other)).isEqualTo(new Unregistered());
        }
    }

    @Test
    void theSocketHasItsPermissionsAndGoesWithTheServer() throws Exception {
        Path path = service.server.path();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-rw----");

        assertThatThrownBy(() -> ControlServer.bind(path, service.group, SETTINGS, service))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another service listens");

        service.server.close();
        assertThat(path).doesNotExist();
        assertThat(directory).isEmptyDirectory();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(service.server.path()));
    }

    private static void write(SocketChannel channel, ControlMessage message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        ControlCodec.encode(message, out);
        channel.write(out.nioBuffer());
    }

    private static ControlMessage read(SocketChannel channel) throws IOException {
        ByteBuf in = Unpooled.buffer();
        ControlCodec codec = new ControlCodec(ControlCodec.MAX_SIZE_FROM_SERVICE);
        ByteBuffer one = ByteBuffer.allocate(1);
        while (channel.read(one.clear()) == 1) {
            in.writeByte(one.get(0));
            ControlMessage message = codec.decode(in);
            if (message != null) {
                return message;
            }
        }
        throw new AssertionError("the end instead of a message");
    }

    private static void assertEnds(SocketChannel channel) throws IOException {
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    /** A session that is never opened. */
    private static final class TestServiceSession implements ControlSessionHandler {
        TestServiceSession(ControlSession session) {
            throw new AssertionError("opened with " + session.peer());
        }

        @Override
        public void received(ControlMessage message) {}

        @Override
        public void closed(String why) {}
    }
}
