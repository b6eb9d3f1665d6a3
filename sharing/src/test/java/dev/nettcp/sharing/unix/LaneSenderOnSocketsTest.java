package dev.nettcp.sharing.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.sharing.ControlCodec;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.LaneHello;
import dev.nettcp.sharing.ControlMessage.LaneOpened;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneDirection;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sending end against a worker that does everything by hand, on real sockets: who owns the connection is never in doubt. */
class LaneSenderOnSocketsTest {
    private static final LaneDeadlines HASTY = new LaneDeadlines(Duration.ofMillis(200), Duration.ofSeconds(10));
    private static final LaneDeadlines PATIENT = LaneDeadlines.DEFAULT;

    @TempDir
    Path directory;

    private TestService service;
    private Socket worker;
    private TcpPair tcp;
    private FileDescriptor passed;

    @BeforeEach
    void open() throws Exception {
        service = new TestService(directory.resolve("control.sock"));
        worker = Socket.newSocketDomain();
        worker.connect(new DomainSocketAddress(service.server.path().toString()));
        tcp = new TcpPair();
    }

    @AfterEach
    void close() throws Exception {
        if (passed != null && passed.isOpen()) {
            passed.close();
        }
        if (worker.isOpen()) {
            worker.close();
        }
        tcp.close();
        service.close();
    }

    @Test
    void aTakenThatCameInTimeCountsAlthoughTheServiceReadsItLate() throws Exception {
        CompletableFuture<HandoverOutcome> outcome = descriptorIsOut(HASTY);
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        service.group.next().execute(() -> {
            stalled.countDown();
            awaitBeyondTheLimit(goOn);
        });
        assertThat(stalled.await(10, TimeUnit.SECONDS)).isTrue();

        write(new Taken(1));
        goOn.countDown();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new HandoverOutcome.Taken());
    }

    @Test
    void aTakenThatComesTooLateCannotBeWritten() throws Exception {
        CompletableFuture<HandoverOutcome> outcome = descriptorIsOut(HASTY);

        assertFailedWithDescriptor(outcome);

        assertThatThrownBy(() -> write(new Taken(1))).isInstanceOf(IOException.class);
        passed.close();
        assertTheServiceHasTheConnection();
    }

    @Test
    void nonsenseInsteadOfTakenLeavesTheConnectionWithTheService() throws Exception {
        CompletableFuture<HandoverOutcome> outcome = descriptorIsOut(PATIENT);

        write(Unpooled.wrappedBuffer(new byte[] {(byte) 0xFF, 1, 2, 3, 4, 5, 6, 7}));

        assertFailedWithDescriptor(outcome);
        passed.close();
        assertTheServiceHasTheConnection();
    }

    @Test
    void aWorkerThatDiesBeforeTakenLeavesTheConnectionWithTheService() throws Exception {
        CompletableFuture<HandoverOutcome> outcome = descriptorIsOut(PATIENT);

        passed.close();
        worker.close();

        assertFailedWithDescriptor(outcome);
        assertTheServiceHasTheConnection();
    }

    @Test
    void aWorkerThatDiesBehindItsTakenHasTakenIt() throws Exception {
        CompletableFuture<HandoverOutcome> outcome = descriptorIsOut(PATIENT);

        write(new Taken(1));
        worker.close();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new HandoverOutcome.Taken());
    }

    /** As far as the worker holding the descriptor and not having said anything about it. */
    private CompletableFuture<HandoverOutcome> descriptorIsOut(LaneDeadlines deadlines) throws Exception {
        write(new LaneHello(TestService.TOKEN, LaneDirection.HANDOVER));
        LaneRequest request = TestService.next(service.lanes);
        HandoverLane lane = service.group
                .next()
                .submit(() -> request.acceptHandover(deadlines))
                .get(10, TimeUnit.SECONDS);
        assertThat(read()).isEqualTo(new LaneOpened());
        var outcome = lane.send(tcp.header(), tcp.descriptor(), Duration.ofSeconds(10));
        assertThat(read()).isEqualTo(new Offer(1, tcp.header()));
        write(new Ready(1));
        passed = Waiting.value("the descriptor", () -> received());
        return outcome.toCompletableFuture();
    }

    private Optional<FileDescriptor> received() {
        try {
            int descriptor = worker.recvFd();
            return descriptor > 0 ? Optional.of(new FileDescriptor(descriptor)) : Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(ControlMessage message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        ControlCodec.encode(message, out);
        write(out);
    }

    private void write(ByteBuf bytes) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.readableBytes());
        direct.put(bytes.nioBuffer()).flip();
        assertThat(worker.write(direct, 0, direct.limit())).isEqualTo(direct.limit());
    }

    private ControlMessage read() {
        ByteBuf in = Unpooled.buffer();
        ControlCodec codec = new ControlCodec(ControlCodec.MAX_SIZE_FROM_SERVICE);
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        return Waiting.value("a message", () -> {
            try {
                while (worker.read(one, 0, 1) == 1) {
                    in.writeByte(one.get(0));
                    ControlMessage message = codec.decode(in);
                    if (message != null) {
                        return Optional.of(message);
                    }
                }
                return Optional.empty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void assertFailedWithDescriptor(CompletableFuture<HandoverOutcome> outcome) throws Exception {
        assertThat(outcome.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        HandoverOutcome.Failed.class,
                        failed -> assertThat(failed.descriptorSent()).isTrue());
    }

    /** It is as it was: what the service writes arrives, and nothing came before. */
    private void assertTheServiceHasTheConnection() throws IOException {
        ByteBuffer word = ByteBuffer.allocateDirect(1).put(0, (byte) 0x0B);
        tcp.descriptor().write(word, 0, 1);
        assertThat(tcp.client.getInputStream().read()).isEqualTo(0x0B);
    }

    private static void awaitBeyondTheLimit(CountDownLatch goOn) {
        long beyond = System.nanoTime() + 2 * HASTY.taken().toNanos();
        Waiting.until("the limit of taken to be over", () -> System.nanoTime() - beyond > 0 && goOn.getCount() == 0);
    }
}
