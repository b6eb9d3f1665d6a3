package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FaultPolicy;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Singleton sessions at either side, mostly against a scripted peer. */
class SingletonSessionTest extends TransportFixture {

    /** Answers the parts of the request as they come, and ends with it. */
    private static final SessionListener ECHO = SessionListener.of(session -> new Echo());

    /** Does nothing by itself. */
    private static class Silent extends Recorder {

        @Override
        public void ended(Session session) {
            events.add("ended");
        }
    }

    private static Endpoint stream(SessionListener sessions) {
        return Endpoint.singleton(BaseAddress.parse("net.tcp://localhost/stream"), sessions);
    }

    private Server stream(Endpoint endpoint) {
        return serve(AcceptorSettings.DEFAULT, endpoint);
    }

    private static ScriptedPeer introducedTo(Server server) {
        ScriptedPeer client = ScriptedPeer.connect(server.address());
        client.sends(Preambles.singleton(server.via("/stream")));
        client.expects("0b");
        return client;
    }

    // ---- both sides of ours

    @Test
    void aRequestIsAnsweredWhileItArrivesAndTheConnectionServesTheNextOne() {
        Server server = stream(stream(ECHO));
        for (int call = 0; call < 3; call++) {
            Recorder client = new Silent();
            Session session = open(SessionRequest.singleton(server.via("/stream")), client);
            assertThat(session.mode()).isEqualTo(FramingMode.SINGLETON_UNSIZED);
            session.send(bytes(1, 2));
            client.awaits("opened", "0102");
            session.send(bytes(3));
            client.awaits("opened", "0102", "03");
            session.closeOutput();
            client.awaits("opened", "0102", "03", "ended", "closed");
            Waiting.until("pooled", () -> pool.idleConnections() == 1 && server.acceptor.pooledConnections() == 1);
        }
        assertThat(server.acceptor.connections()).isEqualTo(1);
    }

    @Test
    void aPartWithHeadroomAndOneWithoutGoOutAlike() {
        Server server = stream(stream(ECHO));
        Recorder client = new Silent();
        Session session = open(SessionRequest.singleton(server.via("/stream")), client);
        ByteBuf roomy = Unpooled.buffer();
        roomy.setIndex(Session.HEADROOM, Session.HEADROOM);
        roomy.writeBytes(new byte[] {7, 8});
        session.send(roomy);
        client.awaits("opened", "0708");
        session.send(Unpooled.wrappedBuffer(new byte[] {9}).asReadOnly());
        client.awaits("opened", "0708", "09");
        session.close();
        client.awaits("opened", "0708", "09", "ended", "closed");
    }

    // ---- the server

