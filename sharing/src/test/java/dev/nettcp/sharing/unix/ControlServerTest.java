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
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
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
            new ControlServerSettings(Duration.ofMillis(300), "rw-rw----", Optional.empty(), 8, "nettcp", 8);

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
            assertRefused(worker, StatusCode.INVALID_ARGUMENT);
        }
    }

    @Test
    void aSessionThatDoesNothingIsNotWaitedForEitherButOneThatHoldsSomethingIs() throws Exception {
        try (SocketChannel holder = connect();
                SocketChannel idle = connect()) {
            write(holder, new Hello(ProtocolVersion.CURRENT, "holder", List.of()));
            assertThat(read(holder)).isInstanceOf(Welcome.class);
            ControlSession held = TestService.next(service.sessions).session;
            held.stand(Standing.HOLDING);
            write(idle, new Hello(ProtocolVersion.CURRENT, "idle", List.of()));
            assertThat(read(idle)).isInstanceOf(Welcome.class);

            assertRefused(idle, StatusCode.INVALID_ARGUMENT);

            assertThat(held.send(new Unregistered()))
                    .succeedsWithin(SETTINGS.greetingLimit().multipliedBy(30));
            assertThat(read(holder)).isEqualTo(new Unregistered());
            held.stand(Standing.IDLE);
            assertRefused(holder, StatusCode.INVALID_ARGUMENT);
        }
    }

    private static void assertRefused(SocketChannel channel, StatusCode status) throws IOException {
        assertThat(read(channel))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
        assertEnds(channel);
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

    @Test
    void whatIsNoSocketIsNeitherReplacedNorDeleted() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "keep me");
        Path link = Files.createSymbolicLink(directory.resolve("link"), precious);
        Path folder = Files.createDirectory(directory.resolve("folder"));

        assertRefused(precious, "a regular file stands there");
        assertRefused(link, "a symbolic link stands there");
        assertRefused(folder, "a directory stands there");
        assertThat(precious).hasContent("keep me");
        assertThat(link).isSymbolicLink();
    }

    private void assertRefused(Path path, String reason) {
        assertThatThrownBy(() -> ControlServer.bind(path, service.group, SETTINGS, service))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aSocketOfAnotherUserIsNotReplacedAndOneOfRootIs() throws Exception {
        Path socket = service.server.path();
        int owner = ControlClient.ownUser();

        SocketFile.requireReplaceable(socket, owner);
        if (owner != 0) {
            assertThatThrownBy(() -> SocketFile.requireReplaceable(socket, owner + 1))
                    .hasMessageContaining("a socket of user " + owner);
        } else {
            SocketFile.requireReplaceable(socket, 1000);
        }
    }

    @Test
    void whatHasTakenItsPlaceMeanwhileIsNotDeletedWithIt() throws Exception {
        Path path = service.server.path();
        Files.delete(path);
        Files.writeString(path, "another's");

        service.server.close();

        assertThat(path).hasContent("another's");
    }

    @Test
    void theSocketOfADeadServiceIsReplaced() throws Exception {
        Path path = directory.resolve("left.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        ControlServer.bind(path, service.group, SETTINGS, service).close();
        assertThat(path).doesNotExist();
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
