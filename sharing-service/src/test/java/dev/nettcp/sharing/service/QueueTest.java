package dev.nettcp.sharing.service;

import static dev.nettcp.sharing.service.telemetry.Counter.CLIENTS_GONE;
import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_ACCEPTED;
import static dev.nettcp.sharing.service.telemetry.Counter.DISPATCH_FAILURES;
import static dev.nettcp.sharing.service.telemetry.Counter.QUEUE_TIMEOUTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits in front of the workers, and what a slow one costs: its own clients, and nobody else. */
class QueueTest extends ServiceTest {
    /** So many connections of one registration are offered at a time. */
    private static final int LANES = 4;

    private void awaitWaiting(int waiting, int offered) {
        Waiting.until("%d to wait and %d to be offered".formatted(waiting, offered), () -> {
            var queues = service().service().queues();
            return queues.waiting() == waiting && queues.offered() == offered;
        });
    }

    @Test
    void case075_beyondMaxPendingConnectionsNothingIsReadAndNothingDropped() {
        launch("maxPendingConnections: 5", "listenBacklog: 100", "handover: {maxWaiting: 100}");
        ScriptedWorker worker = service().worker("/a");
        List<ScriptedPeer> silent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            silent.add(service().client());
        }
        service().awaitCount(CONNECTIONS_ACCEPTED, 5);

        for (int i = 0; i < 20; i++) {
            service().client("127.0.0.1", "/a");
        }

        Waiting.until(
                "all of them to stand in the kernel's queue",
                () -> inTheKernelsQueue(service().port()) == 20);
        service().awaitCount(CONNECTIONS_ACCEPTED, 5);

