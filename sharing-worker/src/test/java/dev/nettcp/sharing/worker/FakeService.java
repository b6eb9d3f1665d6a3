package dev.nettcp.sharing.worker;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Refused;
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
import dev.nettcp.sharing.LaneDirection;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.Objection;
import dev.nettcp.sharing.PassedSocket;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.unix.ControlServer;
import dev.nettcp.sharing.unix.ControlServerSettings;
import dev.nettcp.sharing.unix.ControlService;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.sharing.unix.ControlSessionHandler;
import dev.nettcp.sharing.unix.LaneRequest;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A port sharing service without ports: registrations and lanes are real, connections come from the test. */
final class FakeService implements ControlService, AutoCloseable {
    /** A registration that lives, and what is tied to it. */
    record Live(ControlSession session, Register register, LaneToken token) {}

    final BlockingQueue<ControlMessage> received = new LinkedBlockingQueue<>();
    final Map<LaneToken, Live> live = new ConcurrentHashMap<>();
    final List<HandoverLane> lanes = new CopyOnWriteArrayList<>();
    final BlockingQueue<HandoverHeader> returned = new LinkedBlockingQueue<>();
    final BlockingQueue<PassedSocket> returnedSockets = new LinkedBlockingQueue<>();
    volatile Optional<Refused> admission = Optional.empty();
    volatile Function<Register, Registered> registration =
            register -> new Registered(StatusCode.SUCCESS, "", LaneToken.random(), 2);
    volatile RouteOwner owner = RouteOwner.MINE;
    volatile boolean answers = true;

    /** Patient: what a test waits for is the worker's limits. */
    private static final ControlServerSettings SETTINGS = new ControlServerSettings(
            Duration.ofMinutes(5),
            ControlServerSettings.DEFAULT.permissions(),
            ControlServerSettings.DEFAULT.group(),
            ControlServerSettings.DEFAULT.backlog(),
            ControlServerSettings.DEFAULT.product(),
            ControlServerSettings.DEFAULT.maxGuests());

    private final EventLoops loops = EventLoops.create("service", 1); // closes also what has just arrived
    private final ControlServer server;

    FakeService(Path path) throws IOException {
        server = ControlServer.bind(path, loops.group(), SETTINGS, this);
    }

    EventLoop loop() {
        return loops.group().next();
    }

    @Override
    public CompletionStage<Optional<Refused>> admit(PeerCredentials peer) {
        return CompletableFuture.completedFuture(admission);
    }

    @Override
    public ControlSessionHandler sessionOpened(ControlSession session) {
        return new ControlSessionHandler() {
            @Override
            public void received(ControlMessage message) {
                FakeService.this.received.add(message);
                if (answers) {
                    answer(session, message);
                }
            }

            @Override
            public void closed(String why) {
                live.values().removeIf(one -> one.session().equals(session));
            }
        };
    }

    @Override
    public void laneRequested(LaneRequest request) {
        if (!live.containsKey(request.token())) {
            request.refuse(StatusCode.UNKNOWN_TOKEN, "no such registration");
        } else if (request.direction() == LaneDirection.RETURN) {
            request.acceptReturn(LaneDeadlines.DEFAULT, new ReturnReceiver());
        } else {
            HandoverLane lane = request.acceptHandover(LaneDeadlines.DEFAULT);
            lanes.add(lane);
            lane.closed().thenAccept(why -> lanes.remove(lane));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        loops.close();
    }

    private void answer(ControlSession session, ControlMessage message) {
        if (message instanceof Register register) {
            Registered answer = registration.apply(register);
            session.send(answer);
            if (answer.status().isSuccess()) {
                live.put(answer.token(), new Live(session, register, answer.token()));
            } else {
                session.finish();
            }
        } else if (message instanceof Validate validate) {
            session.send(new Validated(validate.id(), owner));
        } else if (message instanceof Unregister) {
            live.values().removeIf(one -> one.session().equals(session));
            session.send(new Unregistered());
        }
    }

    private final class ReturnReceiver implements HandoverReceiver, HandoverReceiver.Place {
        @Override
        public Optional<Place> reserve(HandoverHeader header) {
            return Optional.of(this);
        }

        @Override
        public void whenRoom(Runnable task) {
            throw new IllegalStateException("there is always room");
        }

        @Override
        public void untrusted(String why) {
            throw new IllegalStateException(why);
        }

        @Override
        public Optional<Objection> objection(HandoverHeader header, PassedSocket socket) {
            return Optional.empty();
        }

        @Override
        public void adopt(HandoverHeader header, PassedSocket socket) {
            returned.add(header);
            returnedSockets.add(socket);
        }

        @Override
        public void release() {}
    }
}
