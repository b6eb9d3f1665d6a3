package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.TestAcceptor.Landed;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeftovers.class)
class FaultAndCloseTest {

    /** {@code 08 47} and the URI of EndpointNotFound. */
    private static final int FAULT_BYTES = 2 + 0x47;

    private EventLoops loops;
    private OwnPortSource source;
    private TestAcceptor acceptor;

    @BeforeEach
    void listen() {
        loops = EventLoops.create("fault", 1);
        acceptor = new TestAcceptor(10);
        source = new OwnPortSource(ListenRequest.of(BaseAddress.parse("net.tcp://127.0.0.1:0/"), loops));
        Waiting.result("open", source.open(acceptor));
    }

    @AfterEach
    void end() {
        Waiting.result("stopped", source.stop());
        loops.close();
    }

    @Test
    void theFaultIsFollowedByTheEndOfTheStreamAtOnceAndTheConnectionIsClosedAfterThePeers() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, 10);
        try (ScriptedPeer client = connect()) {
            client.sends("00 01 00");
            Landed landed = acceptor.next();
            refuse(refusals, landed);

            byte[] fault = client.receives(FAULT_BYTES);
            assertThat(fault).startsWith(0x08, 0x47);
            client.expectsEnd();
            assertThat(landed.connection().channel().isOpen()).isTrue();
            client.sends("01 02 03");
            client.endsItsDirection();
            awaitClosed(landed);
            assertThat(refusals.drains()).isZero();
        }
    }

    @Test
    void thoseThatHaveBeenWaitedForLongestCanBeGivenUpForOthers() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, 10);
        try (ScriptedPeer first = connect();
                ScriptedPeer second = connect()) {
            Landed oldest = acceptor.next();
            Landed other = acceptor.next();
            refuse(refusals, oldest);
            refuse(refusals, other);
            first.receives(FAULT_BYTES);
            second.receives(FAULT_BYTES);
            Waiting.until("both to be waited for", () -> refusals.drains() == 2);

            assertThat(refusals.giveUpOldest(1)).isEqualTo(1);

            awaitClosed(oldest);
            assertThat(other.connection().channel().isOpen()).isTrue();
            assertThat(refusals.giveUpOldest(5)).isEqualTo(1);
            assertThat(refusals.giveUpOldest(5)).isZero();
            awaitClosed(other);
        }
    }

    @Test
    void aPeerThatSendsMoreThanTheLimitIsReset() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT.withMaxBytes(10), 10);
        try (ScriptedPeer client = connect()) {
            Landed landed = acceptor.next();
            refuse(refusals, landed);
            client.receives(FAULT_BYTES);
            client.sends(new byte[11]);

            awaitClosed(landed);
            client.expectsEndOrReset();
        }
    }

    @Test
    void aPeerThatDoesNotEndItsStreamIsResetWhenTheTimeIsUp() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT.withTimeout(Duration.ofMillis(50)), 10);
        try (ScriptedPeer client = connect()) {
            Landed landed = acceptor.next();
            refuse(refusals, landed);

            client.receives(FAULT_BYTES);
            awaitClosed(landed);
        }
    }

    @Test
    void aPeerThatHasEndedItsStreamBeforeIsClosedAtOnce() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, 10);
        try (ScriptedPeer client = connect()) {
            client.endsItsDirection();
            Landed landed = acceptor.next();
            landed.awaitsEnd();
            refuse(refusals, landed);

            client.receives(FAULT_BYTES);
            client.expectsEnd();
            awaitClosed(landed);
        }
    }

    @Test
    void aPeerThatResetsInsteadOfReadingIsForgotten() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, 10);
        ScriptedPeer client = connect();
        Landed landed = acceptor.next();
        refuse(refusals, landed);
        client.receives(FAULT_BYTES);
        client.resets();

        awaitClosed(landed);
    }

    @Test
    void noMoreConnectionsAreDrainedAtATimeThanAllowed() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, 1);
        try (ScriptedPeer first = connect();
                ScriptedPeer second = connect()) {
            Landed drained = acceptor.next();
            Landed surplus = acceptor.next();
            refuse(refusals, drained);
            refuse(refusals, surplus);

            first.receives(FAULT_BYTES);
            second.receives(FAULT_BYTES);
            awaitClosed(surplus);
            assertThat(drained.connection().channel().isOpen()).isTrue();
            first.endsItsDirection();
            awaitClosed(drained);
        }
    }

    @Test
    void aGracefulCloseEndsTheStreamAndWaitsForThePeersEnd() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, 10);
        try (ScriptedPeer client = connect()) {
            Landed landed = acceptor.next();
            landed.connection()
                    .channel()
                    .eventLoop()
                    .execute(() -> refusals.closeGracefully(landed.connection().channel()));

            client.expectsEnd();
            assertThat(landed.connection().channel().isOpen()).isTrue();
            client.endsItsDirection();
            awaitClosed(landed);
        }
    }

    @Test
    void aPeerThatSpeaksDuringAGracefulCloseIsReset() {
        FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, 10);
        try (ScriptedPeer client = connect()) {
            Landed landed = acceptor.next();
            landed.connection()
                    .channel()
                    .eventLoop()
                    .execute(() -> refusals.closeGracefully(landed.connection().channel()));
            client.sends("00");

            awaitClosed(landed);
        }
    }

    private ScriptedPeer connect() {
        return ScriptedPeer.connect(source.localAddresses().get(0));
    }

    private static void refuse(FaultAndClose refusals, Landed landed) {
        landed.connection()
                .channel()
                .eventLoop()
                .execute(() -> refusals.refuse(landed.connection().channel(), FaultCode.ENDPOINT_NOT_FOUND));
    }

    private static void awaitClosed(Landed landed) {
        Waiting.until(
                "the connection is closed", () -> !landed.connection().channel().isOpen());
    }
}
