package dev.nettcp.sharing.service;

import static dev.nettcp.sharing.service.telemetry.Counter.ENDED_BY_STOP;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import org.junit.jupiter.api.Test;

/** The moments after a start, in which the workers of before register again, one after the other. */
class StartGraceTest extends ServiceTest {
    private static final String LONG = "startGrace: 60s";

    private void awaitWaiting(int connections) {
        Waiting.until(
                connections + " to wait", () -> service().service().queues().waiting() == connections);
    }

    @Test
    void aClientOfAWorkerThatIsNotBackYetWaitsForIt() {
        launch(LONG);
        service().worker("/first");
        ScriptedPeer client = service().client("127.0.0.1", "/second");
        awaitWaiting(1);

        ScriptedWorker second = service().worker("/second");

        TakenConnection taken = second.takes();
        taken.sends((byte) 0x0B);
        client.expects("0b");
        awaitWaiting(0);
    }

    @Test
    void everyoneElseIsServedMeanwhile() {
        launch(LONG, "maxPendingConnections: 1", "handover: {maxWaiting: 10}");
        ScriptedWorker first = service().worker("/first");
        service().client("127.0.0.1", "/second");
        service().client("127.0.0.1", "/third");
        awaitWaiting(2);

        service().client("127.0.0.1", "/first");

        first.takes();
        service().worker("/second").takes();
        awaitWaiting(1);
    }

    @Test
    void beyondMaxWaitingAClientIsToldThatTheServerIsBusy() {
        launch(LONG, "handover: {maxWaiting: 1}");
        service().worker("/first");
        service().client("127.0.0.1", "/second");
        awaitWaiting(1);

        expectsFault(service().client("127.0.0.1", "/second"), FaultCode.SERVER_TOO_BUSY);
    }

    @Test
    void whenTheTimeIsOverThereIsNoSuchEndpoint() {
        launch("startGrace: 500ms");
        service().worker("/first");

        expectsFault(service().client("127.0.0.1", "/second"), FaultCode.ENDPOINT_NOT_FOUND);
        expectsFault(service().client("127.0.0.1", "/second"), FaultCode.ENDPOINT_NOT_FOUND);
        awaitWaiting(0);
    }

    @Test
    void aServiceThatStopsEndsThemWithoutAWord() {
        launch(LONG);
        service().worker("/first");
        ScriptedPeer client = service().client("127.0.0.1", "/second");
        awaitWaiting(1);

        service().service().close();

        client.expectsEndOrReset();
        service().awaitCount(ENDED_BY_STOP, 1);
    }

    @Test
    void withStrictParityNobodyWaits() {
        launch(LONG, "parity: strict");
        service().worker("/first");

        expectsFault(service().client("127.0.0.1", "/second"), FaultCode.ENDPOINT_NOT_FOUND);
    }
}
