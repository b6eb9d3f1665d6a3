package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static dev.nettcp.sharing.service.telemetry.Counter.HANDOVER_FAILURES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.Objection;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whatever one worker, or somebody at the control socket, does: everybody else is served. */
class RobustnessTest extends ServiceTest {

    private void assertServed(ScriptedWorker worker, String path) {
        try (ScriptedPeer client = ScriptedPeer.connect("127.0.0.1", service().port())) {
            client.sends(Preambles.duplex(service().address(path)));
            TakenConnection taken = worker.takes();
            taken.sends((byte) 0x0B);
            client.expects("0b");
            taken.close();
        }
    }

    private SocketChannel toControlSocket() throws IOException {
        return service()
                .closeLater(
                        SocketChannel.open(UnixDomainSocketAddress.of(service().socket())));
    }

    private static void awaitEnd(SocketChannel channel) {
        Waiting.until("the end of the socket", () -> {
            try {
                return channel.read(ByteBuffer.allocate(1000)) < 0;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Test
    void aStoppedWorkerKeepsItsOwnClientsWaitingAndNobodyElse() throws Exception {
        ScriptedWorker other = service().worker("/other");
        try (ChildProcess stopped = JavaProcess.of(WorkerMain.class)
                .args(service().socket(), service().address("/stopped"))
                .start()) {
            stopped.awaitLineStartingWith("registered");
            stopped.stop();
            List<ScriptedPeer> clients = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                clients.add(service().client("127.0.0.1", "/stopped"));
            }
            for (int i = 0; i < 50; i++) {
                assertServed(other, "/other");
            }

            stopped.resume();

            clients.forEach(client -> client.expects("0b"));
        }
    }

    @Test
    void aKilledWorkerIsForgottenAtOnceAndItsClientsAreTold() throws Exception {
        service().worker("/other");
        try (ChildProcess killed = JavaProcess.of(WorkerMain.class)
                .args(service().socket(), service().address("/killed"))
                .start()) {
            killed.awaitLineStartingWith("registered");
            killed.stop();
            ScriptedPeer waits = service().client("127.0.0.1", "/killed");
            Waiting.until("an offer", () -> service().service().queues().offered() == 1);

            killed.kill();

            waits.expects(Preambles.fault(FaultCode.CONNECTION_DISPATCH_FAILED));
            Waiting.until("one registration", () -> service().service().routes().size() == 1);
            expectsFault(service().client("127.0.0.1", "/killed"), FaultCode.ENDPOINT_NOT_FOUND);
        }
    }

    @Test
    void aWorkerThatIsStoppedWithADescriptorInHandDoesNotGetTheConnection() {
        launch("handover: {takeTimeout: 3s, attempts: 1}"); // in which the other worker does take its connection
        ScriptedWorker worker = service().worker("/a");
        ScriptedWorker other = service().worker("/other");
        CountDownLatch stalled = new CountDownLatch(1);
        worker.stallsBeforeTaking(stalled);
        ScriptedPeer client = service().client("127.0.0.1", "/a");

        try {
            client.expects(Preambles.fault(FaultCode.CONNECTION_DISPATCH_FAILED));
            client.expectsEnd();
            assertServed(other, "/other");
        } finally {
            stalled.countDown();
        }
        assertThat(worker.takenAndNotLookedAt()).isZero();
    }

    @Test
    void aConnectionThatIsCutOffEndsAlthoughAWorkerStillHoldsItsDescriptor() {
        launch("parity: strict", "handover: {takeTimeout: 200ms}"); // strict: no second attempt and no fault
        ScriptedWorker worker = service().worker("/a");
        CountDownLatch stalled = new CountDownLatch(1);
        worker.stallsBeforeTaking(stalled);

        try {
            service().client("127.0.0.1", "/a").expectsEndOrReset();
            service().awaitCount(HANDOVER_FAILURES, 1);
        } finally {
            stalled.countDown();
        }
    }

    @Test
    void case026_anOversizedMessageEndsOnlyItsOwnSession() throws IOException {
        ScriptedWorker worker = service().worker("/a");
        SocketChannel big = toControlSocket();
        big.write(ByteBuffer.wrap(new byte[] {0, 0, 0x27, 0x11, 0, 1})); // announces 10 001 bytes

        awaitEnd(big);
        assertServed(worker, "/a");
    }

    @Test
    void garbageAtTheControlSocketEndsOnlyItself() throws IOException {
        ScriptedWorker worker = service().worker("/a");
        Random random = new Random(4711);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[1 + random.nextInt(2000)];
            random.nextBytes(garbage);
            SocketChannel channel = toControlSocket();
            try {
                channel.write(ByteBuffer.wrap(garbage));
            } catch (IOException endedMeanwhile) {
                assertThat(channel.isOpen()).isTrue();
            }
            channel.shutdownOutput();
            awaitEnd(channel);
        }
        assertServed(worker, "/a");
        assertThat(service().service().routes().size()).isEqualTo(1);
    }

    @Test
    void whoConnectsToTheControlSocketAndSaysNothingDisturbsNobody() throws IOException {
        ScriptedWorker worker = service().worker("/a");
        for (int i = 0; i < 200; i++) {
            toControlSocket();
        }

        assertServed(worker, "/a");
        assertThat(service().admin().routes()).hasSize(1);
    }

    @Test
    void aWorkerThatDeclinesEverythingCostsItsOwnClientsOnly() {
        ScriptedWorker declines = service().worker("/declines");
        ScriptedWorker other = service().worker("/other");
        declines.objects(new Objection(DeclineReason.DESCRIPTOR_LIMIT, "full"));
        for (int i = 0; i < 20; i++) {
            expectsFault(service().client("127.0.0.1", "/declines"), FaultCode.CONNECTION_DISPATCH_FAILED);
            assertServed(other, "/other");
        }
        assertThat(service().service().routes().size()).isEqualTo(2);
    }

    @Test
    void registrationsThatComeAndGoDoNotDisturbTheOthers() {
        ScriptedWorker stays = service().worker("/stays");
        for (int i = 0; i < 100; i++) {
            ScriptedWorker goes =
                    ScriptedWorker.registers(service().socket(), service().address("/goes"), STRONG_WILDCARD);
            assertServed(stays, "/stays");
            goes.unregisters();
            goes.dies();
        }
        service().awaitCount(Counter.URIS_UNREGISTERED, 100);
        assertThat(service().service().routes().size()).isEqualTo(1);
    }
}
