package dev.nettcp.sharing.service;

import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_DISPATCHED;
import static dev.nettcp.sharing.service.telemetry.Counter.DISPATCH_FAILURES;
import static dev.nettcp.sharing.service.telemetry.Counter.HANDOVERS_GIVEN_UP;
import static dev.nettcp.sharing.service.telemetry.Counter.HANDOVER_FAILURES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.Objection;
import dev.nettcp.testkit.OpenSockets;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import org.junit.jupiter.api.Test;

/** Giving a connection to a worker, and what becomes of it when the worker does not take it. */
class HandoverTest extends ServiceTest {

    private void awaitOffered(int offered) {
        Waiting.until(
                offered + " to be offered", () -> service().service().queues().offered() == offered);
    }

    @Test
    void case084_theWorkerSeesTheClientsAddress() {
        ScriptedWorker worker = service().worker("/a");
        ScriptedPeer client = service().client("127.0.0.1", "/a");

        TakenConnection taken = worker.takes();

        assertThat(taken.header().remote()).isEqualTo(client.localAddress());
        assertThat(taken.header().local()).isEqualTo(client.remoteAddress());
        assertThat(taken.socket().remote()).contains(client.localAddress());
    }

    @Test
    void case085_whenTheWorkerClosesTheClientSeesItAtOnce() {
        ScriptedWorker worker = service().worker("/a");
        ScriptedPeer client = service().client("127.0.0.1", "/a");
        TakenConnection taken = worker.takes();
        service().awaitCount(CONNECTIONS_DISPATCHED, 1);

        taken.close();

        client.expectsEnd();
    }

    @Test
    void case086_aConnectionIsDispatchedWhenTheWorkerHasTakenIt() {
        ScriptedWorker worker = service().worker("/a");
        worker.hasRoomFor(0);
        service().client("127.0.0.1", "/a");
        awaitOffered(1);
        assertThat(service().count(CONNECTIONS_DISPATCHED)).isZero();

        worker.hasRoomFor(1);

        worker.takes();
        service().awaitCount(CONNECTIONS_DISPATCHED, 1);
    }

    @Test
    void case091_092_aConnectionWhoseWorkerDiesMeanwhileGetsConnectionDispatchFailed() {
        ScriptedWorker worker = service().worker("/a");
        service().worker("/other"); // keeps the port open
        worker.hasRoomFor(0);
        ScriptedPeer client = service().client("127.0.0.1", "/a");
        awaitOffered(1);

        worker.dies();

        expectsFault(client, FaultCode.CONNECTION_DISPATCH_FAILED);
        service().awaitCount(HANDOVERS_GIVEN_UP, 1);
        assertThat(service().count(DISPATCH_FAILURES)).isZero();
    }

    @Test
    void case091_ifAnotherWorkerServesItsAddressItGoesThere() {
        ScriptedWorker special = service().worker("/a/b");
        ScriptedWorker general = service().worker("/a");
        special.hasRoomFor(0);
        service().client("127.0.0.1", "/a/b");
        awaitOffered(1);

        special.dies();

        assertThat(general.takes().bytesRead())
                .isEqualTo(Preambles.duplex(service().address("/a/b")));
        service().awaitCount(HANDOVER_FAILURES, 1);
    }

    @Test
    void case093_126_aConnectionThatIsDeclinedAgainAndAgainIsGivenUpAndTheWorkerStays() {
        launch("handover: {attempts: 2}");
        ScriptedWorker worker = service().worker("/a");
        worker.objects(new Objection(DeclineReason.DESCRIPTOR_LIMIT, "no descriptor left"));

        expectsFault(service().client("127.0.0.1", "/a"), FaultCode.CONNECTION_DISPATCH_FAILED);
        service().awaitCount(HANDOVER_FAILURES, 2);
        service().awaitCount(HANDOVERS_GIVEN_UP, 1);
        assertThat(service().count(DISPATCH_FAILURES)).isZero();

        worker.objectsNoMore();
        service().client("127.0.0.1", "/a");
        worker.takes();
    }

    @Test
    void aWorkerWithoutLanesLetsItsClientsWaitForThem() {
        ScriptedWorker worker = service().worker("/a");
        worker.closesLanes();
        service().client("127.0.0.1", "/a");
        Waiting.until("it to wait", () -> service().service().queues().waiting() == 1);

        worker.opensLane();

        worker.takes();
    }

    @Test
    void aLaneThatBreaksCostsAnAttemptAndNotTheConnection() {
        launch("handover: {attempts: 10}");
        ScriptedWorker worker = service().worker("/a");
        worker.hasRoomFor(0);
        service().client("127.0.0.1", "/a");
        awaitOffered(1);

        worker.closesLanes();
        Waiting.until("it to wait", () -> service().service().queues().waiting() == 1);
        worker.hasRoomFor(1);
        worker.opensLane();

        worker.takes();
        assertThat(service().count(HANDOVER_FAILURES)).isBetween(1L, 4L); // others may have been open a moment longer
    }

    @Test
    void case096_manySessionsLeaveTheNumberOfDescriptorsAsItWas() {
        ScriptedWorker worker = service().worker("/a");
        session(worker);
        long before = OpenSockets.count();

        for (int i = 0; i < 1000; i++) {
            session(worker);
        }

        Waiting.until("the descriptors to be closed", () -> OpenSockets.count() <= before);
    }

    private void session(ScriptedWorker worker) {
        try (ScriptedPeer client = ScriptedPeer.connect("127.0.0.1", service().port())) {
            client.sends(Preambles.duplex(service().address("/a")));
            try (TakenConnection taken = worker.takes()) {
                taken.sends((byte) 0x0B);
                client.expects("0b");
            }
            client.expectsEnd();
        }
    }
}
