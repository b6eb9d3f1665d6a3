package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.HandoverOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One history: a service, some workers, some connections, and chance, which decides what happens next: a message is read, a
 * limit is reached, a process stalls or dies, a message is lost. After the disturbances everything comes to rest, and then
 * nothing may be amiss.
 */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class World implements Lane.Ends {
    private static final int LANES = 2;
    private static final int MAX_ROUNDS_TO_REST = 500;

    /** A descriptor that came is wanted, and the kernel has a free number for it. */
    private static final double UNDISTURBED = 1;

    private final SplittableRandom random;
    private final Lane.SenderRules senderRules;
    private final @Nullable Consumer<String> log;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private Service service;

    World(long seed, Lane.SenderRules senderRules, @Nullable Consumer<String> log) {
        this.random = new SplittableRandom(seed);
        this.senderRules = senderRules;
        this.log = log;
        int addresses = 1 + random.nextInt(2);
        int workerCount = 1 + random.nextInt(3);
        for (int i = 0; i < workerCount; i++) {
            workers.add(new Worker("worker " + i, i % addresses));
        }
        int connectionCount = 1 + random.nextInt(4);
        for (int i = 0; i < connectionCount; i++) {
            connections.add(new Connection(i, random.nextInt(addresses)));
        }
        service = new Service(connectionCount);
    }

    void run() {
        workers.forEach(Worker::opens);
        if (random.nextBoolean()) {
            comeToRest(); // everything begins well, and the disturbances meet connections that are being served
        }
        connections.forEach(connection -> connection.preamblesToCome = random.nextInt(3));
        int steps = 80 + random.nextInt(160);
        for (int i = 0; i < steps; i++) {
            step();
        }
        note("-- no more disturbances");
        comeToRest();
        assertNothingAmiss();
    }

    // ---- chance --------------------------------------------------------------------------------------------------

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> laneWorks(anyLane(), random.nextDouble());
            case 8, 9, 10 -> workerWorks(any(workers));
            case 11, 12 -> serviceReads();
            case 13, 14 -> serviceDispatches();
            case 15, 16, 17 -> clientActs(any(connections));
            case 18 -> {
                if (random.nextInt(3) == 0) {
                    limitReached();
                }
            }
            default -> {
                if (random.nextInt(2) == 0) {
                    disturb();
                }
            }
        }
    }

    private void limitReached() {
        Lane lane = anyLane();
        if (random.nextBoolean()) {
            Worker worker = any(workers);
            if (worker.runs() && worker.reachesALimit()) {
                note(worker, "waited in vain");
                syncLanes();
            }
        } else if (lane != null && lane.senderWaits()) {
            note(lane, ": the sender waited in vain");
            lane.senderDeadline();
        } else if (lane != null && lane.receiverWaits()) {
            note(lane, ": the receiver waited in vain");
            lane.receiverDeadline();
        }
    }

    private void disturb() {
        Party process = random.nextInt(3) == 0 ? service : any(workers);
        Lane lane = anyLane();
        switch (random.nextInt(9)) {
            case 0 -> kill(process);
            case 1, 2 -> stall(process);
            case 3 -> {
                if (lane != null) {
                    boolean towardsReceiver = random.nextBoolean();
                    note(lane, "loses what is next", towardsReceiver ? "there" : "back");
                    lane.loseNext(towardsReceiver);
                }
            }
            case 4 -> {
                if (lane != null && lane.from.runs()) {
                    note(lane, "is closed by its sender");
                    lane.closeAtSender();
                    lanes.removeIf(Lane::isClosed);
                }
            }
            case 5 -> {
                if (lane != null && lane.to.runs()) {
                    note(lane, "is closed by its receiver");
                    lane.closeAtReceiver();
                    lanes.removeIf(Lane::isClosed);
                }
            }
            case 6 -> {
                if (service.runs() && !service.sessions.isEmpty()) {
                    Session session = any(service.sessions);
                    note("the service ends the session of", session.worker);
                    service.ends(session);
                    closeServiceEnds(session);
                }
            }
            case 7 -> {
                Worker worker = any(workers);
                if (worker.runs() && !worker.stopAsked && random.nextInt(3) == 0) {
                    note(worker, "is told to stop");
                    worker.stops();
                    syncLanes();
                }
            }
            default -> resumeOrRestart();
        }
    }

    private void kill(Party process) {
        if (process.alive) {
            note(process, "dies");
            process.die();
            lanes.forEach(Lane::processDied);
            lanes.removeIf(Lane::isClosed);
        }
    }

    private void stall(Party process) {
        if (process.runs()) {
            note(process, "stalls");
            process.stalled = true;
        }
    }

    private void resumeOrRestart() {
        if (!service.alive) {
            note("the service starts anew");
            service = new Service(connections.size());
        }
        service.stalled = false;
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            worker.stalled = false;
            if (!worker.alive) {
                note(worker, "is replaced by another");
                workers.set(i, new Worker("worker " + i, worker.address));
                workers.get(i).opens();
            }
        }
    }

    // ---- what happens by itself ----------------------------------------------------------------------------------

    private boolean laneWorks(@Nullable Lane lane, double fate) {
        if (lane == null) {
            return false;
        }
        if (lane.receiverHasWork()) {
            note(lane, ": the receiver reads");
            lane.receiverWorks(fate);
        } else if (lane.senderHasWork()) {
            note(lane, ": the sender reads");
            lane.senderWorks();
        } else if (lane.wantsRoom() && lane.looksForRoom()) {
            note(lane, ": has a place");
        } else {
            return false;
        }
        lanes.removeIf(Lane::isClosed);
        return true;
    }

    private boolean workerWorks(Worker worker) {
        if (!worker.runs()) {
            return false;
        }
        boolean worked = worker.connects(service) || worker.reads();
        if (worked) {
            note(worker, "goes on with its registration");
            syncLanes();
            return true;
        }
        return opensLane(worker) || returnsNext(worker);
    }

    private boolean opensLane(Worker worker) {
        Session session = worker.session;
        if (session == null || !worker.wantsLanes || !service.runs() || !session.registered || !session.serviceOpen) {
            return false;
        }
        int open = 0;
        for (Lane lane : lanes) {
            open += lane.session == session && lane.to == worker && lane.isOpenAtReceiver() ? 1 : 0;
        }
        if (open >= LANES) {
            return false;
        }
        note(worker, "opens a lane");
        lanes.add(new Lane(service, worker, session, senderRules, this));
        return true;
    }

    private boolean returnsNext(Worker worker) {
        Connection connection = worker.returning.peek();
        Session session = worker.session;
        if (connection == null) {
            return false;
        }
        if (session == null || !worker.wantsLanes || !session.serviceOpen) {
            worker.resets(worker.returning.remove(), "reset: the service is away");
            return true;
        }
        for (Lane lane : lanes) {
            if (lane.from == worker && lane.session == session) {
                if (!lane.isIdle()) {
                    return false;
                }
                note(worker, "returns", connection);
                lane.handOver(worker.returning.remove());
                return true;
            }
        }
        if (service.runs() && session.registered) {
            lanes.add(new Lane(worker, service, session, senderRules, this));
            return true;
        }
        return false;
    }

    private boolean serviceReads() {
        if (!service.runs()) {
            return false;
        }
        for (Session session : List.copyOf(service.sessions)) {
            if (service.reads(session)) {
                note("the service reads in the session of", session.worker);
                if (!session.registered) {
                    closeServiceEnds(session);
                }
                return true;
            }
        }
        return false;
    }

    private boolean serviceDispatches() {
        if (!service.runs()) {
            return false;
        }
        for (Connection connection : service.waiting) {
            Session holder = service.holderOf(connection.destination);
            for (Lane lane : lanes) {
                if (holder != null && lane.session == holder && lane.from == service && lane.isIdle()) {
                    note("the service offers", connection, "to", lane.to);
                    service.waiting.remove(connection);
                    lane.handOver(connection);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean serviceGivesUpOnOne() {
        for (Connection connection : service.waiting) {
            if (service.holderOf(connection.destination) == null) {
                note("the service has no route for", connection);
                service.waiting.remove(connection);
                service.faults(connection, "EndpointNotFound");
                return true;
            }
        }
        return false;
    }

    /** It connects, its session becomes open, or it sends another preamble. */
    private boolean clientActs(Connection connection) {
        if (!connection.hasArrived) {
            if (service.runs()) {
                note(connection, "arrives");
                connection.hasArrived = true;
                connection.owner = service;
                service.gets(connection);
                service.routes(connection);
                return true;
            }
        } else if (connection.owner instanceof Worker worker && worker.runs() && worker.serving.contains(connection)) {
            if (connection.holdsPlace) {
                worker.acknowledges(connection);
                return true;
            } else if (connection.preamblesToCome > 0) {
                connection.preamblesToCome--;
                nextPreamble(worker, connection);
                return true;
            }
        }
        return false;
    }

    private void nextPreamble(Worker worker, Connection connection) {
        connection.nextPreamble(any(workers).address);
        if (connection.destination == worker.address) {
            connection.adoptions = 1;
        } else if (random.nextInt(4) > 0) {
            note(connection, "is for another worker now");
            worker.givesBack(connection);
        } else {
            worker.resets(connection, "reset: a stranger's");
        }
    }

    /** A worker that gave its lanes up closes them. */
    private void syncLanes() {
        for (Lane lane : List.copyOf(lanes)) {
            Worker worker = lane.session.worker;
            if (worker.alive && (!worker.wantsLanes || worker.session != lane.session)) {
                if (lane.to == worker) {
                    lane.closeAtReceiver();
                } else {
                    lane.closeAtSender();
                }
            }
        }
        lanes.removeIf(Lane::isClosed);
    }

    private void closeServiceEnds(Session session) {
        for (Lane lane : List.copyOf(lanes)) {
            if (lane.session == session && lane.from == service) {
                lane.closeAtSender();
            } else if (lane.session == session && lane.to == service) {
                lane.closeAtReceiver();
            }
        }
        lanes.removeIf(Lane::isClosed);
    }

    // ---- what the rules of the lanes bring about -------------------------------------------------------------------

    @Override
    public void concluded(Lane lane, Connection connection, HandoverOutcome outcome) {
        note(lane, ":", connection, "is", outcome);
        if (outcome instanceof HandoverOutcome.Taken) {
            lane.from.closes(connection);
        } else if (lane.from instanceof Worker worker) {
            worker.resets(connection, "reset: not taken back");
        } else {
            service.handoverFailed(connection);
        }
    }

    @Override
    public boolean takesRoom(Lane lane) {
        if (lane.to instanceof Worker worker) {
            if (worker.places == 0) {
                return false;
            }
            worker.places--;
        }
        return true;
    }

    /** Now and then only, so that both ways of an offer occur; and never the last place. */
    @Override
    public boolean takesRoomAhead(Lane lane) {
        if (lane.to instanceof Worker worker && worker.places > 1 && random.nextInt(4) > 0) {
            worker.places--;
            return true;
        }
        return false;
    }

    @Override
    public void releasesRoom(Lane lane) {
        if (lane.to instanceof Worker worker) {
            worker.places++;
        }
    }

    @Override
    public void adopted(Lane lane, Connection connection) {
        note(lane.to, "adopts", connection);
        if (lane.to instanceof Worker worker) {
            worker.adopts(connection);
        } else {
            service.routes(connection);
        }
    }

    @Override
    public void sessionDropped(Lane lane) {
        if (lane.to instanceof Worker worker) {
            worker.loses(lane.session);
            syncLanes();
        } else {
            service.ends(lane.session);
            closeServiceEnds(lane.session);
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** No more disturbances: everything that can go on goes on, and a limit is only reached when nothing else is left. */
    private void comeToRest() {
        for (int round = 0; round < MAX_ROUNDS_TO_REST; round++) {
            resumeOrRestart();
            boolean worked = false;
            for (Lane lane : List.copyOf(lanes)) {
                worked |= laneWorks(lane, UNDISTURBED);
            }
            for (Worker worker : workers) {
                worked |= workerWorks(worker);
            }
            for (Connection connection : connections) {
                worked |= clientActs(connection);
            }
            worked |= serviceReads();
            worked |= serviceDispatches();
            if (!worked && !someLimitIsReached()) {
                return;
            }
        }
        throw new AssertionError("it does not come to rest");
    }

    private boolean someLimitIsReached() {
        for (Lane lane : lanes) {
            if (lane.senderWaits()) {
                lane.senderDeadline();
                return true;
            } else if (lane.receiverWaits()) {
                lane.receiverDeadline();
                return true;
            }
        }
        for (Worker worker : workers) {
            Session holder = service.holderOf(worker.address);
            boolean inVain = holder != null && holder.worker != worker && !worker.stopAsked;
            if (worker.runs() && !inVain && worker.reachesALimit()) {
                syncLanes();
                return true;
            }
        }
        return serviceGivesUpOnOne();
    }

    private void assertNothingAmiss() {
        for (Connection connection : connections) {
            Party owner = connection.owner;
            check(connection.copies == (connection.isOver() ? 0 : 1), connection, "has a copy too many or too few");
            if (!connection.isOver()) {
                check(owner != null && owner.alive, connection, "has lost its owner");
                check(
                        owner instanceof Worker worker && worker.serving.contains(connection),
                        connection,
                        "is forgotten");
            }
        }
        for (Worker worker : workers) {
            if (worker.alive) {
                assertRegistration(worker);
                long kept = lanes.stream()
                        .filter(lane -> lane.to == worker && lane.keepsPlace())
                        .count();
                check(worker.places + kept == Worker.PLACES, worker, "has lost a place");
            }
        }
        for (Session session : service.sessions) {
            check(!session.registered || session.workerOpen, session.worker, "left a registration behind");
        }
    }

    private void assertRegistration(Worker worker) {
        Session holder = service.holderOf(worker.address);
        boolean holds = holder != null && holder.worker == worker;
        if (worker.stopAsked) {
            check(worker.stopped, worker, "was told to stop and has not");
            check(!holds, worker, "has stopped and is registered");
        } else if (!worker.openFailed) {
            check(holder != null, worker, "is not registered, and nobody has its address");
        }
        check(!holds || holder == worker.session, worker, "is registered by a session it has given up");
    }

    private static void check(boolean holds, Object what, String amiss) {
        if (!holds) {
            throw new AssertionError("%s %s".formatted(what, amiss)
                    + (what instanceof Connection connection ? "; it is " + connection.state() : ""));
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private @Nullable Lane anyLane() {
        return lanes.isEmpty() ? null : any(lanes);
    }

    private void note(Object... words) {
        if (log != null) {
            log.accept(Stream.of(words).map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }
}
