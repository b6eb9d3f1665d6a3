package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.StreamUpgrade.Side;
import dev.nettcp.transport.TransportEvent.ConnectAttempted;
import dev.nettcp.transport.TransportEvent.FaultReceived;
import dev.nettcp.transport.TransportEvent.FaultSent;
import dev.nettcp.transport.TransportEvent.FirstByte;
import dev.nettcp.transport.TransportEvent.LookedUp;
import dev.nettcp.transport.TransportEvent.PoolAction;
import dev.nettcp.transport.TransportEvent.PoolUsed;
import dev.nettcp.transport.TransportEvent.SessionEnded;
import dev.nettcp.transport.TransportEvent.SessionNotOpened;
import dev.nettcp.transport.TransportEvent.SessionOpened;
import dev.nettcp.transport.TransportEvent.Upgraded;
import dev.nettcp.transport.tls.TlsUpgrade;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a {@link TransportListener} is told. */
class TelemetryTest extends TransportFixture {

    private final Told atServer = new Told();
    private final Told atClient = new Told();

    /** Writes everything down. */
    static final class Told implements TransportListener {
        final List<TransportEvent> events = new CopyOnWriteArrayList<>();
        final List<String> envelopes = new CopyOnWriteArrayList<>();

        @Override
        public void happened(TransportEvent event) {
            events.add(event);
        }

        @Override
        public void envelopeReceived(Session session, int bytes) {
            envelopes.add("received " + bytes);
        }

        @Override
        public void envelopeSent(Session session, int bytes) {
            envelopes.add("sent " + bytes);
        }

        <T extends TransportEvent> T awaits(Class<T> kind) {
            return Waiting.value(
                    kind.getSimpleName() + " among " + events,
                    () -> events.stream()
                            .filter(kind::isInstance)
                            .map(kind::cast)
                            .findFirst());
        }

        List<String> kinds() {
            return events.stream()
                    .map(event -> event instanceof PoolUsed used
                            ? used.action().name()
                            : event.getClass().getSimpleName())
                    .toList();
        }
    }

    @Test
    void aSessionIsToldFromItsConnectionToItsEndAtBothSides() {
        Server server = serve(new Acceptor(AcceptorSettings.DEFAULT, atServer), calc(Echo.LISTENER));
        callOnce(server);
        callOnce(server);

        assertThat(atClient.kinds())
                .containsExactly(
                        "MISSED",
                        "ConnectAttempted",
                        "SessionOpened",
                        "FirstByte",
                        "PUT",
                        "SessionEnded", //
                        "TAKEN",
                        "SessionOpened",
                        "FirstByte",
                        "PUT",
                        "SessionEnded");
        assertThat(atClient.envelopes).containsExactly("sent 2", "received 2", "sent 2", "received 2");
        Waiting.until("the server knows", () -> atServer.events.size() == 6);
        assertThat(atServer.kinds())
                .containsExactly(
                        "SessionOpened", "FirstByte", "SessionEnded", "SessionOpened", "FirstByte", "SessionEnded");

        assertThat(atClient.awaits(ConnectAttempted.class).failure()).isEmpty();
        assertThat(atClient.awaits(SessionOpened.class).reused()).isFalse();
        assertThat(atServer.events.get(3))
                .isInstanceOfSatisfying(
                        SessionOpened.class,
                        opened -> assertThat(opened.reused()).isTrue());
        for (Told told : List.of(atClient, atServer)) {
            SessionEnded ended = told.awaits(SessionEnded.class);
            assertThat(ended.totals()).isEqualTo(new SessionTotals(1, 2, 1, 2));
            assertThat(ended.failure()).isEmpty();
            assertThat(ended.open()).isPositive();
        }
        assertThat(atServer.awaits(FirstByte.class).side()).isEqualTo(Side.SERVER);
        assertThat(atClient.awaits(FirstByte.class).side()).isEqualTo(Side.CLIENT);
    }

    private void callOnce(Server server) {
        Recorder client = new Recorder();
        Session session = Waiting.result(
                "open", connector.withListener(atClient).open(SessionRequest.duplex(server.via("/calc")), client));
        session.send(bytes(1, 2));
        client.awaits("opened", "0102");
        session.closeOutput();
        client.awaits("opened", "0102", "ended", "closed");
    }

    @Test
    void aRefusalIsToldAtBothSidesWithItsFault() {
        Server server = serve(new Acceptor(AcceptorSettings.DEFAULT, atServer), calc(Echo.LISTENER));
        ViaUri nobody = server.via("/nobody");
        CompletableFuture<Session> refused =
                connector.withListener(atClient).open(SessionRequest.duplex(nobody), new Recorder());
        Waiting.until("refused", refused::isCompletedExceptionally);

        assertThat(atServer.awaits(SessionNotOpened.class).via()).contains(nobody);
        assertThat(atServer.awaits(FaultSent.class).fault()).isEqualTo(FaultCode.ENDPOINT_NOT_FOUND);
        assertThat(atClient.awaits(FaultReceived.class).fault()).isEqualTo(FaultCode.ENDPOINT_NOT_FOUND);
        assertThat(atClient.awaits(SessionNotOpened.class).cause()).isInstanceOf(PeerFaultException.class);
    }

