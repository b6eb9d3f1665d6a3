package dev.nettcp.sharing.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.AddressInUseException;
import dev.nettcp.connection.ConnectionSourceProvider;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.ListenException;
import dev.nettcp.connection.ListenException.Reason;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.connection.SourceEvent;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeftovers.class)
class SharedListenerTest {
    private static final BaseAddress ADDRESS = BaseAddress.parse("net.tcp://localhost:9000/a");
    private static final byte[] NEXT_PREAMBLE =
            Hex.bytes("00 01 00 01 02 02 0D 6E 65 74 2E 74 63 70 3A 2F 2F 68 2F 62 03 08");

    /** For answers that do not come; long enough for those that do. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final ViaUri NEXT_VIA = ViaUri.parse("net.tcp://h/b");

    @TempDir
    Path directory;

    private final EventLoops eventLoops = EventLoops.create("worker", 2);
    private final TestAcceptor acceptor = new TestAcceptor();
    private final BlockingQueue<SourceEvent> events = new LinkedBlockingQueue<>();
    private final List<SharedListener> listeners = new ArrayList<>();
    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (SharedListener listener : listeners) {
            listener.stop().get(30, TimeUnit.SECONDS);
        }
        for (AutoCloseable one : closing) {
            one.close();
        }
        eventLoops.close();
    }

    @Test
    void registersOpensItsLanesAndTakesConnections() throws Exception {
        FakeService service = service();
        listener().open(acceptor).get(30, TimeUnit.SECONDS);

        assertThat(Tcp.next(service.received))
                .isEqualTo(new Register("net.tcp://localhost:9000/a", HostNameComparisonMode.STRONG_WILDCARD));
        assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);
        Waiting.until("both lanes are open", () -> service.lanes.size() == 2);

        try (Tcp tcp = new Tcp()) {
            assertThat(tcp.handOver(service.lanes.get(0))).isEqualTo(new HandoverOutcome.Taken());
            AcceptedConnection connection = Tcp.next(acceptor.accepted);
            assertThat(connection.prefixBytes()).isEqualTo("preamble".length());
            assertEchoes(tcp, connection);
        }
    }

    @Test
    void case084_theConnectionHasTheClientsRealAddress() throws Exception {
        FakeService service = openedWithLane();
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(service.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);
            assertThat(connection.addresses().remote()).isEqualTo(tcp.client.getLocalSocketAddress());
            assertThat(connection.addresses().local()).isEqualTo(tcp.client.getRemoteSocketAddress());
            abort(connection);
        }
    }

    @Test
    void case086_theServiceWaitsUntilTheAcceptorHasAPlace() throws Exception {
        FakeService service = openedWithLane();
        acceptor.free.set(0);
        try (Tcp tcp = new Tcp()) {
            var outcome = service.lanes
                    .get(0)
                    .send(tcp.header(), tcp.accepted, Duration.ofSeconds(30))
                    .toCompletableFuture();

            acceptor.makeRoom();

            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new HandoverOutcome.Taken());
            abort(Tcp.next(acceptor.accepted));
        }
    }

    @Test
    void closingAConnectionReachesTheClientWhileTheServiceStillHoldsItsCopy() throws Exception {
        FakeService service = openedWithLane();
        try (Tcp tcp = new Tcp()) {
            var outcome = service.lanes
                    .get(0)
                    .send(tcp.header(), tcp.accepted, Duration.ofSeconds(30))
                    .toCompletableFuture();
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new HandoverOutcome.Taken());

            AcceptedConnection connection = Tcp.next(acceptor.accepted);
            connection.takePrefix().release();
            connection.channel().close();

            assertThat(tcp.client.getInputStream().read()).isEqualTo(-1);
            assertThat(tcp.accepted.isOpen()).isTrue();
        }
    }

    @Test
    void case002_aTakenAddressIsTheSameExceptionAsAPortThatIsTaken() throws Exception {
        FakeService service = service();
        service.registration = refusal(StatusCode.CONFLICTING_REGISTRATION, "pid 17 of user 1000");

        assertThat(failure(listener()))
                .isInstanceOf(AddressInUseException.class)
                .hasMessage(
                        "net.tcp://localhost:9000/a is taken: another worker has registered it (pid 17 of user 1000). Choose another path, or stop that worker (\"nettcp routes\" shows which it is).");
    }

    @Test
    void case012_aPortThatAnotherProgramHasIsAnAddressInUse() throws Exception {
        FakeService service = service();
        service.registration = refusal(StatusCode.FAILED_TO_LISTEN, "port 9000: address already in use");

        assertThat(failure(listener()))
                .isInstanceOf(AddressInUseException.class)
                .hasMessageContaining("cannot listen on port 9000 (port 9000: address already in use)");
    }

    @Test
    void case012_aTimeoutShorterThanTheServiceTakesIsNamedAndTheRegistrationGivenUp() throws Exception {
        FakeService service = service();
        service.answers = false;
        ListenRequest hasty = request().withOpenTimeout(Duration.ofMillis(300));

        assertThat(failure(new SharedListener(hasty, settings().withAnswerLimit(Duration.ofSeconds(1)))))
                .hasMessageContaining("did not answer within openTimeout=PT0.3S; it was given up");
        assertThat(service.live).isEmpty();
    }

    @Test
    void case012_theServiceMayHaveBeenTryingToGetThePort() {
        ListenFailures failures = new ListenFailures(ADDRESS, socket(), ServiceUnits.OF_SYSTEM);

        assertThat(failures.notOpenInTime(Duration.ofMillis(300), true))
                .hasMessageContaining("The service takes a second to say that another program has port 9000");
        assertThat(failures.notOpenInTime(Duration.ofMillis(300), false)).hasMessageEndingWith("or restart it.");
    }

    @Test
    void case010_anAddressOver2048BytesIsRefusedHereAndNotSent() throws Exception {
        FakeService service = service();
        BaseAddress tooLong = BaseAddress.parse("net.tcp://localhost:9000/" + "a".repeat(2024));
        SharedListener listener = listener(ListenRequest.of(tooLong, eventLoops));

        assertThat(failure(listener)).hasMessageContaining("2049 bytes").hasMessageContaining("at most 2048");
        assertThat(service.received).isEmpty();
    }

    @Test
    void case109_withoutTheServiceTheErrorNamesItAndTheRemedy() throws Exception {
        ListenException failure = failure(listener());

        assertThat(failure.reason()).isEqualTo(Reason.SERVICE_NOT_RUNNING);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Cannot listen on net.tcp://localhost:9000/a: the port sharing service is not there")
                .hasMessageContaining(socket().toString())
                .hasMessageContaining("nettcp serve");
    }

    @Test
    void aSocketThatWasLeftOverIsSaidToBeLeftOver() throws Exception {
        try (java.nio.channels.ServerSocketChannel left =
                java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            left.bind(java.net.UnixDomainSocketAddress.of(socket()));
        }
        ListenException failure = failure(listener());

        assertThat(failure.reason()).isEqualTo(Reason.SERVICE_NOT_RUNNING);
        assertThat(failure).hasMessageContaining("was left over, and nobody listens on it");
        Files.delete(socket());
    }

    @Test
    void case112_anAccountThatIsNotAdmittedIsToldWhere() throws Exception {
        service().admission = Optional.of(new Refused(StatusCode.ACCESS_DENIED, "user 1000 is not in allowAccounts"));

        ListenException failure = failure(listener());

        assertThat(failure.reason()).isEqualTo(Reason.SERVICE_ACCESS_REFUSED);
        assertThat(failure)
                .hasMessageContaining("user 1000 is not in allowAccounts")
                .hasMessageContaining("Add it to allowAccounts");
    }

    @Test
    void aServiceThatIsSwitchedOffSaysSo() throws Exception {
        service().admission = Optional.of(new Refused(StatusCode.NOT_ENABLED, "enabled: false"));

        assertThat(failure(listener()).reason()).isEqualTo(Reason.SERVICE_NOT_ENABLED);
    }

    @Test
    void case105_registersAgainByItselfAndLeavesConnectionsAlone() throws Exception {
        FakeService first = openedWithLane();
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(first.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);

            first.close();
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Interrupted.class);
            FakeService second = new FakeService(socket());
            closing.add(second);
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);
            assertThat(Tcp.next(second.received)).isInstanceOf(Register.class);

            assertEchoes(tcp, connection);
            try (Tcp next = new Tcp()) {
                Waiting.until("a lane is open", () -> !second.lanes.isEmpty());
                assertThat(next.handOver(second.lanes.get(0))).isEqualTo(new HandoverOutcome.Taken());
                abort(Tcp.next(acceptor.accepted));
            }
        }
    }

    @Test
    void thatItIsBackIsLoggedAsLoudlyAsThatItWasAway() throws Exception {
        FakeService first = service();
        try (Logged logged = Logged.by(RegistrationClient.class)) {
            listener().open(acceptor).get(30, TimeUnit.SECONDS);
            assertThat(logged.lines(Level.WARN)).as("before anything was lost").isEmpty();
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);

            first.close();
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Interrupted.class);
            closing.add(new FakeService(socket()));
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);

            assertThat(logged.lines(Level.WARN))
                    .satisfiesExactly(
                            away -> assertThat(away).startsWith(ADDRESS + " lost its registration"),
                            back -> assertThat(back).startsWith(ADDRESS + " is registered again"));
        }
    }

    @Test
    void case107_anAddressThatIsTakenAfterARestartIsTriedAgain() throws Exception {
        FakeService service = openedWithLane();
        service.registration = refusal(StatusCode.CONFLICTING_REGISTRATION, "");
        service.live.values().forEach(one -> one.session().close());
        assertThat(Tcp.next(service.received)).isInstanceOf(Register.class);
        assertThat(Tcp.next(service.received)).isInstanceOf(Register.class);

        service.registration = register -> new Registered(StatusCode.SUCCESS, "", LaneToken.random(), 2);

        assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Interrupted.class);
        assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);
    }

    @Test
    void case108_stoppingWhileItReconnectsReturnsAndRegistersNothingLater() throws Exception {
        FakeService service = service();
        SharedListener listener = listener();
        listener.open(acceptor).get(30, TimeUnit.SECONDS);
        service.close();
        assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);
        assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Interrupted.class);

        listener.stop().get(30, TimeUnit.SECONDS);
        assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Stopped.class);

        try (FakeService next = new FakeService(socket())) {
            // Attempts come every 50 ms at most; twenty times that without one is an answer.
            assertThat(next.received.poll(1, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    void stoppingUnregistersAndMayBeRepeated() throws Exception {
        FakeService service = service();
        SharedListener listener = listener();
        listener.open(acceptor).get(30, TimeUnit.SECONDS);
        Tcp.next(service.received);

        listener.stop().get(30, TimeUnit.SECONDS);
        listener.stop().get(30, TimeUnit.SECONDS);

        assertThat(Tcp.next(service.received)).isEqualTo(new Unregister());
        assertThat(service.live).isEmpty();
    }

    @Test
    void stoppingEndsEveryLaneAlthoughTheServiceLeavesThemOpen() throws Exception {
        FakeService service = service();
        SharedListener listener = listener();
        listener.open(acceptor).get(30, TimeUnit.SECONDS);
        Waiting.until("both lanes are open", () -> service.lanes.size() == 2);

        listener.stop().get(30, TimeUnit.SECONDS);

        Waiting.until("no lane is left", service.lanes::isEmpty);
    }

    @Test
    void theLanesOfALostRegistrationEndAlthoughTheServiceLeavesThemOpen() throws Exception {
        FakeService service = service();
        listener().open(acceptor).get(30, TimeUnit.SECONDS);
        Waiting.until("both lanes are open", () -> service.lanes.size() == 2);
        List<HandoverLane> former = List.copyOf(service.lanes);

        service.live.values().forEach(one -> one.session().close());

        Waiting.until(
                "there are two others",
                () -> service.lanes.size() == 2 && former.stream().noneMatch(service.lanes::contains));
    }

    @Test
    void stoppingDoesNotWaitForAServiceThatDoesNotAnswer() throws Exception {
        FakeService service = service();
        SharedListener listener = new SharedListener(request(), settings().withAnswerLimit(Duration.ofSeconds(2)));
        listener.open(acceptor).get(30, TimeUnit.SECONDS);
        service.answers = false;

        listener.stop().get(30, TimeUnit.SECONDS);

        Waiting.until("the session has ended", service.live::isEmpty);
    }

    @Test
    void aServiceThatDoesNotAnswerFailsTheOpening() throws Exception {
        FakeService service = service();
        service.answers = false;
        SharedListener listener = new SharedListener(request(), settings().withAnswerLimit(Duration.ofSeconds(2)));

        assertThat(failure(listener)).hasMessageContaining("did not answer within PT2S");
    }

    @Test
    void case097_aViaThatIsStillOursStaysHere() throws Exception {
        FakeService service = openedWithLane();
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(service.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);

            assertThat(decide(connection)).isEqualTo(ReuseDecision.KEEP);
            assertThat(Tcp.next(service.received))
                    .isEqualTo(new Validate(
                            0, "net.tcp://h/b", connection.addresses().local()));
            abort(connection);
        }
    }

    @Test
    void case098_099_aViaOfAStrangerEndsTheConnection() throws Exception {
        FakeService service = openedWithLane();
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(service.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);

            service.owner = RouteOwner.OTHER_USER;
            assertThat(decide(connection)).isEqualTo(ReuseDecision.ABORT);
            service.owner = RouteOwner.NOBODY;
            assertThat(decide(connection)).isEqualTo(ReuseDecision.ABORT);
            abort(connection);
        }
    }

    @Test
    void whileTheServiceIsAwayAConnectionForAnEndpointOfOursStays() throws Exception {
        acceptor.endpoints.add(NEXT_VIA);

        assertThat(decisionWithoutAService()).isEqualTo(ReuseDecision.KEEP);
    }

    @Test
    void whileTheServiceIsAwayAConnectionForWhatIsNotOursIsReset() throws Exception {
        assertThat(decisionWithoutAService()).isEqualTo(ReuseDecision.ABORT);
    }

    private ReuseDecision decisionWithoutAService() throws Exception {
        FakeService service = openedWithLane();
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(service.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);
            service.close();
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Interrupted.class);

            ReuseDecision decision = decide(connection);
            abort(connection);
            return decision;
        }
    }

    @Test
    void aServiceThatDoesNotSayWhoseAViaIsCountsAsAway() throws Exception {
        FakeService service = service();
        listener(request(), settings().withAnswerLimit(SHORT)).open(acceptor).get(20, TimeUnit.SECONDS);
        Waiting.until("a lane is open", () -> !service.lanes.isEmpty());
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(service.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);
            service.answers = false;
            acceptor.endpoints.add(NEXT_VIA);

            var ours = connection.reusePolicy().decide(NEXT_VIA, connection.addresses());
            var unknown = connection.reusePolicy().decide(ViaUri.parse("net.tcp://h/c"), connection.addresses());

            assertThat(ours.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(ReuseDecision.KEEP);
            assertThat(unknown.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(ReuseDecision.ABORT);
            abort(connection);
        }
    }

    /** Everything of the listener is on one event loop here, which stands still until the limit is over and the answer is there. */
    @Test
    void anAnswerThatHasArrivedCountsAlthoughItsLimitIsNoticedFirst() throws Exception {
        FakeService service = service();
        EventLoops single = EventLoops.create("single", 1);
        closing.add(single);
        listener(ListenRequest.of(ADDRESS, single), settings().withAnswerLimit(SHORT))
                .open(acceptor)
                .get(20, TimeUnit.SECONDS);
        Waiting.until("a lane is open", () -> !service.lanes.isEmpty());
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(service.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);
            service.answers = false;
            ControlSession session = service.live.values().iterator().next().session();
            CompletableFuture<ReuseDecision> decision = new CompletableFuture<>();
            EventLoop loop = connection.channel().eventLoop();

            loop.execute(() -> {
                // Due before the limit, and run in one go with it: between the two nothing is read.
                loop.schedule(() -> answerNow(service, session), SHORT.toNanos(), TimeUnit.NANOSECONDS);
                connection
                        .reusePolicy()
                        .decide(NEXT_VIA, connection.addresses())
                        .thenAccept(decision::complete);
                loop.execute(() -> standStill(SHORT));
            });

            assertThat(decision.get(20, TimeUnit.SECONDS)).isEqualTo(ReuseDecision.RETURN);
            abort(connection);
        }
    }

    /** Returns when the answer is in the socket. */
    private static void answerNow(FakeService service, ControlSession session) {
        session.send(new Validated(0, RouteOwner.SAME_USER));
        service.loop().submit(() -> {}).awaitUninterruptibly();
    }

    private static void standStill(Duration time) {
        long since = System.nanoTime();
        Waiting.until("the limit is over", () -> System.nanoTime() - since > time.toNanos());
    }

    @Test
    void aViaOfAnotherWorkerOfTheSameUserGoesBackWithTheBytesRead() throws Exception {
        FakeService service = openedWithLane();
        service.owner = RouteOwner.SAME_USER;
        for (int i = 0; i < 3; i++) {
            try (Tcp tcp = new Tcp()) {
                tcp.handOver(service.lanes.get(0));
                AcceptedConnection connection = Tcp.next(acceptor.accepted);
                assertThat(decide(connection)).isEqualTo(ReuseDecision.RETURN);

                giveBack(connection);

                var header = Tcp.next(service.returned);
                assertThat(header.via()).isEqualTo("net.tcp://h/b");
                assertThat(header.bytesRead()).isEqualTo(Unpooled.wrappedBuffer(NEXT_PREAMBLE));
                assertThat(header.remote()).isEqualTo(tcp.client.getLocalSocketAddress());
                assertServiceHasIt(tcp, service);
            }
        }
    }

    @Test
    void aConnectionThatCannotBeReturnedIsReset() throws Exception {
        FakeService service = openedWithLane();
        try (Tcp tcp = new Tcp()) {
            tcp.handOver(service.lanes.get(0));
            AcceptedConnection connection = Tcp.next(acceptor.accepted);
            service.close();
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Interrupted.class);

            giveBack(connection);

            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> tcp.client.getInputStream().read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void case095_aServiceThatSendsSomethingElseLosesTheWorker() throws Exception {
        FakeService service = openedWithLane();
        Socket noTcp = Socket.newSocketDomain();
        try (Tcp tcp = new Tcp()) {
            HandoverOutcome outcome = service.lanes
                    .get(0)
                    .send(tcp.header(), noTcp, Duration.ofSeconds(30))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            assertThat(outcome).isInstanceOf(HandoverOutcome.Failed.class);
            assertThat(Tcp.next(events))
                    .isInstanceOfSatisfying(
                            SourceEvent.Interrupted.class,
                            interrupted -> assertThat(interrupted.cause()).hasMessageContaining("not one of TCP"));
            assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);
        } finally {
            noTcp.close();
        }
    }

    @Test
    void aLaneThatEndsIsReplaced() throws Exception {
        FakeService service = openedWithLane();
        Waiting.until("both lanes are open", () -> service.lanes.size() == 2);
        var lane = service.lanes.get(0);

        lane.close("the client of an offer has gone");

        Waiting.until("there are two again", () -> service.lanes.size() == 2 && !service.lanes.contains(lane));
    }

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ConnectionSourceProvider.find(ConnectionSourceProvider.SHARED_PORT))
                .hasValueSatisfying(
                        provider -> assertThat(provider.create(request()).toString())
                                .isEqualTo("shared port of net.tcp://localhost:9000/a"));
    }

    @Test
    void eventLoopsOfNioAreRefusedInPlainWords() throws Exception {
        try (EventLoops nio = EventLoops.nio("nio", 1)) {
            SharedListener listener = new SharedListener(ListenRequest.of(ADDRESS, nio), settings());
            assertThat(failure(listener)).hasMessageContaining("needs event loops of epoll");
        }
    }

    private FakeService service() throws IOException {
        FakeService service = new FakeService(socket());
        closing.add(service);
        return service;
    }

    private FakeService openedWithLane() throws Exception {
        FakeService service = service();
        listener().open(acceptor).get(30, TimeUnit.SECONDS);
        assertThat(Tcp.next(events)).isInstanceOf(SourceEvent.Listening.class);
        assertThat(Tcp.next(service.received)).isInstanceOf(Register.class);
        Waiting.until("a lane is open", () -> !service.lanes.isEmpty());
        return service;
    }

    private SharedListener listener() {
        return listener(request());
    }

    private SharedListener listener(ListenRequest request) {
        return listener(request, settings());
    }

    private SharedListener listener(ListenRequest request, SharedPortSettings settings) {
        SharedListener listener = new SharedListener(request, settings);
        listeners.add(listener);
        return listener;
    }

    private ListenRequest request() {
        return ListenRequest.of(ADDRESS, eventLoops).withListener(events::add);
    }

    private SharedPortSettings settings() {
        return SharedPortSettings.of(Optional.of(socket()), Map.of())
                .withBackoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(50)));
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private static java.util.function.Function<Register, Registered> refusal(StatusCode status, String text) {
        return register -> new Registered(status, text, LaneToken.of(new byte[16]), 1);
    }

    private ListenException failure(SharedListener listener) throws Exception {
        try {
            listener.open(acceptor).get(30, TimeUnit.SECONDS);
            throw new AssertionError("the opening succeeded");
        } catch (ExecutionException e) {
            return (ListenException) e.getCause();
        }
    }

    private static ReuseDecision decide(AcceptedConnection connection) throws Exception {
        return connection
                .reusePolicy()
                .decide(NEXT_VIA, connection.addresses())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    /** As whoever serves connections does it: on the event loop, the pipeline stripped, with the bytes of the next preamble. */
    private static void giveBack(AcceptedConnection connection) {
        connection.channel().eventLoop().execute(() -> {
            connection.takePrefix().release();
            connection.channel().pipeline().removeLast();
            connection
                    .reusePolicy()
                    .giveBack(new AcceptedConnection(
                            connection.channel(),
                            Unpooled.copiedBuffer(NEXT_PREAMBLE),
                            connection.addresses(),
                            connection.reusePolicy()));
        });
    }

    private static void abort(AcceptedConnection connection) {
        connection.channel().eventLoop().execute(connection::abort);
    }

    private static void assertEchoes(Tcp tcp, AcceptedConnection connection) throws Exception {
        CompletableFuture<Void> reading = new CompletableFuture<>();
        connection.channel().eventLoop().execute(() -> {
            connection.takePrefix().release();
            connection.channel().config().setAutoRead(true);
            reading.complete(null);
        });
        reading.get(30, TimeUnit.SECONDS);
        tcp.client.getOutputStream().write("ping".getBytes(US_ASCII));
        assertThat(tcp.client.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes(US_ASCII));
        connection.channel().close();
    }

    private static void assertServiceHasIt(Tcp tcp, FakeService service) throws Exception {
        Socket socket =
                new Socket(Tcp.next(service.returnedSockets).descriptor().intValue());
        java.nio.ByteBuffer hello = java.nio.ByteBuffer.allocateDirect(5).put("hello".getBytes(US_ASCII));
        socket.write(hello, 0, 5);
        assertThat(tcp.client.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(US_ASCII));
        socket.close();
        assertThat(tcp.client.getInputStream().read())
                .as("no copy is left with the worker")
                .isEqualTo(-1);
    }
}
