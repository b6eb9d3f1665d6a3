package dev.nettcp.sharing.service;

import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_ACCEPTED;
import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_DISPATCHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.sharing.ControlCodec;
import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a service begins and ends. */
class StopTest extends ServiceTest {

    @TempDir
    Path directory;

    private ServiceConfig configuration() {
        return ServiceConfig.defaults().withControlSocket(directory.resolve("control.sock"));
    }

    @Test
    void case104_sessionsInTheWorkersLiveOnWhenTheServiceStops() {
        ScriptedWorker worker = service().worker("/a");
        ScriptedPeer client = service().client("127.0.0.1", "/a");
        TakenConnection taken = worker.takes();
        service().awaitCount(CONNECTIONS_DISPATCHED, 1);

        service().service().close();

        assertThat(service().socket()).doesNotExist();
        assertThat(FreePort.isFree(service().port())).isTrue();
        worker.awaitSessionEnd();
        taken.sends((byte) 0x0B);
        client.expects("0b");
        client.sends("0c");
        assertThat(taken.reads(1)).containsExactly(0x0C);
    }

    @Test
    void aConnectionThatIsBeingHandedOverIsGivenTimeWhenTheServiceStops() {
        ScriptedWorker worker = service().worker("/a");
        worker.hasRoomFor(0);
        service().client("127.0.0.1", "/a");
        Waiting.until("an offer", () -> service().service().queues().offered() == 1);

        CompletableFuture<Void> stopped = service().service().stop();
        worker.hasRoomFor(1);

        worker.takes();
        Waiting.result("the end", stopped);
    }

    @Test
    void aConnectionThatNobodyTakesDoesNotKeepTheServiceFromStopping() {
        launch("stopTimeout: 100ms");
        ScriptedWorker worker = service().worker("/a");
        worker.hasRoomFor(0);
        ScriptedPeer client = service().client("127.0.0.1", "/a");
        Waiting.until("an offer", () -> service().service().queues().offered() == 1);

        Waiting.result("the end", service().service().stop());

        client.expectsEndOrReset();
    }

    @Test
    void aClientThatHasNotSaidItsViaWhenTheServiceStopsIsEndedAndNotToldThatThereIsNoEndpoint() throws IOException {
        service().worker("/a");
        byte[] preamble = Preambles.duplex(service().address("/a"));
        ScriptedPeer client = service().client();
        client.sends(Arrays.copyOf(preamble, 10));
        service().awaitCount(CONNECTIONS_ACCEPTED, 1);
        try (SocketChannel lingering =
                SocketChannel.open(UnixDomainSocketAddress.of(service().socket()))) {
            greet(lingering); // and never close: the service waits a while for its end, with the routes gone already

            CompletableFuture<Void> stopped = service().service().stop();
            Waiting.until(
                    "no route",
                    () -> service().service().routes().registrations().isEmpty());
            client.sendsUntilReset(Fragments.whole(Arrays.copyOfRange(preamble, 10, preamble.length)));

            client.expectsEndOrReset();
            Waiting.result("the end", stopped);
        }
    }

    private static void greet(SocketChannel session) throws IOException {
        ByteBuf hello = Unpooled.buffer();
        ControlCodec.encode(new Hello(ProtocolVersion.CURRENT, "lingering", List.of()), hello);
        session.write(hello.nioBuffer());
        assertThat(session.read(ByteBuffer.allocate(1))).as("its welcome").isOne();
    }

    @Test
    void stoppingTwiceIsStoppingOnce() throws Exception {
        PortSharingService running = PortSharingService.launch(configuration());

        assertThat(running.stop()).isSameAs(running.stop());
        running.awaitStopped();
        running.close();
    }

    @Test
    void theControlSocketHasItsModeAndItsDirectoryIsForItsOwnerAndGroup() throws Exception {
        Path inside = directory.resolve("nettcp").resolve("control.sock");
        try (PortSharingService running =
                PortSharingService.launch(configuration().withControlSocket(inside))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(running.controlSocket())))
                    .isEqualTo("rw-rw----");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside.getParent())))
                    .isEqualTo("rwxr-x---");
        }
    }

    @Test
    void aSecondServiceAtTheSamePlaceIsRefused() throws Exception {
        try (PortSharingService first = PortSharingService.launch(configuration())) {
            assertThatThrownBy(() -> PortSharingService.launch(configuration()))
                    .isInstanceOf(ServiceStartException.class)
                    .hasMessageStartingWith(
                            "Another port sharing service has the control socket " + first.controlSocket());
        }
    }

    @Test
    void aSocketThatAKilledServiceLeftBehindIsReplaced() throws Exception {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(directory.resolve("control.sock")));
        }
        assertThat(directory.resolve("control.sock")).exists();

        PortSharingService.launch(configuration()).close();
    }

    @Test
    void whatIsNoSocketIsRefusedBeforeAnythingIsMadeBesideIt() throws Exception {
        Path precious = Files.writeString(directory.resolve("control.sock"), "keep me");

        assertThatThrownBy(() -> PortSharingService.launch(configuration()))
                .isInstanceOf(ServiceStartException.class)
                .hasMessageStartingWith(
                        "The control socket cannot be at %s: a regular file stands there".formatted(precious));
        assertThat(precious).hasContent("keep me");
        assertThat(directory).isDirectoryNotContaining(file -> !file.equals(precious));
    }

    @Test
    void case117_aDirectoryThatOthersMayWriteToIsRefused() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> PortSharingService.launch(configuration()))
                .isInstanceOf(ServiceStartException.class)
                .hasMessageContaining("writable for others (rwxrwxrwx)")
                .hasMessageEndingWith("chmod go-w " + directory);
    }

    @Test
    void aPlaceThatIsNoDirectoryIsOneSentence() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> PortSharingService.launch(configuration().withControlSocket(file.resolve("x.sock"))))
                .isInstanceOf(ServiceStartException.class)
                .hasMessageStartingWith("The control socket cannot be at " + file.resolve("x.sock"));
    }
}
