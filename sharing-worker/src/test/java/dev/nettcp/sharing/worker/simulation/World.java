package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.worker.Registration;
import dev.nettcp.sharing.worker.RegistrationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service, some workers, some connections and the lanes between them: what they do by themselves, one thing at a time.
 * {@link History} lets it happen, {@link Outcomes} and {@link Reuse} follow, {@link Trouble} comes in the way, and {@link Truth} judges.
 */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class World {
    final SplittableRandom random;
    final List<Connection> connections = new ArrayList<>();
    final List<Worker> workers = new ArrayList<>();
    final List<Lane> lanes = new ArrayList<>();
    private final List<Address> destinations = new ArrayList<>();
    final Rules rules;
    final Seen seen;
    private final Outcomes outcomes = new Outcomes(this);
    private final Reuse reuse = new Reuse(this);
    private final @Nullable Consumer<String> log;
    private Service service;

    World(SplittableRandom random, Rules rules, Seen seen, @Nullable Consumer<String> log) {
        this.random = random;
        this.rules = rules;
        this.seen = seen;
        this.log = log;
        this.service = new Service(rules);
        int addresses = 1 + random.nextInt(Address.OF_WORKERS.size());
        int workerCount = 1 + random.nextInt(3);
        for (int i = 0; i < workerCount; i++) {
            Address address = Address.OF_WORKERS.get(i % addresses);
            workers.add(newWorker(i, address));
            destinations.add(address);
        }
        int connectionCount = 1 + random.nextInt(6);
        for (int i = 0; i < connectionCount; i++) {
            connections.add(new Connection(i, anyDestination()));
        }
    }

    private Worker newWorker(int number, Address address) {
        return new Worker("worker " + number, address, random.nextInt(2), 1 + random.nextInt(4), this);
    }

    /** Mostly one that a worker of this history registers. */
    Address anyDestination() {
        return random.nextInt(16) == 0 ? Address.NOWHERE : any(destinations);
    }

    Service service() {
        return service;
    }

    /** Every process that has died is there again, as another one. */
    void replacesTheDead() {
        if (!service.alive) {
            note("the service starts anew");
            service = new Service(rules);
        }
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            if (!worker.alive) {
                note(worker, "is replaced by another");
                workers.set(i, newWorker(i, worker.address));
            }
        }
    }

    void nobodyStalls() {
        service.stalled = false;
        workers.forEach(worker -> worker.stalled = false);
    }

    // ---- what happens by itself; each says whether it did anything -----------------------------------------------

    /** One of those that have something to do; null if none has. */
    @Nullable
    Lane anyLaneWorks() {
        int first = lanes.isEmpty() ? 0 : random.nextInt(lanes.size());
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get((first + i) % lanes.size());
            if (laneWorks(lane)) {
                return lane;
            }
        }
        return null;
    }

    boolean laneWorks(Lane lane) {
        if (lane.receiver.hasWork()) {
            note(lane, ": the receiver reads");
            lane.receiver.works();
        } else if (lane.sender.hasWork()) {
            note(lane, ": the sender reads");
            lane.sender.works();
        } else if (lane.receiver.wantsRoom() && lane.receiver.looksForRoom()) {
            note(lane, ": has a place");
        } else {
            return false;
        }
        lanes.removeIf(Lane::isClosed);
        return true;
    }

    boolean workerWorks(Worker worker) {
        if (!worker.runs()) {
            return false;
        }
        if (worker.opens() || worker.connects(service) || worker.reads()) {
            note(worker, "goes on with its registration");
            return true;
        }
        return opensLane(worker) || reuse.givesNextBack(worker);
    }

    private boolean opensLane(Worker worker) {
        Session session = worker.session;
        if (session == null || !worker.wantsLanes || !service.runs() || !session.registered || !session.serviceOpen) {
            return false;
        }
        if (!rules.opensLane(lanesOf(worker), session.lanesOpened)) {
            return false;
        }
        note(worker, "opens a lane");
        session.lanesOpened++;
        newLane(service, worker, session);
        return true;
    }

    Lane newLane(Party from, Party to, Session session) {
        Lane lane = new Lane(from, to, session, outcomes);
        lanes.add(lane);
        return lane;
    }

    /** Over which it gets connections, as far as it knows. */
    int lanesOf(Worker worker) {
        int open = 0;
        for (Lane lane : lanes) {
            open += lane.session == worker.session && lane.to == worker && lane.receiver.isOpen() ? 1 : 0;
        }
        return open;
    }

    boolean serviceReads() {
        if (!service.runs()) {
            return false;
        }
        for (Session session : service.sessions) {
            if (service.reads(session)) {
                note("the service reads in the", session);
                if (!session.registered) {
                    closesServiceLanes(session);
                }
                return true;
            }
        }
        return false;
    }

    /** Of the connections that wait for a registration the first is offered on the first lane that is free: on this one. */
    @Nullable
    Lane serviceDispatches() {
        if (!service.runs()) {
            return null;
        }
        for (Session session : service.sessions) {
            Lane idle = session.waiting.isEmpty() ? null : idleLaneOf(session);
            if (idle != null) {
                Connection connection = session.waiting.remove();
                connection.touchedBy(service, "offers");
                note("the service offers", connection, "to", idle.to);
                idle.handOver(connection);
                return idle;
            }
        }
        return null;
    }

    private @Nullable Lane idleLaneOf(Session session) {
        for (Lane lane : lanes) {
            if (lane.session == session && lane.from == service && lane.isIdle()) {
                return lane;
            }
        }
        return null;
    }

    /** After the pause that follows a failed offer. */
    boolean serviceRoutesAgain() {
        if (!service.runs() || service.pausing.isEmpty()) {
            return false;
        }
        Connection connection = service.pausing.remove();
        note("the service routes", connection, "again");
        service.routes(connection);
        return true;
    }

    /** Who has no route may have one by now. */
    boolean serviceTellsTheUnrouted() {
        if (!service.runs() || service.unrouted.isEmpty()) {
            return false;
        }
        Connection connection = service.unrouted.remove();
        if (Truth.longestMatch(service.sessions, connection.destination) != null) {
            service.routes(connection);
        } else {
            note("the service has no route for", connection);
            service.ends(connection, End.ENDPOINT_NOT_FOUND);
        }
        return true;
    }

    /** It connects, its session becomes open, or it sends another preamble. */
    boolean clientActs(Connection connection) {
        if (!connection.hasArrived) {
            if (service.runs()) {
                note(connection, "arrives, for", connection.destination);
                service.accepts(connection);
                return true;
            }
        } else if (connection.owner instanceof Worker worker && worker.runs() && worker.serving.contains(connection)) {
            if (connection.holdsPlace) {
                worker.acknowledges(connection);
                return true;
            } else if (connection.preamblesToCome > 0) {
                connection.preamblesToCome--;
                reuse.nextPreamble(worker, connection);
                return true;
            }
        }
        return false;
    }

    // ---- lanes that their processes close ------------------------------------------------------------------------

    /** Of its present session. */
    void closesWorkersLanes(Worker worker) {
        for (Lane lane : List.copyOf(lanes)) {
            if (lane.session == worker.session && lane.to == worker) {
                lane.receiver.close();
            } else if (lane.session == worker.session && lane.from == worker) {
                lane.sender.close();
            }
        }
        lanes.removeIf(Lane::isClosed);
    }

    void closesServiceLanes(Session session) {
        for (Lane lane : List.copyOf(lanes)) {
            if (lane.session == session && lane.from == service) {
                lane.sender.close();
            } else if (lane.session == session && lane.to == service) {
                lane.receiver.close();
            }
        }
        lanes.removeIf(Lane::isClosed);
    }

    Registration.Step step(Registration state, RegistrationEvent event) {
        seen.event(state, event);
        return rules.step(state, event);
    }

    // ---- chance, and what is written down ------------------------------------------------------------------------

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Nullable
    Lane anyLane() {
        return lanes.isEmpty() ? null : any(lanes);
    }

    void note(Object... words) {
        if (log != null) {
            log.accept(Stream.of(words).map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }
}