    @Test
    void aPortAtWhichNobodyListensIsAFailedAttempt() {
        int closed = Waiting.value("a port", () -> {
            try (ScriptedListener listener = ScriptedListener.open()) {
                return Optional.of(listener.port());
            }
        });
        ViaUri via = ViaUri.parse("net.tcp://localhost:%d/calc".formatted(closed));
        CompletableFuture<Session> refused =
                connector.withListener(atClient).open(SessionRequest.duplex(via), new Recorder());
        Waiting.until("refused", refused::isCompletedExceptionally);
        assertThat(atClient.awaits(LookedUp.class).addresses()).isPositive();
        assertThat(atClient.awaits(ConnectAttempted.class).failure()).isPresent();
        assertThat(atClient.awaits(SessionNotOpened.class).side()).isEqualTo(Side.CLIENT);
    }

    @Test
    void aSecuredSessionTellsItsHandshake() {
        Server server = serve(
                new Acceptor(AcceptorSettings.DEFAULT, atServer),
                calc(Echo.LISTENER).withUpgrade(new TlsUpgrade(TlsParties.server())));
        SessionRequest request =
                SessionRequest.duplex(server.via("/calc")).withUpgrade(new TlsUpgrade(TlsParties.client()));
        Waiting.result("open", connector.withListener(atClient).open(request, new Recorder()))
                .abort(new SessionClosedException("enough"));
        for (Told told : List.of(atClient, atServer)) {
            Upgraded upgraded = told.awaits(Upgraded.class);
            assertThat(upgraded.upgrade()).isEqualTo("application/ssl-tls");
            assertThat(upgraded.failure()).isEmpty();
            assertThat(told.awaits(SessionEnded.class).failure()).isPresent();
        }
    }

    @Test
    void aPreambleThatIsNotFinishedIsToldAndAConnectionWithoutAWordIsNot() {
        Server server = serve(
                new Acceptor(
                        AcceptorSettings.DEFAULT.withChannelInitializationTimeout(Duration.ofMillis(100)), atServer),
                calc(Echo.LISTENER));
        try (ScriptedPeer silent = ScriptedPeer.connect(server.address())) {
            silent.expectsReset();
        }
        try (ScriptedPeer slow = ScriptedPeer.connect(server.address())) {
            slow.sends("00 01 00");
            slow.expectsReset();
        }
        SessionNotOpened told = atServer.awaits(SessionNotOpened.class);
        assertThat(told.via()).isEmpty();
        assertThat(told.cause()).isInstanceOf(TransportTimeoutException.class);
        assertThat(atServer.kinds()).containsExactly("SessionNotOpened");
    }

    @Test
    void anIdleConnectionThatTheServerClosesIsLost() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:%d/calc".formatted(listener.port()));
            Recorder client = new Recorder();
            CompletableFuture<Session> opening =
                    connector.withListener(atClient).open(SessionRequest.duplex(via), client);
            try (ScriptedPeer peer = listener.accept()) {
                peer.expects(Preambles.whole(via));
                peer.sends("0b");
                Waiting.result("open", opening).closeOutput();
                peer.expects("07");
                peer.sends("07");
                client.awaits("opened", "ended", "closed");
            }
        }
        Waiting.until("it is lost", () -> atClient.kinds().contains("LOST"));
        assertThat(atClient.events)
                .filteredOn(event -> event instanceof PoolUsed used && used.action() == PoolAction.LOST)
                .singleElement()
                .isInstanceOfSatisfying(
                        PoolUsed.class, lost -> assertThat(lost.idle()).isZero());
    }

    @Test
    void aListenerThatFailsHarmsNobodyAndIsLoggedOnce() {
        TransportListener broken = new TransportListener() {
            @Override
            public void happened(TransportEvent event) {
                throw new IllegalStateException("I always fail");
            }

            @Override
            public void envelopeReceived(Session session, int bytes) {
                throw new AssertionError("and here");
            }

            @Override
            public void envelopeSent(Session session, int bytes) {
                throw new UnsupportedOperationException("and there");
            }
        };
        try (DebugLog log = DebugLog.of(Telemetry.class)) {
            Server server = serve(new Acceptor(AcceptorSettings.DEFAULT, broken), calc(Echo.LISTENER));
            Connector failing = connector.withListener(broken);
            for (int i = 0; i < 2; i++) {
                Recorder client = new Recorder();
                Session session =
                        Waiting.result("open", failing.open(SessionRequest.duplex(server.via("/calc")), client));
                session.send(bytes(1, 2));
                client.awaits("opened", "0102");
                Waiting.until("closed", session.close()::isSuccess);
            }
            assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("further failures of it are not logged"));
        }
    }
}
