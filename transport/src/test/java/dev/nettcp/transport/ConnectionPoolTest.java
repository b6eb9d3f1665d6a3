package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool's rules, seen by a scripted server that counts connections. */
class ConnectionPoolTest extends TransportFixture {

    private final AtomicLong now = new AtomicLong();
    private ScriptedListener listener;
    private ViaUri via;

    @BeforeEach
    void listen() {
        listener = ScriptedListener.open();
        via = via("/calc");
    }

    @AfterEach
    void stopListening() {
        listener.close();
    }

    @Test
    void theNextSessionUsesTheConnectionOfTheLastOneWhateverItsPath() {
        ScriptedPeer server = sessionOnANewConnection();
        ViaUri other = via("/other");
        CompletableFuture<Session> second = connector.open(SessionRequest.duplex(other), new Recorder());

        server.expects(Preambles.whole(other));
        server.sends("0b");
        Waiting.result("opened", second);
        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void aPooledConnectionWhoseOtherEndIsStoppedLeavesTimeForANewOne() {
        ScriptedPeer stopped = sessionOnANewConnection();

        CompletableFuture<Session> second = connector.open(SessionRequest.duplex(via), new Recorder());
        ScriptedPeer well = listener.accept();
        well.expects(Preambles.whole(via));
        well.sends("0b");

        Waiting.result("opened", second);
        stopped.expects(Preambles.whole(via));
        stopped.expectsReset();
    }

    @Test
    void theHostIsComparedWithoutRegardToCase() {
        assertThat(ConnectionPool.Key.of(ViaUri.parse("net.tcp://Host/a")))
                .isEqualTo(ConnectionPool.Key.of(ViaUri.parse("net.tcp://hOST:808/b")))
                .isNotEqualTo(ConnectionPool.Key.of(ViaUri.parse("net.tcp://host:809/b")));
    }

    @Test
    void theConnectionThatCameLastGoesFirst() {
        Pending first = begin();
        Pending second = begin();
        first.ends();
        second.ends();

        Pending third = begin(second.server());
        Pending fourth = begin(first.server());
        assertThat(third.server()).isSameAs(second.server());
        assertThat(fourth.server()).isSameAs(first.server());
    }

    @Test
    void surplusConnectionsAreClosed() {
        usePool(PoolSettings.DEFAULT.withMaxOutboundConnectionsPerEndpoint(1));
        Pending first = begin();
        Pending second = begin();
        first.ends();
        second.end();
        second.server().expectsEnd();

        assertThat(pool.idleConnections()).isEqualTo(1);
    }

    @Test
    void withoutRoomForConnectionsEverySessionHasItsOwn() {
        usePool(PoolSettings.NONE);
        Pending first = begin();
        first.end();
        first.server().expectsEnd();

        begin();
    }

    @Test
    void aConnectionThatWasIdleTooLongIsNotUsedAgain() {
        usePool(PoolSettings.DEFAULT.withIdleTimeout(Duration.ofMinutes(2)));
        Pending first = begin();
        first.ends();
        now.addAndGet(Duration.ofMinutes(2).toNanos());

        begin();
        first.server().expectsEnd();
    }

    @Test
    void aConnectionThatHasLivedTooLongIsNotKept() {
        usePool(PoolSettings.DEFAULT.withLeaseTimeout(Duration.ofMinutes(5)));
        Pending first = begin();
        first.ends();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        Pending again = begin(first.server());
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        again.end();

        first.server().expectsEnd();
        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void aConnectionWhoseLeaseEndsWhileItIsIdleIsNotUsedAgain() {
        usePool(PoolSettings.DEFAULT.withIdleTimeout(Duration.ofMinutes(30)).withLeaseTimeout(Duration.ofMinutes(5)));
        Pending first = begin();
        first.ends();
        now.addAndGet(Duration.ofMinutes(5).toNanos());

        begin();
        first.server().expectsEnd();
    }

    @Test
    void theLeaseNeverCutsASessionInUse() {
        usePool(PoolSettings.DEFAULT.withLeaseTimeout(Duration.ofMinutes(5)));
        Pending busy = begin();
        now.addAndGet(Duration.ofHours(1).toNanos());
        busy.session().send(bytes(0xaa));

        busy.server().expects("06 01 aa");
        busy.end();
        busy.server().expectsEnd();
    }

    @Test
    void theLeaseCountsFromTheBeginningOfTheConnectionAndTheIdleTimeFromItsLastUse() {
        usePool(PoolSettings.DEFAULT.withIdleTimeout(Duration.ofMinutes(2)).withLeaseTimeout(Duration.ofMinutes(5)));
        Pending first = begin();
        first.ends();
        for (int minutes = 1; minutes < 5; minutes++) { // never idle for two minutes, and five minutes old at last
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            begin(first.server()).ends();
        }
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        begin();
        first.server().expectsEnd();
    }

    @Test
    void idleConnectionsAreClosedByTheClockAlone() {
        usePool(new ConnectionPool(PoolSettings.DEFAULT.withIdleTimeout(Duration.ofMillis(100))));
        Pending first = begin();
        first.end();

        first.server().expectsEnd();
        Waiting.until("the pool is empty", () -> pool.idleConnections() == 0);
    }

    @Test
    void aConnectionThatTheServerClosesLeavesThePool() {
        ScriptedPeer server = sessionOnANewConnection();
        server.endsItsDirection();

        Waiting.until("the pool is empty", () -> pool.idleConnections() == 0);
        server.expectsEnd();
    }

    @Test
    void aConnectionOnWhichTheServerSpeaksUnaskedLeavesThePool() {
        ScriptedPeer server = sessionOnANewConnection();
        server.sends("06 01 aa");

        Waiting.until("the pool is empty", () -> pool.idleConnections() == 0);
        server.expectsEndOrReset();
    }

    @Test
    void aPooledConnectionThatIsDeadIsReplacedSilently() {
        ScriptedPeer server = sessionOnANewConnection();
        CompletableFuture<Session> second = connector.open(SessionRequest.duplex(via), new Recorder());
        server.expects(Preambles.whole(via));
        server.resets();

        ScriptedPeer replacement = listener.accept();
        replacement.expects(Preambles.whole(via));
        replacement.sends("0b");
        Waiting.result("opened", second);
    }

    @Test
    void aFaultOnAPooledConnectionIsNotReportedEither() {
        ScriptedPeer server = sessionOnANewConnection();
        CompletableFuture<Session> second = connector.open(SessionRequest.duplex(via), new Recorder());
        server.expects(Preambles.whole(via));
        server.sends("08 01 78");

        ScriptedPeer replacement = listener.accept();
        replacement.expects(Preambles.whole(via));
        replacement.sends("0b");
        Waiting.result("opened", second);
    }

    @Test
    void allDeadConnectionsOfThePoolAreReplacedByOneNewOne() {
        Pending first = begin();
        Pending second = begin();
        Pending third = begin();
        first.ends();
        second.ends();
        third.ends();
        CompletableFuture<Session> wanted = connector.open(SessionRequest.duplex(via), new Recorder());
        for (Pending dead : List.of(third, second, first)) {
            dead.server().expects(Preambles.whole(via));
            dead.server().resets();
        }

        acknowledged(wanted, listener.accept());
        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void aNewConnectionThatFailsIsReportedAndNotTriedAgain() {
        CompletableFuture<Session> opening = connector.open(SessionRequest.duplex(via), new Recorder());
        ScriptedPeer server = listener.accept();
        server.expects(Preambles.whole(via));
        server.resets();

        assertThatThrownBy(() -> Waiting.result("opened", opening)).cause().isInstanceOf(ConnectionLostException.class);
        begin(); // the next that connects is the next that was asked for
    }

    @Test
    void theReplacementOfADeadConnectionIsNotReplaced() {
        ScriptedPeer dead = sessionOnANewConnection();
        CompletableFuture<Session> second = connector.open(SessionRequest.duplex(via), new Recorder());
        dead.expects(Preambles.whole(via));
        dead.resets();
        ScriptedPeer replacement = listener.accept();
        replacement.expects(Preambles.whole(via));
        replacement.sends("08 01 78");

        assertThatThrownBy(() -> Waiting.result("opened", second)).cause().isInstanceOf(PeerFaultException.class);
    }

    @Test
    void aSessionThatIsLostAfterItsAcknowledgementIsNotOpenedAgain() {
        ScriptedPeer server = sessionOnANewConnection();
        Recorder client = new Recorder();
        CompletableFuture<Session> second = connector.open(SessionRequest.duplex(via), client);
        acknowledged(second, server);
        server.resets();

        assertThat(client.awaitsFault()).isInstanceOf(ConnectionLostException.class);
        begin(); // the next that connects is the next that was asked for
    }

    @Test
    void theTimeLostOnADeadConnectionCountsAgainstTheSameTimeout() {
        ScriptedPeer server = sessionOnANewConnection();
        SessionRequest request =
                SessionRequest.duplex(via).withTimeouts(SessionTimeouts.DEFAULT.withOpen(Duration.ofMillis(300)));
        CompletableFuture<Session> second = connector.open(request, new Recorder());
        server.expects(Preambles.whole(via));

        assertThatThrownBy(() -> Waiting.result("opened", second))
                .cause()
                .isInstanceOf(TransportTimeoutException.class);
        server.expectsReset();
    }

    @Test
    void onlyAConnectionWhoseSessionEndedInAnOrderlyWayIsKept() {
        Pending first = begin();
        first.session().abort(new SessionClosedException("as tests do"));
        first.server().expectsReset();

        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void aConnectionWhoseSessionEndedWithAFaultIsNotKept() {
        Recorder client = new Recorder();
        ScriptedPeer server = connected(client);
        server.sends("08 01 78");

        assertThat(client.awaitsFault()).isInstanceOf(PeerFaultException.class);
        server.expects("07");
        server.expectsEnd();
        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void aConnectionThatTheServerEndsInsteadOfItsSessionIsNotKept() {
        Recorder client = new Recorder();
        ScriptedPeer server = connected(client);
        client.session().closeOutput();
        server.expects("07");
        server.endsItsDirection();

        assertThat(client.awaitsFault()).isInstanceOf(TransportException.class);
        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void aConnectionOnWhichTheEndWasNotAnsweredInTimeIsNotKept() {
        Recorder client = new Recorder();
        CompletableFuture<Session> opening = connector.open(
                SessionRequest.duplex(via).withTimeouts(SessionTimeouts.DEFAULT.withClose(Duration.ofMillis(100))),
                client);
        Pending session = acknowledged(opening, listener.accept());
        session.session().close();
        session.server().expects("07");

        assertThat(client.awaitsFault()).isInstanceOf(TransportTimeoutException.class);
        session.server().expectsReset();
        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void aClosedPoolKeepsNothing() {
        Pending idle = begin();
        idle.ends();
        Pending busy = begin(idle.server());
        pool.close();
        busy.end();

        busy.server().expectsEnd();
        assertThat(pool.idleConnections()).isZero();
    }

    private ViaUri via(String path) {
        return ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + path);
    }

    private void usePool(PoolSettings settings) {
        usePool(new ConnectionPool(settings, now::get));
    }

    private void usePool(ConnectionPool other) {
        pool.close();
        pool = other;
        connector = new Connector(loops, pool);
    }

    private ScriptedPeer connected(Recorder client) {
        return acknowledged(connector.open(SessionRequest.duplex(via), client), listener.accept())
                .server();
    }

    private ScriptedPeer sessionOnANewConnection() {
        Pending session = begin();
        session.ends();
        return session.server();
    }

    private Pending begin() {
        CompletableFuture<Session> opening = connector.open(SessionRequest.duplex(via), new Recorder());
        return acknowledged(opening, listener.accept());
    }

    private Pending begin(ScriptedPeer expectedServer) {
        return acknowledged(connector.open(SessionRequest.duplex(via), new Recorder()), expectedServer);
    }

    private Pending acknowledged(CompletableFuture<Session> opening, ScriptedPeer server) {
        server.expects(Preambles.whole(via));
        server.sends("0b");
        return new Pending(Waiting.result("opened", opening), server);
    }

    /** An open session and the server's end of its connection. */
    private final class Pending {

        private final Session session;
        private final ScriptedPeer server;

        Pending(Session session, ScriptedPeer server) {
            this.session = session;
            this.server = server;
        }

        Session session() {
            return session;
        }

        ScriptedPeer server() {
            return server;
        }

        /** Both sides end the session. */
        void end() {
            session.closeOutput();
            server.expects("07");
            server.sends("07");
        }

        /** Both sides end the session, and the connection is in the pool. */
        void ends() {
            int before = pool.idleConnections();
            end();
            Waiting.until("the connection is in the pool", () -> pool.idleConnections() == before + 1);
        }
    }
}