    @Test
    void theServerEndsLastEvenIfItsReplyWasCompleteBefore() {
        Recorder served = new Silent();
        Server server = stream(stream(SessionListener.of(session -> served)));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 02 aa bb");
            served.awaits("opened", "aabb");
            served.session().send(bytes(0xcc));
            served.session().closeOutput();
            client.expects("05 01 cc 00");
            client.sends("01 dd");
            served.awaits("opened", "aabb", "dd");
            client.sends("00 07");
            client.expects("07");
            served.awaits("opened", "aabb", "dd", "ended", "closed");
            client.sends(Preambles.singleton(server.via("/stream")));
            client.expects("0b");
        }
    }

    @Test
    void withoutAReplyTheServerAnswersEndAlone() {
        Recorder served = new Recorder();
        Server server = stream(stream(SessionListener.of(session -> served)));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 02 aa bb 00 07");
            client.expects("07");
            served.awaits("opened", "aabb", "ended", "closed");
        }
    }

    @Test
    void partsWithoutBytesAreNotSent() {
        Recorder served = new Silent();
        Server server = stream(stream(SessionListener.of(session -> served)));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 01 aa 00 07");
            served.awaits("opened", "aa", "ended");
            assertThat(served.session()
                            .send(Unpooled.EMPTY_BUFFER)
                            .awaitUninterruptibly()
                            .isSuccess())
                    .isTrue();
            served.session().send(bytes(1));
            served.session().send(Unpooled.EMPTY_BUFFER);
            served.session().closeOutput();
            client.expects("05 01 01 00 07");
        }
    }

    @Test
    void nothingIsSentBehindTheEndOfTheEnvelope() {
        Recorder served = new Recorder();
        Server server = stream(stream(SessionListener.of(session -> served)));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 01 aa");
            served.awaits("opened", "aa");
            served.session().closeOutput();
            ByteBuf late = Unpooled.directBuffer().writeByte(1);
            assertThat(served.session().send(late).awaitUninterruptibly().cause())
                    .isInstanceOf(SessionClosedException.class)
                    .hasMessageContaining("complete");
            assertThat(late.refCnt()).isZero();
            served.session().closeOutput();
            client.sends("00 07");
            client.expects("07");
        }
    }

    @Test
    void anEnvelopeWithoutAByteIsAborted() {
        Recorder served = new Recorder();
        Server server = stream(stream(SessionListener.of(session -> served)));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 00 07");
            client.expectsReset();
            assertThat(served.awaitsFault()).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void anEnvelopeOverTheLimitIsAnsweredWithTheFaultAsLongAsThereIsNoReply() {
        Recorder served = new Recorder();
        Server server = stream(stream(SessionListener.of(session -> served)).withMaxReceivedMessageSize(4));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 03 aa bb cc 02 dd ee 00 07");
            client.expects(fault(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED));
            client.expectsEnd();
            assertThat(served.awaitsFault()).isInstanceOf(QuotaExceededException.class);
        }
    }

    @Test
    void anEnvelopeOverTheLimitBehindTheBeginningOfTheReplyIsAborted() {
        Recorder served = new Recorder();
        Server server = stream(stream(SessionListener.of(session -> served)).withMaxReceivedMessageSize(4));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 03 aa bb cc");
            served.awaits("opened", "aabbcc");
            served.session().send(bytes(1));
            client.expects("05 01 01");
            client.sends("02 dd ee");
            client.expectsReset();
            assertThat(served.awaitsFault()).isInstanceOf(QuotaExceededException.class);
        }
    }

    @Test
    void underStrictParityAnEnvelopeOverTheLimitIsAborted() {
        Server server = serve(
                AcceptorSettings.DEFAULT.withFaultPolicy(FaultPolicy.STRICT),
                stream(SessionListener.of(session -> new Recorder())).withMaxReceivedMessageSize(4));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 05 aa bb cc dd ee");
            client.expectsReset();
        }
    }

    @Test
    void aClientThatVanishesInTheMiddleFaultsTheSession() {
        Recorder ended = new Recorder();
        Server server = stream(stream(SessionListener.of(session -> ended)));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 03 aa");
            ended.awaits("opened", "aa");
            client.endsItsDirection();
            client.expectsReset();
            assertThat(ended.awaitsFault()).isInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void aClientThatIsSilentForTooLongIsReset() {
        Recorder served = new Recorder();
        Server server = stream(stream(SessionListener.of(session -> served))
                .withTimeouts(SessionTimeouts.DEFAULT.withReceive(Duration.ofMillis(200))));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.singleton(server.via("/stream")), "05 03 aa"); // before the timeout begins
            client.expects("0b");
            client.expectsReset();
            assertThat(served.awaitsFault())
                    .isInstanceOf(TransportTimeoutException.class)
                    .hasMessageContaining("receiveTimeout");
        }
    }

    @Test
    void theRestOfARequestThatWasAnsweredIsAwaitedForTheCloseTimeoutOnly() {
        Recorder served = new Silent();
        Server server = stream(stream(SessionListener.of(session -> served))
                .withTimeouts(SessionTimeouts.DEFAULT.withClose(Duration.ofMillis(200))));
        try (ScriptedPeer client = introducedTo(server)) {
            client.sends("05 03 aa");
            served.awaits("opened", "aa");
            served.session().send(bytes(1));
            served.session().closeOutput();
            client.expects("05 01 01 00");
            client.expectsReset();
            assertThat(served.awaitsFault()).isInstanceOf(TransportTimeoutException.class);
        }
    }

    @Test
    void aServerThatClosesLetsACallFinishAndAbortsOneThatHasNotBegun() {
        Recorder served = new Silent();
        Server server = stream(stream(SessionListener.of(session -> served)));
        try (ScriptedPeer client = introducedTo(server);
                ScriptedPeer idle = introducedTo(server)) {
            client.sends("05 01 aa 00 07");
            Waiting.until("arrived", () -> served.events.contains("ended"));
            CompletableFuture<Void> closed = server.acceptor.close(Duration.ofSeconds(20));
            idle.expectsReset();
            assertThat(closed).isNotDone();
            served.session().send(bytes(1));
            served.session().closeOutput();
            client.expects("05 01 01 00 07");
            client.expectsEnd();
            client.endsItsDirection();
            Waiting.result("closed", closed);
        }
    }

    // ---- the client

    @Test
    void theConnectionIsNotReusedBeforeTheServersEnd() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder client = new Silent();
            ScriptedPeer server = open(listener, SessionTimeouts.DEFAULT, client);
            Session session = client.session();
            session.send(bytes(1));
            session.closeOutput();
            server.expects("05 01 01 00 07");
            server.sends("05 01 02 00");
            client.awaits("opened", "02", "ended");
            assertThat(pool.idleConnections()).isZero();
            server.sends("07");
            client.awaits("opened", "02", "ended", "closed");
            Waiting.until("pooled", () -> pool.idleConnections() == 1);
        }
    }

    @Test
    void aServerThatDoesNotEndTheSessionBehindItsReplyIsResetAfterTheCloseTimeout() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder client = new Silent();
            ScriptedPeer server = open(listener, SessionTimeouts.DEFAULT.withClose(Duration.ofMillis(200)), client);
            Session session = client.session();
            session.send(bytes(1));
            server.expects("05 01 01");
            server.sends("05 01 02 00");
            client.awaits("opened", "02", "ended");
            session.closeOutput();
            server.expects("00 07");
            server.expectsReset();
            assertThat(client.awaitsFault()).isInstanceOf(TransportTimeoutException.class);
            assertThat(pool.idleConnections()).isZero();
        }
    }

    @Test
    void endInPlaceOfAReplyIsTold() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder client = new Silent();
            ScriptedPeer server = open(listener, SessionTimeouts.DEFAULT, client);
            Session session = client.session();
            session.send(bytes(1));
            session.closeOutput();
            server.expects("05 01 01 00 07");
            server.sends("07");
            client.awaits("opened", "ended", "closed");
        }
    }

    @Test
    void aFaultInPlaceOfAReplyFaultsTheSession() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder client = new Silent();
            ScriptedPeer server = open(listener, SessionTimeouts.DEFAULT, client);
            Session session = client.session();
            session.send(bytes(1));
            server.expects("05 01 01");
            server.sends(fault(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED));
            assertThat(client.awaitsFault()).isInstanceOf(PeerFaultException.class);
            server.expectsEnd();
        }
    }

    @Test
    void aReplyOverTheLimitIsAQuotaFailure() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder client = new Silent();
            CompletableFuture<Session> opening =
                    connector.open(SessionRequest.singleton(via(listener)).withMaxReceivedMessageSize(3), client);
            ScriptedPeer server = accept(listener);
            Waiting.result("open", opening).send(bytes(1));
            server.expects("05 01 01");
            server.sends("05 02 aa bb 02 cc");
            server.expectsReset();
            assertThat(client.awaitsFault()).isInstanceOf(QuotaExceededException.class);
        }
    }

    @Test
    void aClientCountsTheSilenceOfTheServerFromTheFirstPartOfTheReplyOn() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder client = new Silent();
            ScriptedPeer server = open(listener, SessionTimeouts.DEFAULT.withReceive(Duration.ofMillis(200)), client);
            Session session = client.session();
            session.send(bytes(1));
            server.expects("05 01 01");
            server.expectsSilence(Duration.ofMillis(400));
            server.sends("05 02 aa");
            server.expectsReset();
            assertThat(client.awaitsFault()).isInstanceOf(TransportTimeoutException.class);
        }
    }

    @Test
    void aClientThatEndsWithoutAnEnvelopeHasNoOrderlyEnd() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder client = new Silent();
            ScriptedPeer server = open(listener, SessionTimeouts.DEFAULT, client);
            Session session = client.session();
            assertThat(session.close().awaitUninterruptibly().cause()).isInstanceOf(SessionClosedException.class);
            server.expectsReset();
            assertThat(client.awaitsFault()).hasMessageContaining("before anything");
        }
    }

    @Test
    void aPooledConnectionThatIsOfNoUseIsReplaced() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            Recorder first = new Silent();
            ScriptedPeer server = open(listener, SessionTimeouts.DEFAULT, first);
            Session session = first.session();
            session.send(bytes(1));
            session.closeOutput();
            server.expects("05 01 01 00 07");
            server.sends("07");
            Waiting.until("pooled", () -> pool.idleConnections() == 1);

            CompletableFuture<Session> second = connector.open(SessionRequest.singleton(via(listener)), new Silent());
            server.expects(Preambles.singleton(via(listener)));
            server.resets();
            ScriptedPeer fresh = accept(listener);
            Waiting.result("open", second).send(bytes(2));
            fresh.expects("05 01 02");
        }
    }

    @Test
    void modesThatAreNotServedOverTcpAreRefused() {
        SessionRequest request = SessionRequest.singleton(ViaUri.parse("net.tcp://localhost/stream"));
        assertThatThrownBy(() -> new SessionRequest(
                        request.via(),
                        FramingMode.SIMPLEX,
                        request.contentType(),
                        null,
                        request.timeouts(),
                        request.maxReceivedMessageSize()))
                .hasMessageContaining("SIMPLEX");
    }

    /** A session of our client, acknowledged by the scripted server. */
    private ScriptedPeer open(ScriptedListener listener, SessionTimeouts timeouts, Recorder client) {
        connector.open(SessionRequest.singleton(via(listener)).withTimeouts(timeouts), client);
        ScriptedPeer server = accept(listener);
        client.session();
        return server;
    }

    private static ScriptedPeer accept(ScriptedListener listener) {
        ScriptedPeer server = listener.accept();
        server.expects(Preambles.singleton(via(listener)));
        server.sends("0b");
        return server;
    }

    private static ViaUri via(ScriptedListener listener) {
        return ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/stream");
    }

    private static String fault(FaultCode code) {
        byte[] uri = code.uri().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return "08" + "%02x".formatted(uri.length) + Hex.of(uri);
    }
}
