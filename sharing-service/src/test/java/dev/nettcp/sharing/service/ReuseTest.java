package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.EXACT;
import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_ACCEPTED;
import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_DISPATCHED;
import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_RETURNED;
import static dev.nettcp.sharing.service.telemetry.Counter.RETURNS_REFUSED;
import static dev.nettcp.sharing.service.telemetry.Counter.VALIDATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Connections that clients keep and use for another session: whose the next via is, and the way back to the service. */
class ReuseTest extends ServiceTest {

    private HandoverOutcome returns(HandoverLane lane, TakenConnection connection, byte... bytesRead) {
        var header = new HandoverHeader(
                "net.tcp://whatever/",
                connection.header().local(),
                connection.header().remote(),
                Unpooled.wrappedBuffer(bytesRead));
        HandoverOutcome outcome =
                Waiting.result("an outcome", lane.send(header, connection.descriptor(), Duration.ofSeconds(30)));
        if (outcome instanceof HandoverOutcome.Taken) {
            connection.close();
        }
        return outcome;
    }

    private InetSocketAddress local() {
        return new InetSocketAddress(
                service().client().remoteAddress().getAddress(), service().port());
    }

    @Test
    void case097_098_099_aWorkerLearnsWhoseAViaIs() {
        ScriptedWorker a = service().worker("/a");

        assertThat(a.validates(service().address("/a/x"), local())).isEqualTo(RouteOwner.MINE);
        assertThat(a.validates(service().address("/b"), local())).isEqualTo(RouteOwner.NOBODY);
        assertThat(a.validates("no address at all", local())).isEqualTo(RouteOwner.NOBODY);
        service().worker("/b");
        assertThat(a.validates(service().address("/b"), local())).isEqualTo(RouteOwner.SAME_USER);
        service().worker("/a/x");
        assertThat(a.validates(service().address("/a/x"), local())).isEqualTo(RouteOwner.SAME_USER);
        service().awaitCount(VALIDATIONS, 5);
        assertThat(service().count(CONNECTIONS_DISPATCHED)).isZero();
    }

    @Test
    void whilePausedAViaIsStillItsOwners() throws Exception {
        ScriptedWorker a = service().worker("/a");
        service().admin().pause();

        assertThat(a.validates(service().address("/a"), local())).isEqualTo(RouteOwner.MINE);
    }

    @Test
    void case050_ofTwoRegistrationsOfOneProcessTheModeDecidesWhoseAViaIs() {
        ScriptedWorker strong = service().worker("/s");
        ScriptedWorker exact = service().worker(service().address("/s/x"), EXACT);

        assertThat(strong.validates(service().address("/s/x"), local())).isEqualTo(RouteOwner.MINE);
        assertThat(exact.validates(service().address("/s/x"), local())).isEqualTo(RouteOwner.SAME_USER);
        service().client("127.0.0.1", "/s/x");
        strong.takes();
    }

    @Test
    void case098_aConnectionGivenBackGoesToTheWorkerOfItsNewVia() {
        ScriptedWorker a = service().worker("/a");
        ScriptedWorker b = service().worker("/b");
        HandoverLane wayBack = a.opensReturnLane();
        ScriptedPeer client = service().client("127.0.0.1", "/a");
        TakenConnection atA = a.takes();
        byte[] second = Preambles.duplex(service().address("/b"));
        client.sends(second);

        HandoverOutcome outcome = returns(wayBack, atA, atA.reads(second.length));

        assertThat(outcome).isEqualTo(new HandoverOutcome.Taken());
        TakenConnection atB = b.takes();
        assertThat(atB.bytesRead()).isEqualTo(second);
        assertThat(atB.header().remote()).isEqualTo(client.localAddress());
        atB.sends((byte) 0x0B);
        client.expects("0b");
        service().awaitCount(CONNECTIONS_RETURNED, 1);
        service().awaitCount(CONNECTIONS_ACCEPTED, 1);
    }

    @Test
    void aConnectionGivenBackWithoutARouteGetsEndpointNotFound() {
        ScriptedWorker a = service().worker("/a");
        HandoverLane wayBack = a.opensReturnLane();
        ScriptedPeer client = service().client("127.0.0.1", "/a");

        returns(wayBack, a.takes(), Preambles.duplex(service().address("/nobody")));

        expectsFault(client, FaultCode.ENDPOINT_NOT_FOUND);
    }

    @Test
    void aPreambleThatIsNotCompleteYetIsReadOn() {
        ScriptedWorker a = service().worker("/a");
        ScriptedWorker b = service().worker("/b");
        HandoverLane wayBack = a.opensReturnLane();
        ScriptedPeer client = service().client("127.0.0.1", "/a");
        TakenConnection atA = a.takes();
        byte[] second = Preambles.duplex(service().address("/b"));
        returns(wayBack, atA, second[0], second[1]);

        client.sends(Arrays.copyOfRange(second, 2, second.length));

        assertThat(b.takes().bytesRead()).isEqualTo(second);
    }

    @Test
    void aConnectionOfAnotherPortIsNotTakenBack() throws IOException {
        ScriptedWorker a = service().worker("/a");
        HandoverLane wayBack = a.opensReturnLane();
        service().client("127.0.0.1", "/a");
        TakenConnection taken = a.takes();
        try (ScriptedListener elsewhere = ScriptedListener.open()) {
            Socket foreign = Socket.newSocketStream();
            foreign.connect(elsewhere.address());
            var header = new HandoverHeader(
                    "net.tcp://whatever/",
                    taken.header().local(),
                    taken.header().remote(),
                    Unpooled.EMPTY_BUFFER);

            HandoverOutcome outcome =
                    Waiting.result("an outcome", wayBack.send(header, foreign, Duration.ofSeconds(30)));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            HandoverOutcome.Declined.class,
                            declined -> assertThat(declined.reason()).isEqualTo(DeclineReason.NOT_ACCEPTABLE));
            foreign.close();
        }
        service().awaitCount(RETURNS_REFUSED, 1);
    }

    @Test
    void whoSendsSomethingElseThanAConnectionOverALaneLosesItsRegistration() throws IOException {
        ScriptedWorker a = service().worker("/a");
        HandoverLane wayBack = a.opensReturnLane();
        service().client("127.0.0.1", "/a");
        TakenConnection taken = a.takes();
        Socket noTcp = Socket.newSocketDomain();
        var header = new HandoverHeader(
                "net.tcp://whatever/", taken.header().local(), taken.header().remote(), Unpooled.EMPTY_BUFFER);

        wayBack.send(header, noTcp, Duration.ofSeconds(30));

        a.awaitSessionEnd();
        Waiting.until("no registration", () -> service().service().routes().size() == 0);
        noTcp.close();
    }
}
