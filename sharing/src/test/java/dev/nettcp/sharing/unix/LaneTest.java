package dev.nettcp.sharing.unix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.Objection;
import dev.nettcp.testkit.OpenSockets;
import dev.nettcp.testkit.Waiting;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.FileDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final RecordingReceiver receiver = new RecordingReceiver();
    private TestService service;
    private ReceivingLane worker;
    private HandoverLane lane;
    private TcpPair tcp;

    @BeforeEach
    void open() throws Exception {
        service = new TestService(directory.resolve("control.sock"));
        var opening = client().openHandoverLane(TestService.TOKEN, LaneDeadlines.DEFAULT, receiver);
        lane = onLoop(TestService.next(service.lanes), request -> request.acceptHandover(LaneDeadlines.DEFAULT));
        worker = opening.toCompletableFuture().get(10, TimeUnit.SECONDS);
        tcp = new TcpPair();
    }

    @AfterEach
    void close() throws Exception {
        tcp.close();
        service.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        receiver.adopted.forEach(adopted -> Descriptors.close(adopted.socket().descriptor()));
    }

    @Test
    void aConnectionChangesHandsWithItsHeaderAndItsBytes() throws Exception {
        HandoverOutcome outcome = send(tcp);

        assertThat(outcome).isEqualTo(new HandoverOutcome.Taken());
        var adopted = TestService.next(receiver.adopted);
        assertThat(adopted.header()).isEqualTo(tcp.header());
        assertThat(adopted.socket().local()).isEqualTo(tcp.header().local());
        assertThat(adopted.socket().remote()).contains(tcp.header().remote());
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void case086_theOfferWaitsUntilThereIsRoom() throws Exception {
        receiver.places.set(0);
        var outcome = lane.send(tcp.header(), tcp.descriptor(), SOON).toCompletableFuture();

        receiver.makeRoom();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new HandoverOutcome.Taken());
    }

    @Test
    void anOfferThatFindsNoRoomInItsTimeStaysItsSenders() throws Exception {
        receiver.places.set(0);

        HandoverOutcome outcome = lane.send(tcp.header(), tcp.descriptor(), Duration.ofMillis(50))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        assertThat(outcome).isInstanceOfSatisfying(HandoverOutcome.Failed.class, failed -> {
            assertThat(failed.descriptorSent()).isFalse();
            assertThat(failed.why()).contains("no room");
        });
        worker.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(receiver.reserved).hasValue(0);
    }

    @Test
    void anObjectionLeavesTheLaneOpenAndTheConnectionItsSenders() throws Exception {
        receiver.objection = Optional.of(new Objection(DeclineReason.NOT_ACCEPTABLE, "not mine"));
        assertThat(send(tcp)).isEqualTo(new HandoverOutcome.Declined(DeclineReason.NOT_ACCEPTABLE, "not mine"));

        receiver.objection = Optional.empty();
        assertThat(send(tcp)).isEqualTo(new HandoverOutcome.Taken());
    }

    @Test
    void withAPlaceKeptAheadOneConnectionFollowsTheOtherAndTheLastPlaceIsGivenBackAtTheEnd() throws Exception {
        receiver.ahead = true;
        for (int i = 0; i < 5; i++) {
            try (TcpPair next = new TcpPair()) {
                assertThat(send(next)).isEqualTo(new HandoverOutcome.Taken());
                var adopted = TestService.next(receiver.adopted);
                assertThat(adopted.header()).isEqualTo(next.header());
                assertThat(adopted.socket().remote()).contains(next.header().remote());
                Descriptors.close(adopted.socket().descriptor());
            }
            assertThat(receiver.reserved).hasValue(1);
        }

        worker.close("enough");
        worker.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(receiver.reserved).hasValue(0);
    }

    @Test
    void anObjectionToAConnectionThatWasExpectedAheadLeavesTheLaneOpen() throws Exception {
        receiver.ahead = true;
        try (TcpPair first = new TcpPair()) {
            send(first);
        }
        receiver.objection = Optional.of(new Objection(DeclineReason.NOT_ACCEPTABLE, "not mine"));
        assertThat(send(tcp)).isEqualTo(new HandoverOutcome.Declined(DeclineReason.NOT_ACCEPTABLE, "not mine"));

        receiver.objection = Optional.empty();
        assertThat(send(tcp)).isEqualTo(new HandoverOutcome.Taken());
    }

    @Test
    void closingALaneDecidesFirst() throws Exception {
        receiver.places.set(0);
        var outcome = lane.send(tcp.header(), tcp.descriptor(), SOON).toCompletableFuture();

        lane.close("the client has gone");

        assertThat(outcome.get(10, TimeUnit.SECONDS))
                .isEqualTo(new HandoverOutcome.Failed("the client has gone", false));
        assertThat(lane.closed().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo("the client has gone");
        assertThat(lane.isIdle()).isFalse();
        assertThat(send(tcp)).isEqualTo(new HandoverOutcome.Failed("the lane is closed", false));
    }

    @Test
    void case095_whatIsNoConnectionOfTcpEndsTheLaneAndIsReported() throws Exception {
        FileDescriptor file = FileDescriptor.from("/dev/null");

        HandoverOutcome outcome =
                lane.send(tcp.header(), file, SOON).toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(outcome).isInstanceOf(HandoverOutcome.Failed.class);
        assertThat(TestService.next(receiver.untrusted)).contains("no socket");
        assertThat(receiver.reserved).hasValue(0);
        file.close();
    }

    @Test
    void case096_manyHandoversLeaveNoDescriptorBehind() throws Exception {
        send(tcp);
        Descriptors.close(TestService.next(receiver.adopted).socket().descriptor());
        long before = OpenSockets.count();

        for (int i = 0; i < Integer.getInteger("handovers", 500); i++) {
            try (TcpPair next = new TcpPair()) {
                assertThat(send(next)).isEqualTo(new HandoverOutcome.Taken());
                Descriptors.close(TestService.next(receiver.adopted).socket().descriptor());
            }
        }

        Waiting.until("no more sockets than before", () -> OpenSockets.count() <= before);
    }

    private HandoverOutcome send(TcpPair pair) throws Exception {
        return lane.send(pair.header(), pair.descriptor(), SOON)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private ControlClient client() {
        return new ControlClient(service.server.path(), group.next(), SOON, ControlClient.rootOrSelfOr(List.of()));
    }

    private <T> T onLoop(LaneRequest request, java.util.function.Function<LaneRequest, T> answer) throws Exception {
        return service.group.next().submit(() -> answer.apply(request)).get(10, TimeUnit.SECONDS);
    }
}
