package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTest extends TransportFixture {

    @Test
    void envelopesGoThereAndBackAndBothSidesEndAndTheConnectionWaitsForItsNextSession() {
        Server server = serve(Echo.LISTENER);
        Recorder client = new Recorder();
        Session session = open(server, client);

        session.send(bytes(1, 2, 3));
        client.awaits("opened", "010203");
        session.close().syncUninterruptibly();
        client.awaits("opened", "010203", "ended", "closed");

        assertThat(session.isOpen()).isFalse();
        Waiting.until("pooled", () -> pool.idleConnections() == 1 && server.acceptor.pooledConnections() == 1);
        assertThat(server.acceptor.pendingConnections()).isZero();
    }

    @Test
    void aSessionTellsWhatItIsAbout() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        Session client = open(server, new Recorder());

        assertThat(client.via()).hasToString(server.via("/calc").toString());
        assertThat(client.mode()).isEqualTo(FramingMode.DUPLEX);
        assertThat(client.contentType()).hasToString("application/soap+msbinsession1");
        assertThat(served.session().via()).isEqualTo(client.via());
        assertThat(served.session().addresses().remote())
                .isEqualTo(client.addresses().local());
    }

    @Test
    void theServerMayEndFirst() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        Recorder client = new Recorder();
        open(server, client);

        served.session().send(bytes(9));
        served.session().close();
        client.awaits("opened", "09", "ended", "closed");
        served.awaits("opened", "ended", "closed");
        Waiting.until("pooled", () -> pool.idleConnections() == 1 && server.acceptor.pooledConnections() == 1);
    }

    @Test
    void bothSidesMayEndAtTheSameTime() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        Recorder client = new Recorder();
        Session session = open(server, client);

        served.session().closeOutput();
        session.closeOutput();
        client.awaits("opened", "ended", "closed");
        served.awaits("opened", "ended", "closed");
    }

    @Test
    void aSideThatHasEndedStillReceives() {
        Recorder served = new LeavesItOpen();
        Server server = serve(SessionListener.of(session -> served));
        Recorder client = new Recorder();
        Session session = open(server, client);

        session.closeOutput();
        served.awaits("opened", "ended");
        served.session().send(bytes(1));
        served.session().send(bytes(2));
        client.awaits("opened", "01", "02");
        served.session().closeOutput();
        client.awaits("opened", "01", "02", "ended", "closed");
        served.awaits("opened", "ended", "closed");
    }

    @Test
    void nothingIsSentAfterTheEnd() {
        Recorder served = new LeavesItOpen();
        Server server = serve(SessionListener.of(session -> served));
        Session session = open(server, new Recorder());
        session.closeOutput();

        ByteBuf late = Unpooled.directBuffer().writeByte(1);
        assertThat(session.send(late).awaitUninterruptibly().cause())
                .isInstanceOf(SessionClosedException.class)
                .hasMessageContaining("this side has ended the session");
        assertThat(late.refCnt()).isZero();
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void whatIsSentIntoASessionThatIsOverFailsWithWhatEndedIt() {
        Server server = serve(Echo.LISTENER);
        Recorder client = new Recorder();
        Session session = open(server, client);
        session.close().syncUninterruptibly();

        ByteBuf late = Unpooled.directBuffer().writeByte(1);
        assertThat(session.send(late).awaitUninterruptibly().cause()).isInstanceOf(SessionClosedException.class);
        assertThat(late.refCnt()).isZero();
        assertThat(session.close().awaitUninterruptibly().isSuccess()).isTrue();
    }

    @Test
    void anEmptyEnvelopeIsRefusedBeforeThePeerWouldAbortOnIt() {
        Server server = serve(Echo.LISTENER);
        Recorder client = new Recorder();
        Session session = open(server, client);

        assertThat(session.send(Unpooled.directBuffer()).awaitUninterruptibly().cause())
                .isInstanceOf(ProtocolException.class);
        session.send(bytes(1));
        client.awaits("opened", "01");
    }

    @Test
    void anEnvelopeWithHeadroomLeavesInItsOwnBuffer() {
        Server server = serve(Echo.LISTENER);
        Recorder client = new Recorder();
        Session session = open(server, client);
        ByteBuf roomy = session.alloc().directBuffer();
        roomy.setIndex(Session.HEADROOM, Session.HEADROOM);
        roomy.writeBytes(new byte[] {5, 6, 7});

        session.send(roomy);
        session.send(Unpooled.wrappedBuffer(bytes(8), bytes(9)));
        session.send(Unpooled.buffer().writeByte(10).asReadOnly());
        client.awaits("opened", "050607", "0809", "0a");
    }

    @Test
    void envelopesOfEverySizeUpToTheLimitArriveWhole() {
        Server server = serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withMaxReceivedMessageSize(1 << 20));
        AtomicInteger right = new AtomicInteger();
        Recorder client = new Recorder() {
            @Override
            public void envelope(Session session, ByteBuf envelope) {
                right.addAndGet(envelope.getByte(envelope.readableBytes() - 1) == 77 ? envelope.readableBytes() : 0);
            }
        };
        Session session = open(SessionRequest.duplex(server.via("/calc")).withMaxReceivedMessageSize(1 << 20), client);

        int sum = 0;
        for (int size : new int[] {1, 127, 128, 16_383, 16_384, 65_535, 65_536, 200_000, 1 << 20}) {
            session.send(session.alloc().buffer(size).writeZero(size - 1).writeByte(77));
            sum += size;
        }
        int expected = sum;
        Waiting.until("all have come back", () -> right.get() == expected);
    }

    @Test
    void whatIsSentUnderALockArrivesInTheOrderOfTheLockWhicheverThreadsSend() throws InterruptedException {
        List<Integer> received = new ArrayList<>();
        CompletableFuture<Void> all = new CompletableFuture<>();
        int count = 20_000;
        Server server = serve(SessionListener.of(session -> (ignored, envelope) -> {
            received.add(envelope.getInt(envelope.readerIndex()));
            if (received.size() == count) {
                all.complete(null);
            }
        }));
        Session session = open(server, new Recorder());
        Object lock = new Object();
        AtomicInteger next = new AtomicInteger();
        Runnable sending = () -> {
            for (int i = 0; i < count / 4; i++) {
                synchronized (lock) {
                    session.send(session.alloc().buffer(4).writeInt(next.getAndIncrement()));
                }
            }
        };

        List<Thread> threads = List.of(new Thread(sending), new Thread(sending), new Thread(sending));
        threads.forEach(Thread::start);
        session.executor().execute(sending);
        for (Thread thread : threads) {
            thread.join();
        }
        Waiting.result("all have arrived", all);
        assertThat(received).isSorted().hasSize(count);
    }

    @Test
    void envelopesWaitWhileASessionIsNotReadAndTheEndComesBehindThem() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        Session client = open(server, new Recorder());
        client.send(bytes(1));
        served.awaits("opened", "01");

        served.session().setReading(false);
        served.session().executor().submit(() -> {}).syncUninterruptibly();
        client.send(bytes(2));
        client.send(bytes(3));
        client.closeOutput();
        client.executor().submit(() -> {}).syncUninterruptibly();
        assertThat(served.events).containsExactly("opened", "01");
        served.session().setReading(true);
        served.awaits("opened", "01", "02", "03", "ended", "closed");
    }

    @Test
    void anEnvelopeIsTheLastToBeDeliveredWhenItsHandlerStopsReading() {
        Recorder served = new Recorder() {
            @Override
            public void envelope(Session session, ByteBuf envelope) {
                super.envelope(session, envelope);
                session.setReading(false);
            }
        };
        Server server = serve(SessionListener.of(session -> served));
        try (ScriptedPeer client = introduced(server)) {
            client.sends("06 01 aa 06 01 bb 07");
            served.awaits("opened", "aa");
            served.session().setReading(true);
            served.awaits("opened", "aa", "bb");
            served.session().setReading(true);
            served.awaits("opened", "aa", "bb", "ended", "closed");
            client.expects("07");
        }
    }

    @Test
    void aPeerThatDoesNotReadIsNoticedByTheSenderAndResetAfterTheSendTimeout() {
        Recorder served = new Recorder();
        Server server = serve(
                AcceptorSettings.DEFAULT,
                calc(SessionListener.of(session -> served))
                        .withTimeouts(SessionTimeouts.DEFAULT.withSend(Duration.ofMillis(300))));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address(), 4096)) {
            client.sends(Preambles.whole(server.via("/calc")));
            Session session = served.session();
            List<ChannelFuture> sends = new ArrayList<>();
            while (session.isWritable()) {
                sends.add(session.send(session.alloc().buffer(60_000).writeZero(60_000)));
                session.executor().submit(() -> {}).syncUninterruptibly();
            }

            assertThat(served.awaitsFault())
                    .isInstanceOf(TransportTimeoutException.class)
                    .hasMessageContaining("sendTimeout");
            assertThat(sends.get(sends.size() - 1).awaitUninterruptibly().cause())
                    .isInstanceOf(TransportTimeoutException.class);
        }
    }

    @Test
    void writabilityComesBackWhenThePeerReadsAgain() {
        CompletableFuture<Void> writableAgain = new CompletableFuture<>();
        Recorder served = new Recorder() {
            @Override
            public void writabilityChanged(Session session) {
                if (session.isWritable()) {
                    writableAgain.complete(null);
                }
            }
        };
        Server server = serve(SessionListener.of(session -> served));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address(), 4096)) {
            client.sends(Preambles.whole(server.via("/calc")));
            client.expects("0b");
            Session session = served.session();
            int sent = 0;
            while (session.isWritable()) {
                session.send(session.alloc().buffer(60_000).writeZero(60_000));
                session.executor().submit(() -> {}).syncUninterruptibly();
                sent++;
            }
            client.receives(sent * (60_000 + 4));
            Waiting.result("writable again", writableAgain);
        }
    }

    @Test
    void aPeerThatDoesNotEndWithinTheCloseTimeoutIsReset() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        try (ScriptedPeer client = introduced(server)) {
            ChannelFuture closed = served.session().close(Duration.ofMillis(100));
            client.expects("07");

            assertThat(closed.awaitUninterruptibly().cause())
                    .isInstanceOf(TransportTimeoutException.class)
                    .hasMessageContaining("closeTimeout");
            served.awaits("opened", "faulted");
            client.expectsReset();
        }
    }

    @Test
    void aClientThatSendsNothingWithinTheReceiveTimeoutIsReset() {
        Recorder served = new Recorder();
        Server server = serve(
                AcceptorSettings.DEFAULT,
                calc(SessionListener.of(session -> served))
                        .withTimeouts(SessionTimeouts.DEFAULT.withReceive(Duration.ofMillis(150))));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.whole(server.via("/calc")), "06 01 aa"); // before the timeout begins
            client.expects("0b");
            assertThat(served.awaitsFault())
                    .isInstanceOf(TransportTimeoutException.class)
                    .hasMessageContaining("receiveTimeout");
            client.expectsReset();
        }
    }

    @Test
    void aHandlerThatFailsFaultsItsSessionAndNoOther() {
        Recorder failing = new Recorder() {
            @Override
            public void envelope(Session session, ByteBuf envelope) {
                throw new IllegalStateException("as tests do");
            }
        };
        Server server = serve(
                AcceptorSettings.DEFAULT,
                endpoint("/fails", SessionListener.of(session -> failing)),
                calc(Echo.LISTENER));
        Recorder good = new Recorder();
        Session unharmed = open(server, good);
        Recorder bad = new Recorder();
        open(SessionRequest.duplex(server.via("/fails")), bad).send(bytes(1));

        assertThat(failing.awaitsFault()).hasMessageContaining("as tests do");
        assertThat(bad.awaitsFault()).isInstanceOf(ConnectionLostException.class);
        unharmed.send(bytes(2));
        good.awaits("opened", "02");
    }

    @Test
    void anAbortIsAResetForThePeer() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        try (ScriptedPeer client = introduced(server)) {
            served.session().abort(new SessionClosedException("enough"));
            client.expectsReset();
            assertThat(served.awaitsFault()).hasMessage("enough");
        }
    }

    @Test
    void aClientThatSendsTooMuchIsToldByAFaultEvenIfItSendsAllOfIt() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        Recorder client = new Recorder();
        Session session = open(server, client);

        session.send(session.alloc().buffer(5_000_000).writeZero(5_000_000));
        assertThat(client.awaitsFault())
                .isInstanceOfSatisfying(
                        PeerFaultException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED))
                .hasMessageContaining("maxReceivedMessageSize");
        assertThat(served.awaitsFault()).isInstanceOf(QuotaExceededException.class);
    }

    @Test
    void aServerThatSendsTooMuchIsReset() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        Recorder client = new Recorder();
        open(SessionRequest.duplex(server.via("/calc")).withMaxReceivedMessageSize(100), client);

        served.session().send(served.session().alloc().buffer(101).writeZero(101));
        assertThat(client.awaitsFault())
                .isInstanceOf(QuotaExceededException.class)
                .hasMessageContaining("maxReceivedMessageSize");
        assertThat(served.awaitsFault()).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void aLargeReplyReachesAClientThatHasEndedItsStreamAlready() {
        Recorder served = new LeavesItOpen();
        Server server = serve(SessionListener.of(session -> served));
        int size = 3_000_000;
        try (ScriptedPeer client = ScriptedPeer.connect(server.address(), 4096)) {
            client.sends(Preambles.whole(server.via("/calc")), "06 01 aa");
            client.endsItsDirection();
            served.awaits("opened", "aa", "ended");
            Session session = served.session();
            session.send(session.alloc().buffer(size).writeZero(size));
            session.closeOutput();

            client.expects("0b");
            assertThat(client.receives(1 + 4 + size)).startsWith(0x06);
            client.expects("07");
            client.expectsEnd();
            served.awaits("opened", "aa", "ended", "closed");
        }
    }

    @Test
    void theStreamMayEndBehindAnEnvelopeThatWaitsToBeRead() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> {
            session.setReading(false);
            return served;
        }));
        try (ScriptedPeer client = introduced(server)) {
            client.sends("06 01 aa 06 01 bb");
            client.endsItsDirection();
            served.awaits("opened");
            served.session().setReading(true);
            served.awaits("opened", "aa", "bb", "ended", "closed");
            client.expects("07");
            client.expectsEnd();
        }
    }

    @Test
    void aMessageGluedToThePreambleIsDelivered() {
        Server server = serve(Echo.LISTENER);
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.whole(server.via("/calc")), "06 02 01 02 07");
            client.expects("0b 06 02 01 02 07");
        }
    }

    @Test
    void manySessionsOfSeveralEndpointsRunInParallel() {
        Server server = serve(
                AcceptorSettings.DEFAULT,
                endpoint("/echo", Echo.LISTENER),
                endpoint("/double", SessionListener.of(session -> (open, envelope) -> {
                    int value = envelope.getInt(envelope.readerIndex());
                    open.send(open.alloc().buffer(4).writeInt(2 * value));
                })));
        List<Recorder> clients = new ArrayList<>();
        List<CompletableFuture<Session>> sessions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(new Recorder());
            sessions.add(connector.open(
                    SessionRequest.duplex(server.via(i % 2 == 0 ? "/echo" : "/double/deeper")), clients.get(i)));
        }
        for (int i = 0; i < 40; i++) {
            Session session = Waiting.result("open", sessions.get(i));
            session.send(session.alloc().buffer(4).writeInt(i));
        }
        for (int i = 0; i < 40; i++) {
            int answer = i % 2 == 0 ? i : 2 * i;
            clients.get(i).awaits("opened", "%08x".formatted(answer));
        }
        assertThat(server.acceptor.connections()).isEqualTo(40);
    }

    @Test
    void theAcknowledgementWaitsForTheListener() {
        CompletableFuture<SessionHandler> answer = new CompletableFuture<>();
        Server server = serve(session -> answer);
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.whole(server.via("/calc")), "06 01 aa");
            Waiting.until("it holds its place", () -> server.acceptor.pendingConnections() == 1);
            client.expectsSilence(Duration.ofMillis(50));
            assertThat(server.acceptor.pendingConnections()).isEqualTo(1);
            Recorder served = new Recorder();
            answer.complete(served);

            client.expects("0b");
            served.awaits("opened", "aa");
            assertThat(server.acceptor.pendingConnections()).isZero();
        }
    }

    @Test
    void aListenerThatRefusesSaysWhyByAFault() {
        Server server = serve(session -> CompletableFuture.failedFuture(
                new SessionRefusedException(FaultCode.SERVER_TOO_BUSY, "too many sessions")));

        assertThatThrownBy(() -> open(server, new Recorder()))
                .cause()
                .isInstanceOfSatisfying(
                        PeerFaultException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(FaultCode.SERVER_TOO_BUSY));
    }

    @Test
    void aListenerThatFailsResetsTheConnection() {
        Server server = serve(session -> {
            throw new IllegalStateException("as tests do");
        });
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.whole(server.via("/calc")));
            client.expectsReset();
        }
    }

    @Test
    void aHandlerThatIsFoundWhenTheClientHasGoneIsToldSo() {
        CompletableFuture<Session> offered = new CompletableFuture<>();
        CompletableFuture<SessionHandler> answer = new CompletableFuture<>();
        Server server = serve(session -> {
            offered.complete(session);
            return answer;
        });
        ScriptedPeer client = ScriptedPeer.connect(server.address());
        client.sends(Preambles.whole(server.via("/calc")));
        Waiting.result("the session is offered", offered);
        client.resets();
        Waiting.until("the connection is gone", () -> server.acceptor.connections() == 0);
        Recorder served = new Recorder();
        answer.complete(served);

        served.awaits("faulted");
    }

    @Test
    void closingTheAcceptorEndsSessionsInAnOrderlyWay() {
        Recorder served = new Recorder();
        Server server = serve(SessionListener.of(session -> served));
        Recorder client = new Recorder();
        open(server, client);

        Waiting.result("closed", server.acceptor.close(Duration.ofSeconds(10)));
        client.awaits("opened", "ended", "closed");
        served.awaits("opened", "ended", "closed");
        assertThat(server.acceptor.connections()).isZero();
    }

    @Test
    void closingTheAcceptorResetsWhatDoesNotEndInTime() {
        Server server = serve(Echo.LISTENER);
        try (ScriptedPeer stubborn = introduced(server);
                ScriptedPeer pending = ScriptedPeer.connect(server.address())) {
            pending.sends("00 01 00");
            Waiting.until("both are there", () -> server.acceptor.connections() == 2);
            Waiting.result("closed", server.acceptor.close(Duration.ofMillis(100)));

            stubborn.expects("07");
            stubborn.expectsReset();
            pending.expectsReset();
        }
    }

    @Test
    void textOfASessionNamesWhoAndWhat() {
        Server server = serve(Echo.LISTENER);
        Session session = open(server, new Recorder());

        assertThat(session.toString()).contains("/calc", Integer.toString(server.port()));
        assertThat(Hex.of(bytes(1))).isEqualTo("01");
    }

    /** Does not answer the peer's End. */
    private static final class LeavesItOpen extends Recorder {
        @Override
        public void ended(Session session) {
            events.add("ended");
        }
    }
}