        silent.get(0).resets();
        for (int i = 0; i < 20; i++) {
            worker.takes();
        }
        service().awaitCount(CONNECTIONS_ACCEPTED, 25);
    }

    /** Connections that are complete and not accepted: the receive queue of a listening socket. */
    private static int inTheKernelsQueue(int port) {
        String local = "00000000:%04X".formatted(port);
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
            return sockets.map(line -> line.strip().split("\\s+"))
                    .filter(socket -> socket[1].equals(local) && socket[3].equals("0A"))
                    .mapToInt(socket -> Integer.parseInt(socket[4].substring(9), 16))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void case082_ipv4AndIpv6HaveTheirPlacesApart() {
        launch("maxPendingConnections: 1");
        ScriptedWorker worker = service().worker("/a");
        service().client("127.0.0.1");
        service().awaitCount(CONNECTIONS_ACCEPTED, 1);

        service().client("::1", "/a");

        worker.takes();
    }

    @Test
    void case076_aWorkerThatTakesNothingFillsOnlyItsOwnQueue() {
        launch("handover: {maxWaiting: 3}");
        ScriptedWorker slow = service().worker("/slow");
        slow.hasRoomFor(0);
        for (int i = 0; i < LANES + 3; i++) {
            service().client("127.0.0.1", "/slow");
        }
        awaitWaiting(3, LANES);

        expectsFault(service().client("127.0.0.1", "/slow"), FaultCode.SERVER_TOO_BUSY);
        service().awaitCount(DISPATCH_FAILURES, 1);

        ScriptedWorker other = service().worker("/other");
        service().client("127.0.0.1", "/other");
        other.takes();
    }

    @Test
    void case076_078_theOriginalAbortsWhatIsTooMuchAndOffersOneAtATime() {
        launch("parity: strict", "handover: {maxWaiting: 3}");
        ScriptedWorker slow = service().worker("/slow");
        slow.hasRoomFor(0);
        for (int i = 0; i < 4; i++) {
            service().client("127.0.0.1", "/slow");
        }
        awaitWaiting(3, 1);

        service().client("127.0.0.1", "/slow").expectsReset();
        service().awaitCount(DISPATCH_FAILURES, 1);
    }

    @Test
    void case077_waitingConnectionsAreDeliveredInTheOrderOfTheirArrival() {
        launch("parity: strict"); // one lane
        ScriptedWorker worker = service().worker("/a");
        worker.hasRoomFor(0);
        for (int i = 0; i < 10; i++) {
            service().client("127.0.0.1", "/a/" + i);
            int arrived = i;
            Waiting.until("arrival", () -> service().service().queues().connections() == arrived + 1);
        }

        worker.hasRoomFor(100);

        for (int i = 0; i < 10; i++) {
            assertThat(worker.takes().header().via()).endsWith("/a/" + i);
        }
    }

    @Test
    void case079_withALimitAConnectionThatWaitsTooLongGetsEndpointUnavailable() {
        launch("handover: {queueTimeout: 300ms}");
        ScriptedWorker worker = service().worker("/a");
        worker.hasRoomFor(0);
        List<ScriptedPeer> clients = new ArrayList<>();
        for (int i = 0; i < LANES + 2; i++) {
            clients.add(service().client("127.0.0.1", "/a"));
        }

        clients.forEach(client -> expectsFault(client, FaultCode.ENDPOINT_UNAVAILABLE));
        service().awaitCount(QUEUE_TIMEOUTS, LANES + 2);
    }

    @Test
    void case080_connectionsThatWaitWhenTheirRegistrationGoesAreRoutedAgain() {
        ScriptedWorker general = service().worker("/a");
        ScriptedWorker special = service().worker("/a/b");
        special.hasRoomFor(0);
        for (int i = 0; i < 10; i++) {
            service().client("127.0.0.1", "/a/b");
        }
        awaitWaiting(10 - LANES, LANES);

        special.unregisters();

        for (int i = 0; i < 10; i++) {
            assertThat(general.takes().bytesRead())
                    .isEqualTo(Preambles.duplex(service().address("/a/b")));
        }
    }

    @Test
    void case080_withNoOtherRouteTheyGetEndpointNotFound() {
        ScriptedWorker worker = service().worker("/a");
        service().worker("/other"); // keeps the port open
        worker.closesLanes();
        Waiting.until(
                "the other worker's lanes only",
                () -> service().service().queues().lanes() == LANES);
        ScriptedPeer client = service().client("127.0.0.1", "/a");
        awaitWaiting(1, 0);

        worker.unregisters();

        expectsFault(client, FaultCode.ENDPOINT_NOT_FOUND);
    }

    @Test
    void case080_theOriginalAbortsThem() {
        launch("parity: strict");
        ScriptedWorker worker = service().worker("/a");
        service().worker("/other");
        worker.hasRoomFor(0);
        ScriptedPeer first = service().client("127.0.0.1", "/a");
        ScriptedPeer second = service().client("127.0.0.1", "/a");
        awaitWaiting(1, 1);

        worker.unregisters();

        first.expectsReset();
        second.expectsReset();
    }

    @Test
    void case081_aPausedServiceAnswersEndpointUnavailableToWhatHasARoute() throws Exception {
        ScriptedWorker worker = service().worker("/a");
        service().admin().pause();

        expectsFault(service().client("127.0.0.1", "/a"), FaultCode.ENDPOINT_UNAVAILABLE);
        expectsFault(service().client("127.0.0.1", "/b"), FaultCode.ENDPOINT_NOT_FOUND);
        service().awaitCount(DISPATCH_FAILURES, 2);

        service().admin().continueService();
        service().client("127.0.0.1", "/a");
        worker.takes();
    }

    @Test
    void aClientThatIsResetWhileItWaitsIsNoticed() {
        ScriptedWorker worker = service().worker("/a");
        worker.hasRoomFor(0);
        for (int i = 0; i < LANES; i++) {
            service().client("127.0.0.1", "/a");
        }
        awaitWaiting(0, LANES);
        ScriptedPeer waits = service().client("127.0.0.1", "/a");
        awaitWaiting(1, LANES);

        waits.resets();

        service().awaitCount(CLIENTS_GONE, 1);
        awaitWaiting(0, LANES);
    }

    @Test
    void clientsThatHaveClosedMakeRoomWhenTheQueueIsFull() {
        launch("handover: {maxWaiting: 2}");
        ScriptedWorker worker = service().worker("/a");
        worker.closesLanes();
        Waiting.until("no lanes", () -> service().service().queues().lanes() == 0);
        ScriptedPeer gone = service().client("127.0.0.1", "/a");
        service().client("127.0.0.1", "/a");
        awaitWaiting(2, 0);
        gone.close();

        Waiting.until("a place", () -> {
            ScriptedPeer next = service().client("127.0.0.1", "/a");
            return service().count(CLIENTS_GONE) == 1 && next != gone;
        });
        worker.opensLanes();
        worker.takes();
        worker.takes();
    }
}
