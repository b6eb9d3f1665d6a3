package dev.nettcp.sharing.worker.simulation;

import static dev.nettcp.sharing.worker.simulation.Truth.check;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One history: chance decides what happens next, a message is read, a limit is reached, a process stalls or dies, a message is
 * lost. After the disturbances everything comes to rest, and then nothing may be amiss. One history in eight is calm: it goes
 * without disturbances.
 */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class History {
    private static final int MAX_ROUNDS_TO_REST = 500;

    private final SplittableRandom random;
    private final World world;
    private final Trouble trouble;
    private final boolean calm;

    /** What happens under these rules; what was seen is noted, and what happened goes to the log, if there is one. */
    History(long seed, Rules rules, Seen seen, @Nullable Consumer<String> log) {
        random = new SplittableRandom(seed);
        calm = random.nextInt(8) == 0;
        world = new World(random, rules, seen, log);
        trouble = new Trouble(world, seen);
    }

    void run() {
        if (calm) {
            comeToRest(List.of());
        } else if (random.nextBoolean()) {
            comeToRest(world.connections); // the disturbances meet connections that are being served
        }
        world.connections.forEach(connection -> connection.preamblesToCome = random.nextInt(3));
        int steps = 100 + random.nextInt(300);
        for (int i = 0; i < steps; i++) {
            step();
        }
        world.note("-- no more disturbances");
        comeToRest(world.connections);
        assertNothingIsAmiss();
        if (calm) {
            assertEverybodyIsServed();
        }
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> troubleFollows(world.anyLaneWorks());
            case 8, 9, 10 -> world.workerWorks(world.any(world.workers));
            case 11, 12 -> world.serviceReads();
            case 13, 14 -> troubleFollows(world.serviceDispatches());
            case 15, 16, 17 -> world.clientActs(world.any(world.connections));
            case 18 -> timePasses();
            default -> {
                if (!calm) {
                    trouble.comes();
                }
            }
        }
    }

    private void troubleFollows(@Nullable Lane lane) {
        if (lane != null && !calm) {
            trouble.follows(lane);
        }
    }

    /** So much that a pause is over; whoever waits for an answer waits on. */
    private void timePasses() {
        switch (random.nextInt(3)) {
            case 0 -> world.serviceRoutesAgain();
            case 1 -> world.serviceTellsTheUnrouted();
            default -> {
                Worker worker = world.any(world.workers);
                if (worker.runs() && worker.waitsToRetry()) {
                    worker.retries();
                }
            }
        }
    }

    // ---- the end -------------------------------------------------------------------------------------------------

    /** No more disturbances: everything that can go on goes on, and a limit is only reached when nothing else is left. */
    private void comeToRest(List<Connection> clients) {
        for (int round = 0; round < MAX_ROUNDS_TO_REST; round++) {
            world.replacesTheDead();
            world.nobodyStalls();
            boolean worked = false;
            for (Lane lane : List.copyOf(world.lanes)) {
                worked |= world.laneWorks(lane);
            }
            for (Worker worker : world.workers) {
                worked |= world.workerWorks(worker);
            }
            for (Connection client : clients) {
                worked |= world.clientActs(client);
            }
            worked |= world.serviceReads();
            worked |= world.serviceDispatches() != null;
            if (!worked && !someLimitIsReached()) {
                return;
            }
        }
        throw new AssertionError("it does not come to rest");
    }

    private boolean someLimitIsReached() {
        if (limitIsReached(true) || limitIsReached(false)) {
            return true;
        }
        for (Worker worker : world.workers) {
            if (worker.waitsForAnswer()) {
                worker.answerOverdue();
                return true;
            }
            Session holder = world.service().holderOf(worker.address);
            boolean inVain = holder != null && holder.worker != worker && !worker.stopAsked;
            if (worker.waitsToRetry() && !inVain) {
                worker.retries();
                return true;
            }
        }
        world.service().unrouted.forEach(connection -> {
            if (Truth.longestMatch(world.service().sessions, connection.destination) == null) {
                Truth.hasNoWorker(connection, world.workers);
            }
        });
        return world.serviceRoutesAgain() || world.serviceTellsTheUnrouted();
    }

    /** On the disturbed lanes first: a lane may have to wait until they give a worker's places back. */
    private boolean limitIsReached(boolean disturbed) {
        for (Lane lane : world.lanes) {
            if (lane.isDisturbed() == disturbed && lane.sender.waitsFor() != null) {
                world.note(lane, ": the sender has waited in vain");
                lane.sender.deadline();
                return true;
            } else if (lane.isDisturbed() == disturbed && lane.receiver.waitsFor() != null) {
                world.note(lane, ": the receiver has waited in vain");
                lane.receiver.deadline();
                return true;
            }
        }
        return false;
    }

    private void assertNothingIsAmiss() {
        for (Connection connection : world.connections) {
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
        for (Worker worker : world.workers) {
            assertRegistration(worker);
            long kept = world.lanes.stream()
                    .filter(lane -> lane.to == worker && lane.receiver.keepsPlace())
                    .count();
            check(worker.places + kept == worker.capacity, worker, "has lost a place");
            check(
                    !worker.wantsLanes || world.lanesOf(worker) == Rules.SOUND.lanes(),
                    worker,
                    "has registered, and not its lanes");
        }
        for (Lane lane : world.lanes) {
            check(lane.isIdle() && lane.receiver.isOpen(), lane, "does not go on");
        }
        for (Session session : world.service().sessions) {
            check(session == session.worker.session && session.registered, session, "is left open, and of no use");
        }
    }

    private void assertRegistration(Worker worker) {
        Session holder = world.service().holderOf(worker.address);
        boolean holds = holder != null && holder.worker == worker;
        if (worker.stopAsked) {
            check(worker.stopped, worker, "was told to stop and has not");
            check(!holds, worker, "has stopped and is registered");
        } else if (!worker.openFailed) {
            check(holder != null, worker, "is not registered, and nobody has its address");
        }
        check(holds == worker.wantsLanes, worker, "takes itself for registered and is not, or the other way round");
    }

    /** Without disturbances nothing has to end, but at its client's wish to go where nobody is, or to a stranger. */
    private void assertEverybodyIsServed() {
        for (Connection connection : world.connections) {
            Session right = Truth.longestMatch(world.service().sessions, connection.destination);
            if (connection.end() == null) {
                check(
                        right != null && connection.owner == right.worker,
                        connection,
                        "is not served by the longest match");
            } else {
                check(
                        connection.end() == End.RESET_AS_A_STRANGERS
                                || (connection.end() == End.ENDPOINT_NOT_FOUND && right == null),
                        connection,
                        "is over, though nothing came in its way");
            }
        }
    }
}
