package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import dev.nettcp.testkit.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client and our server in the streamed transfer modes. */
class StreamedTest {
    private static final long MUCH = 24L << 20;

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private static NetTcpBinding.Builder streamed() {
        return streamed(TransferMode.STREAMED);
    }

    private static NetTcpBinding.Builder streamed(TransferMode mode) {
        return Loopback.builder().transferMode(mode).maxReceivedMessageSize(1L << 40);
    }

    private NetTcpServer serve(NetTcpBinding.Builder binding, MessageHandler handler) throws Exception {
        return loopback.serve(binding.build(), server -> server.endpoint("net.tcp://localhost:0/stream", handler));
    }

    private NetTcpClient connect(NetTcpServer server, NetTcpBinding.Builder binding) {
        return loopback.connect(NetTcpClient.builder(server.address(), binding.build()));
    }

    /** A pool of its own, so that no other test's connection is in it. */
    private static ConnectionPoolSettings pool(String name) {
        return new ConnectionPoolSettings(name, Duration.ofMinutes(2), Duration.ofMinutes(5), 10);
    }

    // ---- calls

    @ParameterizedTest
    @EnumSource(names = "BUFFERED", mode = EnumSource.Mode.EXCLUDE)
    void aRequestHasItsReply(TransferMode mode) throws Exception {
        NetTcpServer server = serve(streamed(mode), Loopback::echo);
        NetTcpClient client = connect(server, streamed(mode));
        Loopback.assertEchoes(client, "hello");
        Loopback.assertEchoes(client, "x".repeat(8000));
        assertThat(client.request(Message.empty("urn:echo")).isEmpty()).isTrue();
        Waiting.until("no call is left", () -> server.sessions().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = "BUFFERED", mode = EnumSource.Mode.EXCLUDE)
    void bytesGoThereAndBack(TransferMode mode) throws Exception {
        NetTcpServer server = serve(streamed(mode), (request, session) -> {
            byte[] all = StreamedMessages.data(request).readAllBytes();
            return StreamedMessages.message("urn:done", new ByteArrayInputStream(all));
        });
        NetTcpClient client = connect(server, streamed(mode));
        for (int size : new int[] {0, 1, 2, 3, 255, 256, 257, 4352, 70_000, 1_000_003}) {
            Message reply = client.request(StreamedMessages.message("urn:put", new StreamedMessages.Pattern(size)));
            assertThat(StreamedMessages.count(StreamedMessages.data(reply))).isEqualTo(size);
        }
    }

    @Test
    void moreThanMemoryCouldHoldGoesUpAndDown() throws Exception {
        NetTcpServer server = serve(
                streamed(),
                Operations.of(Map.of(
                        "urn:put",
                                (request, session) -> message(
                                        "urn:count",
                                        Long.toString(StreamedMessages.count(StreamedMessages.data(request)))),
                        "urn:get",
                                (request, session) -> StreamedMessages.message(
                                        "urn:data", new StreamedMessages.Pattern(Long.parseLong(textOf(request)))))));
        NetTcpClient client = connect(server, streamed());
        assertThat(textOf(client.request(StreamedMessages.message("urn:put", new StreamedMessages.Pattern(MUCH)))))
                .isEqualTo(Long.toString(MUCH));
        Message reply = client.request(message("urn:get", Long.toString(MUCH)));
        assertThat(StreamedMessages.count(StreamedMessages.data(reply))).isEqualTo(MUCH);
    }

    @Test
    void aReplyIsWrittenWhileItsRequestIsStillRead() throws Exception {
        NetTcpServer server = serve(
                streamed(),
                (request, session) -> StreamedMessages.message("urn:echoed", StreamedMessages.data(request)));
        NetTcpClient client = connect(server, streamed());
        Message reply = Waiting.result(
                "the reply begins",
                client.requestAsync(StreamedMessages.message("urn:echo", new StreamedMessages.Pattern(MUCH))));
        assertThat(StreamedMessages.count(StreamedMessages.data(reply))).isEqualTo(MUCH);
    }

    @Test
    void theHeadersAreThereBeforeTheBody() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            InputStream data = StreamedMessages.data(request);
            heard.complete(request.action());
            return message("urn:count", Long.toString(data.readAllBytes().length));
        });
        NetTcpClient client = connect(server, streamed());
        PipedOutputStream source = new PipedOutputStream();
        PipedInputStream body = new PipedInputStream(source, 64 * 1024);
        source.write(new byte[100]);
        CompletableFuture<Message> reply = client.requestAsync(StreamedMessages.message("urn:slow", body));
        assertThat(Waiting.result("the handler has the headers", heard)).isEqualTo("urn:slow");
        assertThat(reply).isNotDone();
        source.write(new byte[200]);
        source.close();
        assertThat(textOf(Waiting.result("the reply", reply))).isEqualTo("300");
    }

    @Test
    void aHandlerThatDoesNotReadStopsTheWriterUntilItDoes() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        NetTcpServer server = serve(streamed(), (request, session) -> {
            goOn.await();
            return message("urn:count", Long.toString(StreamedMessages.count(StreamedMessages.data(request))));
        });
        NetTcpClient client = connect(server, streamed());
        StreamedMessages.Pattern body = new StreamedMessages.Pattern(MUCH);
        CompletableFuture<Message> reply = client.requestAsync(StreamedMessages.message("urn:put", body));
        AtomicInteger last = new AtomicInteger(-1);
        AtomicInteger unchanged = new AtomicInteger();
        Waiting.until("the writer stands still", () -> {
            int left = body.available();
            return (last.getAndSet(left) == left && left < MUCH)
                    ? unchanged.incrementAndGet() > 100
                    : unchanged.getAndSet(0) < 0;
        });
        assertThat(body.available()).isPositive();
        goOn.countDown();
        assertThat(textOf(Waiting.result("the reply", reply))).isEqualTo(Long.toString(MUCH));
    }

    @Test
    void callsGoOverOnePooledConnectionOneAfterTheOther() throws Exception {
        Map<Integer, Boolean> ports = new ConcurrentHashMap<>();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            ports.put(session.remoteAddress().getPort(), true);
            return Loopback.echo(request, session);
        });
        NetTcpClient client = connect(server, streamed().connectionPoolSettings(pool("one after the other")));
        for (int call = 0; call < 20; call++) {
            Loopback.assertEchoes(client, "call " + call);
            Waiting.until("the call is over", () -> server.sessions().isEmpty());
        }
        assertThat(ports).hasSizeLessThan(20); // where the End of the reply was late a new one was connected
    }

    @Test
    void oneWayMessagesAreAnsweredByTheEndAlone() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            heard.incrementAndGet();
            return null;
        });
        NetTcpClient client = connect(server, streamed());
        client.send(message("urn:note", "1"));
        Waiting.result("sent", client.sendAsync(message("urn:note", "2")));
        assertThat(heard).hasValue(2);
        assertThatThrownBy(() -> client.request(message("urn:note", "3")))
                .isInstanceOf(NetTcpException.class)
                .hasMessageContaining("without a reply");
    }

    @Test
    void aOneWayMessageForNobodyIsNotAnswered() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            heard.incrementAndGet();
            return null;
        });
        NetTcpClient stranger = loopback.connect(
                NetTcpClient.builder("net.tcp://localhost/elsewhere", streamed().build())
                        .via(server.address()));
        stranger.send(message("urn:note", "for nobody"));
        assertThat(heard).hasValue(0);
    }

    // ---- faults

    @Test
    void whatAHandlerThrowsIsAFault() throws Exception {
        NetTcpServer server = serve(
                streamed(),
                Operations.of(Map.of(
                        "urn:soap",
                                (request, session) -> {
                                    throw new SoapFaultException(SoapFault.sender("no"), "urn:fault");
                                },
                        "urn:bug",
                                (request, session) -> {
                                    throw new IllegalArgumentException("bug");
                                },
                        "urn:body",
                                (request, session) -> {
                                    throw new XMLStreamException("what is that?");
                                })));
        NetTcpClient client = connect(server, streamed());
        assertThatThrownBy(() -> client.request(message("urn:soap", "")))
                .asInstanceOf(type(SoapFaultException.class))
                .satisfies(fault -> assertThat(fault.action()).isEqualTo("urn:fault"));
        assertFault(client, "urn:bug", FaultCodes.INTERNAL_SERVICE_FAULT);
        assertFault(client, "urn:body", FaultCodes.DESERIALIZATION_FAILED);
        assertFault(client, "urn:other", FaultCodes.ACTION_NOT_SUPPORTED);
        NetTcpClient stranger = loopback.connect(
                NetTcpClient.builder("net.tcp://localhost/elsewhere", streamed().build())
                        .via(server.address()));
        assertFault(stranger, "urn:soap", FaultCodes.DESTINATION_UNREACHABLE);
    }

    private static void assertFault(NetTcpClient client, String action, QName code) {
        assertThatThrownBy(() -> client.request(message(action, "")))
                .asInstanceOf(type(SoapFaultException.class))
                .satisfies(fault -> assertThat(fault.fault().is(code)).isTrue());
    }

    @ParameterizedTest
    @EnumSource(names = "BUFFERED", mode = EnumSource.Mode.EXCLUDE)
    void aReplyThatFailsAtItsBeginningIsReplacedByAFault(TransferMode mode) throws Exception {
        NetTcpServer server = serve(
                streamed(mode),
                (request, session) -> Message.of("urn:reply", out -> {
                    Loopback.TEXT.write(out, "some");
                    throw new XMLStreamException("no more");
                }));
        assertFault(connect(server, streamed(mode)), "urn:get", FaultCodes.INTERNAL_SERVICE_FAULT);
    }

    @Test
    void aReplyThatBreaksOffResetsTheConnection() throws Exception {
        CountDownLatch replyHasBegun = new CountDownLatch(1);
        NetTcpServer server = serve(
                streamed(),
                (request, session) -> StreamedMessages.message("urn:reply", new BreaksOff(1_000_000, replyHasBegun)));
        NetTcpClient client = connect(server, streamed());
        Message reply = client.request(message("urn:get", ""));
        replyHasBegun.countDown();
        assertThatThrownBy(() -> StreamedMessages.data(reply).readAllBytes())
                .isInstanceOfAny(IOException.class, XMLStreamException.class);
        Waiting.until("no call is left", () -> server.sessions().isEmpty());
    }

    /** A source that has so many bytes, and then fails: when the other side has seen the first of them, which a reset might overtake. */
    private static final class BreaksOff extends InputStream {
        private final CountDownLatch seen;
        private long left;

        BreaksOff(long size, CountDownLatch seen) {
            this.left = size;
            this.seen = seen;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                Waiting.until("the other side has begun", () -> seen.getCount() == 0);
                throw new IOException("the disk has gone");
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }

    @Test
    void aRequestThatBreaksOffIsTheCallersFailureAndTheServerIsTold() throws Exception {
        CountDownLatch handlerRuns = new CountDownLatch(1);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            handlerRuns.countDown();
            try {
                StreamedMessages.data(request).readAllBytes();
                told.complete(new IllegalStateException("read to its end"));
            } catch (IOException e) {
                told.complete(e);
                throw e;
            }
            return null;
        });
        NetTcpClient client = connect(server, streamed());
        assertThatThrownBy(
                        () -> client.request(StreamedMessages.message("urn:put", new BreaksOff(500_000, handlerRuns))))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(Layer.ENCODING))
                .hasMessageContaining("the disk has gone");
        assertThat(Waiting.result("the handler is told", told)).isInstanceOf(IOException.class);
    }

    // ---- what is left unread

    @Test
    void whatAHandlerLeavesOfARequestIsThrownAway() throws Exception {
        NetTcpServer server = serve(streamed(), (request, session) -> message("urn:reply", "enough"));
        NetTcpClient client = connect(server, streamed());
        for (int call = 0; call < 3; call++) {
            Message reply =
                    client.request(StreamedMessages.message("urn:put", new StreamedMessages.Pattern(10_000_000)));
            assertThat(textOf(reply)).isEqualTo("enough");
        }
        Waiting.until("no call is left", () -> server.sessions().isEmpty());
    }

    @Test
    void aReplyThatIsClosedEarlyCostsItsConnectionOnly() throws Exception {
        CompletableFuture<Void> served = new CompletableFuture<>();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            session.ended().whenComplete((done, failure) -> served.complete(null));
            return StreamedMessages.message("urn:data", new StreamedMessages.Pattern(MUCH));
        });
        NetTcpClient client = connect(server, streamed());
        try (Message reply = client.request(message("urn:get", ""))) {
            InputStream data = StreamedMessages.data(reply);
            assertThat(data.readNBytes(1000)).hasSize(1000);
        }
        Waiting.result("the server is told", served);
        try (Message again = client.request(message("urn:get", ""))) {
            assertThat(StreamedMessages.count(StreamedMessages.data(again))).isEqualTo(MUCH);
        }
    }

    @Test
    void aReplyThatIsForgottenIsGivenUpAfterTheReceiveTimeout() throws Exception {
        CompletableFuture<Void> served = new CompletableFuture<>();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            session.ended().whenComplete((done, failure) -> served.complete(null));
            return StreamedMessages.message("urn:data", new StreamedMessages.Pattern(MUCH));
        });
        NetTcpClient client = connect(server, streamed().receiveTimeout(Duration.ofMillis(500)));
        assertThatThrownBy(() -> {
                    Message forgotten = client.request(message("urn:get", ""));
                    Waiting.result("the server is told", served);
                    StreamedMessages.count(StreamedMessages.data(forgotten));
                })
                .isInstanceOfAny(IOException.class, XMLStreamException.class);
        Waiting.result("the server is told", served);
    }

    @Test
    void aClientThatClosesGivesUnreadRepliesUp() throws Exception {
        NetTcpServer server = serve(
                streamed(),
                (request, session) -> StreamedMessages.message("urn:data", new StreamedMessages.Pattern(MUCH)));
        NetTcpClient client = connect(server, streamed());
        Message reply = client.request(message("urn:get", ""));
        client.close();
        assertThatThrownBy(() -> StreamedMessages.count(StreamedMessages.data(reply)))
                .isInstanceOfAny(IOException.class, XMLStreamException.class);
        assertThatThrownBy(() -> client.request(message("urn:get", ""))).hasMessageContaining("the client is closed");
        Waiting.until("no call is left", () -> server.sessions().isEmpty());
    }

    // ---- limits

    @Test
    void aRequestOverTheLimitIsAnsweredWithTheFaultOfTheFramingLayer() throws Exception {
        NetTcpServer server = serve(
                streamed().maxReceivedMessageSize(100_000),
                (request, session) ->
                        message("urn:count", Long.toString(StreamedMessages.count(StreamedMessages.data(request)))));
        NetTcpClient client = connect(server, streamed());
        assertThatThrownBy(() ->
                        client.request(StreamedMessages.message("urn:put", new StreamedMessages.Pattern(120_000))))
                .isInstanceOfSatisfying(NetTcpException.class, e -> {
                    assertThat(e.layer()).isEqualTo(Layer.QUOTA);
                    assertThat(e.framingFault()).contains(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED.uri());
                });
    }

    @Test
    void aReplyOverTheLimitFailsWhereItIsRead() throws Exception {
        NetTcpServer server = serve(
                streamed(),
                (request, session) -> StreamedMessages.message("urn:data", new StreamedMessages.Pattern(MUCH)));
        NetTcpClient client = connect(server, streamed().maxReceivedMessageSize(2_000_000));
        Message reply = client.request(message("urn:get", ""));
        assertThatThrownBy(() -> StreamedMessages.count(StreamedMessages.data(reply)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2000000");
    }

    @Test
    void headersOverTheBufferSizeAreRefusedOnBothSides() throws Exception {
        Header large = Header.of(new QName("urn:test", "large"), out -> out.writeCharacters("x".repeat(7000)));
        NetTcpServer server = serve(
                streamed().maxBufferSize(4096),
                (request, session) -> message("urn:reply", "").withHeader(large));
        assertThatThrownBy(() -> connect(server, streamed())
                        .request(message("urn:get", "").withHeader(large)))
                .isInstanceOfSatisfying(
                        NetTcpException.class,
                        e -> assertThat(e.framingFault()).contains(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED.uri()));
        assertThatThrownBy(() -> connect(server, streamed().maxBufferSize(4096)).request(message("urn:get", "")))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(Layer.QUOTA))
                .hasMessageContaining("maxBufferSize");
        assertThat(connect(server, streamed()).request(message("urn:get", "")).headers())
                .hasSize(1);
    }

    @Test
    void nobodyWaitsForMessagesThatCannotCome() {
        NetTcpClient.Builder client = NetTcpClient.builder(
                        "net.tcp://localhost/x", streamed().build())
                .onMessage(Loopback::echo);

        assertThatThrownBy(client::build)
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageStartingWith("transferMode: STREAMED contradicts onMessage");
    }

    @Test
    void theQuotasOfTheReaderAreThoseOfStreamedMessages() throws Exception {
        NetTcpServer server = serve(streamed(), (request, session) -> message("urn:reply", textOf(request)));
        assertFaultAt(connect(server, streamed()), "x".repeat(9000));
        NetTcpServer generous = serve(
                streamed().readerQuotas(new ReaderQuotas().maxStringContentLength(10_000)),
                (request, session) ->
                        message("urn:reply", Integer.toString(textOf(request).length())));
        assertThat(textOf(connect(generous, streamed()).request(message("urn:text", "x".repeat(9000)))))
                .isEqualTo("9000");
    }

    private static void assertFaultAt(NetTcpClient client, String text) {
        assertThatThrownBy(() -> client.request(message("urn:text", text)))
                .asInstanceOf(type(SoapFaultException.class))
                .satisfies(fault -> assertThat(fault.fault().is(FaultCodes.DESERIALIZATION_FAILED))
                        .isTrue());
    }

    // ---- modes that do not fit

    @Test
    void aStreamedClientIsRefusedByABufferedEndpointAndTheReverse() throws Exception {
        NetTcpServer buffered = loopback.serve(Loopback::echo);
        NetTcpServer streamed = serve(streamed(), Loopback::echo);
        assertModeRefused(connect(buffered, streamed()));
        assertModeRefused(connect(streamed, Loopback.builder()));
    }

    private static void assertModeRefused(NetTcpClient client) {
        assertThatThrownBy(() -> client.request(message("urn:echo", "")))
                .isInstanceOfSatisfying(NetTcpException.class, e -> {
                    assertThat(e.layer()).isEqualTo(Layer.FRAMING);
                    assertThat(e.framingFault()).contains(FaultCode.UNSUPPORTED_MODE.uri());
                });
    }

    @Test
    void aStreamedClientHasNoSessionToOpen() throws Exception {
        NetTcpServer server = serve(streamed(), Loopback::echo);
        NetTcpClient client = connect(server, streamed());
        assertThatThrownBy(client::open).hasMessageContaining("STREAMED");
        assertThatThrownBy(client::closeOutput).hasMessageContaining("STREAMED");
    }

    @Test
    void aHandlerCannotCallBack() throws Exception {
        NetTcpServer server = serve(streamed(), (request, session) -> {
            assertThat(session.close()).isNotDone();
            session.closeOutput();
            assertThat(session.sendAsync(message("urn:push", ""))).isCompletedExceptionally();
            assertThat(session.requestAsync(message("urn:push", ""))).isCompletedExceptionally();
            assertThatThrownBy(() -> session.send(message("urn:push", ""))).hasMessageContaining("streamed");
            assertThatThrownBy(() -> session.request(message("urn:push", ""))).hasMessageContaining("streamed");
            return message("urn:reply", session.id());
        });
        assertThat(textOf(connect(server, streamed()).request(message("urn:get", ""))))
                .startsWith("session-");
    }

    // ---- timeouts, cancelling, the end

    @Test
    void theSendTimeoutCountsUntilTheHeadersOfTheReply() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        NetTcpServer server = serve(streamed(), (request, session) -> {
            done.await();
            return message("urn:late", "");
        });
        NetTcpClient client = connect(server, streamed().sendTimeout(Duration.ofSeconds(2)));
        assertThatThrownBy(() -> client.request(message("urn:get", "")))
                .isInstanceOfSatisfying(
                        NetTcpTimeoutException.class,
                        e -> assertThat(e.setting()).isEqualTo("sendTimeout"))
                .hasMessageContaining("the connection was reset");
        assertThatThrownBy(() -> Waiting.result("late", client.requestAsync(message("urn:get", ""))))
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("sendTimeout");
        done.countDown();
    }

    @Test
    void theSendTimeoutEndsAWriterWhomNobodyReads() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        NetTcpServer server = serve(streamed(), (request, session) -> {
            done.await();
            return null;
        });
        NetTcpClient client = connect(server, streamed().sendTimeout(Duration.ofMillis(500)));
        assertThatThrownBy(() ->
                        client.request(StreamedMessages.message("urn:put", new StreamedMessages.Pattern(1L << 40))))
                .isInstanceOf(NetTcpTimeoutException.class);
        done.countDown();
    }

    @Test
    void theSendTimeoutOfAServerCountsForTheWholeReply() throws Exception {
        CompletableFuture<Void> served = new CompletableFuture<>();
        NetTcpServer server = serve(streamed().sendTimeout(Duration.ofMillis(500)), (request, session) -> {
            session.ended().whenComplete((done, failure) -> served.complete(null));
            return StreamedMessages.message("urn:data", new StreamedMessages.Pattern(1L << 40));
        });
        NetTcpClient client = connect(server, streamed());
        assertThatThrownBy(() -> StreamedMessages.count(StreamedMessages.data(client.request(message("urn:get", "")))))
                .isInstanceOfAny(IOException.class, XMLStreamException.class);
        Waiting.result("the server has given up", served);
    }

    @Test
    void aCallThatIsCancelledResetsItsConnection() throws Exception {
        CompletableFuture<MessageSession> begun = new CompletableFuture<>();
        NetTcpServer server = serve(streamed(), (request, session) -> {
            begun.complete(session);
            StreamedMessages.data(request).readAllBytes();
            return null;
        });
        NetTcpClient client = connect(server, streamed());
        PipedOutputStream source = new PipedOutputStream();
        CompletableFuture<Message> call =
                client.requestAsync(StreamedMessages.message("urn:put", new PipedInputStream(source)));
        source.write(new byte[300]);
        MessageSession session = Waiting.result("the handler runs", begun);
        assertThat(call.cancel(false)).isTrue();
        assertThatThrownBy(call::join).isInstanceOf(CancellationException.class);
        Waiting.until("the server is told", () -> session.ended().isCompletedExceptionally());
        source.close();
    }

    @Test
    void aCallerThatIsInterruptedResetsItsConnection() throws Exception {
        CompletableFuture<MessageSession> begun = new CompletableFuture<>();
        CountDownLatch done = new CountDownLatch(1);
        NetTcpServer server = serve(streamed(), (request, session) -> {
            begun.complete(session);
            done.await();
            return null;
        });
        NetTcpClient client = connect(server, streamed());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                client.request(message("urn:get", ""));
            } catch (NetTcpException e) {
                failure.set(e);
            }
        });
        caller.start();
        MessageSession session = Waiting.result("the handler runs", begun);
        caller.interrupt();
        caller.join();
        assertThat(failure.get()).hasMessageContaining("interrupted");
        Waiting.until("the server is told", () -> session.ended().isCompletedExceptionally());
        done.countDown();
    }

    @Test
    void aServerThatClosesLetsRunningCallsFinish() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CountDownLatch goOn = new CountDownLatch(1);
        NetTcpServer server = serve(streamed(), (request, session) -> {
            begun.complete(null);
            goOn.await();
            return message("urn:reply", "done");
        });
        NetTcpClient client = connect(server, streamed());
        CompletableFuture<Message> reply = client.requestAsync(message("urn:get", ""));
        Waiting.result("the handler runs", begun);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        goOn.countDown();
        assertThat(textOf(Waiting.result("the reply", reply))).isEqualTo("done");
        Waiting.result("the server is closed", closing);
    }

    @Test
    void anExecutorThatTakesNoWorkEndsTheCall() throws Exception {
        NetTcpServer server = loopback.serve(
                streamed().build(),
                builder -> builder.executor(work -> {
                            throw new java.util.concurrent.RejectedExecutionException("shut down");
                        })
                        .endpoint("net.tcp://localhost:0/stream", Loopback::echo));
        assertThatThrownBy(() -> connect(server, streamed()).request(message("urn:echo", "")))
                .isInstanceOf(NetTcpException.class);
        NetTcpServer works = serve(streamed(), Loopback::echo);
        NetTcpClient client = loopback.connect(
                NetTcpClient.builder(works.address(), streamed().build()).executor(work -> {
                    throw new java.util.concurrent.RejectedExecutionException("shut down");
                }));
        assertThatThrownBy(() -> Waiting.result("refused", client.requestAsync(message("urn:echo", ""))))
                .isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
        Waiting.until("no call is left", () -> works.sessions().isEmpty());
    }

    @Test
    void nobodyListensThere() {
        NetTcpClient client = loopback.connect(
                NetTcpClient.builder("net.tcp://localhost:1/nobody", streamed().build()));
        assertThatThrownBy(() -> client.request(message("urn:echo", "")))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(Layer.CONNECT));
    }
}
