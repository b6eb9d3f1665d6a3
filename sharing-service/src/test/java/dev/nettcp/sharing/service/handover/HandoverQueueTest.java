package dev.nettcp.sharing.service.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.service.config.HandoverSettings;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of one queue, with lanes, connections and a clock that do what the test says. */
class HandoverQueueTest {
    private final FakeTimer timer = new FakeTimer();
    private final List<FakeConnection> again = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Counters counters = new Counters();
    private final HandoverQueue queue = new HandoverQueue(
            new Registration(
                    BaseAddress.parse("net.tcp://h:9000/a"),
                    HostNameComparisonMode.STRONG_WILDCARD,
                    new PeerCredentials(1, 2, 3)),
            new HandoverSettings(Duration.ZERO, 3, Duration.ofMinutes(15), Duration.ofSeconds(10), 3),
            timer,
            new Undelivered() {
                @Override
                public void again(PendingConnection connection, Duration pause) {
                    pauses.add(pause);
                    again.add((FakeConnection) connection);
                }

                @Override
                public void refused(PendingConnection connection, FaultCode fault) {
                    connection.refuse(fault);
                }
            },
            counters);

    private FakeConnection arrives(String name) {
        FakeConnection connection =
                new FakeConnection(name, timer.now() + Duration.ofMinutes(15).toNanos());
        queue.add(connection);
        return connection;
    }

    private FakeLane lane() {
        FakeLane lane = new FakeLane();
        queue.laneOpened(lane);
        return lane;
    }

    @Test
    void anIdleLaneIsOfferedTheConnectionAtOnce() {
        FakeLane lane = lane();
        FakeConnection first = arrives("first");

        assertThat(lane.offered()).isSameAs(first);
        assertThat(first.events).containsExactly("queued");

        lane.answers(new HandoverOutcome.Taken());
        assertThat(first.events).containsExactly("queued", "taken");
        assertThat(counters.value(Counter.CONNECTIONS_DISPATCHED)).isEqualTo(1);
    }

    @Test
    void case077_connectionsAreOfferedInTheOrderOfTheirArrival() {
        FakeLane lane = lane();
        List<FakeConnection> arrived = List.of(arrives("1"), arrives("2"), arrives("3"));
        List<Object> offered = new ArrayList<>();
        while (lane.awaited != null) {
            offered.add(lane.offered());
            lane.answers(new HandoverOutcome.Taken());
        }

        assertThat(offered).isEqualTo(arrived);
    }

    @Test
    void case078_everyLaneHasOneConnectionAtATime() {
        FakeLane first = lane();
        FakeLane second = lane();
        arrives("1");
        FakeConnection two = arrives("2");
        FakeConnection three = arrives("3");

        assertThat(second.offered()).isSameAs(two);
        assertThat(queue.waiting()).isEqualTo(1);
        first.answers(new HandoverOutcome.Taken());
        assertThat(first.offered()).isSameAs(three);
    }

    @Test
    void idleLanesAreUsedInTurn() {
        List<FakeLane> lanes = List.of(lane(), lane(), lane());
        for (int round = 0; round < 2; round++) {
            for (FakeLane lane : lanes) {
                FakeConnection next = arrives("next");
                assertThat(lane.offered()).isSameAs(next);
                lane.answers(new HandoverOutcome.Taken());
            }
        }
    }

