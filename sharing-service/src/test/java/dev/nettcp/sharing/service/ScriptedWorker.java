package dev.nettcp.sharing.service;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.Objection;
import dev.nettcp.sharing.PassedSocket;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.unix.ControlClient;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.sharing.unix.ControlSessionHandler;
import dev.nettcp.sharing.unix.ReceivingLane;
import dev.nettcp.testkit.Waiting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker that does what the test says, in this process: registers, opens lanes, takes connections while it has room. */
public final class ScriptedWorker implements AutoCloseable {
    private static final Duration LIMIT = Waiting.LIMIT;

    private final EventLoops loops = EventLoops.create("scripted-worker", 1);
    private final ControlClient client;
    private final ControlSession session;
    private final BlockingQueue<ControlMessage> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<TakenConnection> taken = new LinkedBlockingQueue<>();
    private final List<TakenConnection> everything = new CopyOnWriteArrayList<>();
    private final List<ReceivingLane> lanes = new ArrayList<>();
    private final AtomicInteger places = new AtomicInteger(Integer.MAX_VALUE / 2);
    private final List<Runnable> waitingForRoom = new ArrayList<>();
    private Registered registered;
    private volatile Optional<Objection> objection = Optional.empty();
    private volatile CountDownLatch stall = new CountDownLatch(0);

    private ScriptedWorker(Path socket) {
        client = new ControlClient(socket, loops.group().next(), LIMIT, uid -> true);
        session = Waiting.result(
                "a control session",
                client.openSession("scripted worker", List.of(), opened -> new ControlSessionHandler() {
                    @Override
                    public void received(ControlMessage message) {
                        answers.add(message);
                    }

                    @Override
                    public void closed(String why) {
                        closed.add(why);
                    }
                }));
    }

    /** A session without a registration. */
    static ScriptedWorker connects(Path socket) {
        return new ScriptedWorker(socket);
    }

    static ScriptedWorker registers(Path socket, String address, HostNameComparisonMode mode) {
        ScriptedWorker worker = new ScriptedWorker(socket);
        worker.sends(new Register(address, mode));
        worker.receivesRegistered();
        return worker;
    }

    void receivesRegistered() {
        registered = receives(Registered.class);
    }

    void sends(ControlMessage message) {
        session.send(message);
    }

    <M extends ControlMessage> M receives(Class<M> type) {
        return type.cast(Waiting.value("a " + type.getSimpleName(), () -> Optional.ofNullable(answers.poll())));
    }

    /** Whether there is something to receive. */
    boolean isAnswered() {
        return !answers.isEmpty();
    }

    /** The reason why the session ended, as it looks from here. */
    String awaitSessionEnd() {
        return Waiting.value("the end of the session", () -> Optional.ofNullable(closed.poll()));
    }

    Registered registered() {
        return registered;
    }

    StatusCode status() {
        return registered.status();
    }

    void opensLanes() {
        for (int i = 0; i < registered.lanes(); i++) {
            opensLane();
        }
    }

    ReceivingLane opensLane() {
        ReceivingLane lane = Waiting.result(
                "a lane", client.openHandoverLane(registered.token(), LaneDeadlines.DEFAULT, new Taking()));
        lanes.add(lane);
        return lane;
    }

    HandoverLane opensReturnLane() {
        return Waiting.result("a return lane", client.openReturnLane(registered.token(), LaneDeadlines.DEFAULT));
    }

    void closesLanes() {
        lanes.forEach(lane -> lane.close("the test says so"));
        lanes.clear();
    }

    /** From now on it has room for so many connections. */
    synchronized void hasRoomFor(int connections) {
        places.set(connections);
        if (connections > 0) {
            List<Runnable> tasks = List.copyOf(waitingForRoom);
            waitingForRoom.clear();
            tasks.forEach(task -> loops.group().execute(task));
        }
    }

    void objects(Objection to) {
        objection = Optional.of(to);
    }

    /** It has a descriptor and does nothing with it until the latch is open. */
    void stallsBeforeTaking(CountDownLatch latch) {
        stall = latch;
    }

    void objectsNoMore() {
        objection = Optional.empty();
    }

    TakenConnection takes() {
        return Waiting.value("a connection for the worker", () -> Optional.ofNullable(taken.poll()));
    }

    /** Waits as long as it takes. */
    TakenConnection takesWhenever() {
        try {
            return taken.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int takenAndNotLookedAt() {
        return taken.size();
    }

    RouteOwner validates(String via, InetSocketAddress local) {
        sends(new Validate(7, via, local));
        return receives(Validated.class).owner();
    }

    void unregisters() {
        sends(new Unregister());
        receives(Unregistered.class);
    }

    /** As by a killed process: every socket ends. */
    void dies() {
        loops.close();
        everything.forEach(TakenConnection::close);
    }

    @Override
    public void close() {
        dies();
    }

    private final class Taking implements HandoverReceiver {
        @Override
        public Optional<Place> reserve(HandoverHeader header) {
            if (places.getAndUpdate(left -> Math.max(0, left - 1)) <= 0) {
                return Optional.empty();
            }
            return Optional.of(new Place() {
                @Override
                public Optional<Objection> objection(HandoverHeader offered, PassedSocket socket) {
                    awaitUninterruptibly(stall);
                    return objection;
                }

                @Override
                public void adopt(HandoverHeader offered, PassedSocket socket) {
                    TakenConnection connection = new TakenConnection(offered, socket);
                    everything.add(connection);
                    taken.add(connection);
                }

                @Override
                public void release() {
                    places.incrementAndGet();
                }
            });
        }

        @Override
        public void whenRoom(Runnable task) {
            synchronized (ScriptedWorker.this) {
                waitingForRoom.add(task);
            }
        }

        @Override
        public void untrusted(String why) {
            closed.add("untrusted: " + why);
        }
    }

    /** Waits a moment for something that must not come. */
    Optional<TakenConnection> takesWithin(Duration moment) throws InterruptedException {
        return Optional.ofNullable(taken.poll(moment.toMillis(), TimeUnit.MILLISECONDS));
    }
}