    @Test
    void case079_aConnectionThatHasWaitedTenMinutesIsStillDelivered() {
        FakeConnection patient = arrives("patient");
        timer.pass(Duration.ofMinutes(10));

        FakeLane lane = lane();

        assertThat(lane.offered()).isSameAs(patient);
        assertThat(lane.readyLimit).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void whenItsTimeIsOverAConnectionGetsEndpointUnavailable() {
        FakeConnection late = arrives("late");
        timer.pass(Duration.ofMinutes(15).plusSeconds(1));

        assertThat(late.events).containsExactly("queued", "EndpointUnavailable");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void anOfferThatFoundNoRoomInItsTimeEndsTheSameWay() {
        FakeLane lane = lane();
        FakeConnection late = arrives("late");
        timer.pass(Duration.ofMinutes(15));
        lane.answers(new HandoverOutcome.Failed("no room", false));

        assertThat(late.events).containsExactly("queued", "offer failed", "EndpointUnavailable");
        assertThat(again).isEmpty();
    }

    @Test
    void whatWasDeclinedIsRoutedAgainAndTheLaneGoesOn() {
        FakeLane lane = lane();
        FakeConnection declined = arrives("declined");
        FakeConnection next = arrives("next");
        lane.answers(new HandoverOutcome.Declined(DeclineReason.CLOSING, "closing"));

        assertThat(again).containsExactly(declined);
        assertThat(declined.failedOffers()).isEqualTo(1);
        assertThat(lane.offered()).isSameAs(next);
    }

    @Test
    void aWorkerAtItsDescriptorLimitIsLeftAloneForAWhileOnAllLanes() {
        FakeLane lane = lane();
        FakeLane other = lane();
        FakeConnection declined = arrives("declined");
        FakeConnection underWay = arrives("under way");
        FakeConnection next = arrives("next");
        lane.answers(new HandoverOutcome.Declined(DeclineReason.DESCRIPTOR_LIMIT, "at the limit"));
        other.answers(new HandoverOutcome.Taken());

        assertThat(again).containsExactly(declined);
        assertThat(pauses).containsExactly(Duration.ofMillis(100));
        assertThat(underWay.events).endsWith("taken");
        assertThat(List.of(lane.isIdle(), other.isIdle()))
                .as("nothing is offered")
                .containsOnly(true);

        timer.pass(Duration.ofMillis(99));
        assertThat(queue.waiting()).isEqualTo(1);
        timer.pass(Duration.ofMillis(1));
        assertThat(lane.offered()).isSameAs(next);
    }

    @Test
    void aBrokenLaneIsOfferedNothingMore() {
        FakeLane broken = lane();
        FakeConnection first = arrives("first");
        FakeConnection second = arrives("second");
        broken.answers(new HandoverOutcome.Failed("broken", true));

        assertThat(again).containsExactly(first);
        assertThat(broken.awaited).isNull();
        assertThat(queue.waiting()).isEqualTo(1);
        assertThat(lane().offered()).isSameAs(second);
    }

    @Test
    void aFullQueueIsTooBusyUnlessSomebodyInItHasGone() {
        arrives("1");
        FakeConnection two = arrives("2");
        arrives("3");
        assertThat(arrives("4").events).containsExactly("ServerTooBusy");
        assertThat(counters.value(Counter.DISPATCH_FAILURES)).isEqualTo(1);

        two.client = PendingConnection.Client.HALF_CLOSED;
        timer.pass(Duration.ofMillis(200));
        assertThat(arrives("5").events).containsExactly("queued");
        assertThat(two.events).containsExactly("queued", "aborted");
    }

    @Test
    void aClientThatHasOnlyEndedItsSideKeepsItsPlaceWhileThereIsRoom() {
        FakeConnection halfClosed = arrives("half closed");
        halfClosed.client = PendingConnection.Client.HALF_CLOSED;
        FakeConnection gone = arrives("gone");
        gone.client = PendingConnection.Client.GONE;
        timer.pass(Duration.ofSeconds(2));

        assertThat(gone.events).containsExactly("queued", "aborted");
        assertThat(lane().offered()).isSameAs(halfClosed);
    }

    @Test
    void whenTheRegistrationGoesWhoWaitsIsRoutedAgainAndWhatIsOfferedIsDecidedFirst() {
        FakeLane lane = lane();
        FakeConnection offered = arrives("offered");
        FakeConnection waits = arrives("waits");

        queue.close("gone");

        assertThat(again).containsExactly(waits);
        assertThat(lane.closed).isTrue();
        lane.answers(new HandoverOutcome.Taken());
        assertThat(offered.events).containsExactly("queued", "taken");
        assertThat(again).containsExactly(waits);
    }

    private static final class FakeTimer implements Timer {
        private record Task(long due, Runnable action) {}

        private final List<Task> tasks = new ArrayList<>();
        private long now;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void after(Duration delay, Runnable task) {
            tasks.add(new Task(now + delay.toNanos(), task));
        }

        /** Time passes in steps, and what is due is done. */
        void pass(Duration time) {
            long end = now + time.toNanos();
            while (now < end) {
                now = Math.min(end, now + Duration.ofMillis(500).toNanos());
                for (Task task : List.copyOf(tasks)) {
                    if (task.due() <= now) {
                        tasks.remove(task);
                        task.action().run();
                    }
                }
            }
        }
    }

    private static final class FakeLane implements HandoverLane {
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private @Nullable CompletableFuture<HandoverOutcome> awaited;
        private @Nullable FileDescriptor descriptor;
        private Duration readyLimit = Duration.ZERO;
        private boolean closed;

        @Override
        public CompletionStage<HandoverOutcome> send(
                HandoverHeader header, FileDescriptor offered, Duration newReadyLimit) {
            assertThat(awaited).as("one at a time").isNull();
            descriptor = offered;
            readyLimit = newReadyLimit;
            awaited = new CompletableFuture<>();
            return awaited;
        }

        Object offered() {
            return ((FakeDescriptor) Objects.requireNonNull(descriptor)).of;
        }

        void answers(HandoverOutcome outcome) {
            CompletableFuture<HandoverOutcome> answered = Objects.requireNonNull(awaited);
            awaited = null;
            answered.complete(outcome);
        }

        @Override
        public boolean isIdle() {
            return awaited == null && !closed;
        }

        @Override
        public void close(String why) {
            closed = true;
        }

        @Override
        public CompletionStage<String> closed() {
            return end;
        }
    }

    private static final class FakeDescriptor extends FileDescriptor {
        private final Object of;

        FakeDescriptor(Object of) {
            super(1_000_000);
            this.of = of;
        }
    }

    private static final class FakeConnection implements PendingConnection {
        private static final InetSocketAddress SOMEWHERE = new InetSocketAddress(9000);

        private final String name;
        private final long deadline;
        private final List<String> events = new ArrayList<>();
        private Client client = Client.CONNECTED;
        private int failed;

        FakeConnection(String name, long deadline) {
            this.name = name;
            this.deadline = deadline;
        }

        @Override
        public ViaUri via() {
            return ViaUri.parse("net.tcp://h:9000/a");
        }

        @Override
        public InetSocketAddress local() {
            return SOMEWHERE;
        }

        @Override
        public Optional<PeerCredentials> returnedBy() {
            return Optional.empty();
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public HandoverHeader header() {
            return new HandoverHeader(via().toString(), SOMEWHERE, SOMEWHERE, Unpooled.EMPTY_BUFFER);
        }

        @Override
        public FileDescriptor descriptor() {
            return new FakeDescriptor(this);
        }

        @Override
        public Client look() {
            return client;
        }

        @Override
        public void offerFailed(boolean descriptorSent) {
            failed++;
            events.add("offer failed");
        }

        @Override
        public int failedOffers() {
            return failed;
        }

        @Override
        public void taken() {
            events.add("taken");
        }

        @Override
        public void queued() {
            events.add("queued");
        }

        @Override
        public void refuse(FaultCode fault) {
            events.add(fault.name());
        }

        @Override
        public void abort() {
            events.add("aborted");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
