package dev.nettcp.sharing.worker.simulation;

import static dev.nettcp.sharing.worker.simulation.Disturbance.*;

import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneWait;
import dev.nettcp.sharing.worker.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disturbances: what comes in the way, and that whoever is hit by it is known to be. */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class Trouble {
    /** Of an offer that nobody made. */
    private static final long STRAY = 1000;

    private final World world;
    private final Seen seen;

    Trouble(World world, Seen seen) {
        this.world = world;
        this.seen = seen;
    }

    /** To anybody. */
    void comes() {
        Lane lane = world.anyLane();
        if (lane != null && world.random.nextBoolean()) {
            comesTo(lane);
            return;
        }
        Party process = world.random.nextInt(3) == 0 ? world.service() : world.any(world.workers);
        Worker worker = world.any(world.workers);
        switch (world.random.nextInt(14)) {
            case 0, 1 -> dies(process);
            case 2, 3 -> stalls(process);
            case 4 -> {
                if (!world.service().sessions.isEmpty()) {
                    ends(world.any(world.service().sessions));
                }
            }
            case 5 -> stops(worker);
            case 6, 7 -> answerIsLate(worker);
            case 8, 9 -> isLost(worker.session);
            default -> goesOn();
        }
    }

    /** To this lane, whatever it is doing. */
    void comesTo(Lane lane) {
        Party end = world.random.nextBoolean() ? lane.from : lane.to;
        switch (world.random.nextInt(24)) {
            case 0 -> dies(end);
            case 1 -> stalls(end);
            case 2 -> ends(lane.session);
            case 3 -> stops(lane.session.worker);
            case 4, 5, 6, 7, 8 -> isLost(lane);
            case 9, 10, 11 -> nonsense(lane);
            case 12, 13 -> isClosed(lane);
            case 14, 15, 16 -> isNotTaken(lane);
            default -> limitIsReached(lane);
        }
        world.lanes.removeIf(Lane::isClosed);
    }

    /**
     * To a lane that has just done something, now and then, and then perhaps more of it: a state that is over with the next thing that
     * happens chance alone would hardly ever hit.
     */
    void follows(Lane lane) {
        while (world.random.nextInt(60) < (isFleeting(lane) ? 40 : lane.isBusy() ? 12 : 1)) {
            comesTo(lane);
        }
    }

    private static boolean isFleeting(Lane lane) {
        return lane.sender.state() instanceof LaneSender.Draining
                || lane.receiver.state() instanceof LaneReceiver.WritingTaken;
    }

    // ---- processes and sessions ----------------------------------------------------------------------------------

    private void dies(Party process) {
        if (process.alive) {
            world.note(process, "dies");
            hits(process, process == world.service() ? SERVICE_DIES : WORKER_DIES);
            process.die();
            world.lanes.forEach(Lane::processDied);
            world.lanes.removeIf(Lane::isClosed);
        }
    }

    private void stalls(Party process) {
        if (process.runs()) {
            world.note(process, "stalls");
            hits(process, process == world.service() ? SERVICE_STALLS : WORKER_STALLS);
            process.stalled = true;
        }
    }

    private void goesOn() {
        if (world.random.nextBoolean()) {
            world.replacesTheDead();
        }
        world.nobodyStalls();
    }

    private void ends(Session session) {
        if (world.service().runs() && session.serviceOpen) {
            world.note("the service ends the", session);
            hits(session, SESSION_ENDED);
            world.service().ends(session);
            world.closesServiceLanes(session);
        }
    }

    private void stops(Worker worker) {
        if (worker.runs()) {
            world.note(worker, "is told to stop");
            hits(worker, WORKER_STOPS);
            worker.stops();
        }
    }

    /** In a session that has had its answer it is of no importance. */
    private void answerIsLate(Worker worker) {
        if (worker.runs() && worker.waitsForAnswer()) {
            world.note(worker, "waits in vain for an answer");
            seen.disturbed(worker.registration(), ANSWER_LATE);
            if (!(worker.registration() instanceof Registration.Holding)) {
                worker.isHindered(ANSWER_LATE);
            }
            worker.answerOverdue();
        }
    }

    private void isLost(@Nullable Session session) {
        if (session != null && !(session.toService.isEmpty() && session.toWorker.isEmpty())) {
            boolean there = session.toWorker.isEmpty();
            Disturbance disturbance = there ? REQUEST_LOST : ANSWER_LOST;
            world.note("the", session, "loses", there ? session.toService.remove() : session.toWorker.remove());
            seen.disturbed(session.worker.registration(), disturbance);
            session.worker.isHindered(disturbance);
        }
    }

    private void hits(Party process, Disturbance disturbance) {
        for (Worker worker : world.workers) {
            if (worker.alive && (process == worker || process == world.service())) {
                seen.disturbed(worker.registration(), disturbance);
            }
        }
        for (Session session : world.service().sessions) {
            if (process == session.worker || process == world.service()) {
                session.suffers(disturbance);
            }
        }
        for (Lane lane : world.lanes) {
            if (process == lane.from || process == lane.to) {
                hits(lane, disturbance);
            }
        }
    }

    private void hits(Session session, Disturbance disturbance) {
        session.suffers(disturbance);
        if (session.worker.session == session) {
            seen.disturbed(session.worker.registration(), disturbance);
        }
        for (Lane lane : world.lanes) {
            if (lane.session == session) {
                hits(lane, disturbance);
            }
        }
    }

    private void hits(Lane lane, Disturbance disturbance) {
        lane.suffers(disturbance);
        if (lane.sender.isOpen()) {
            seen.disturbed(lane.sender.state(), disturbance);
        }
        if (lane.receiver.isOpen()) {
            seen.disturbed(lane.receiver.state(), disturbance);
        }
    }

    // ---- lanes ---------------------------------------------------------------------------------------------------

    private void isLost(Lane lane) {
        boolean there = !lane.sender.hasUnread() || world.random.nextBoolean();
        if (there ? lane.receiver.losesNext() : lane.sender.losesNext()) {
            world.note(lane, "loses what is next", there ? "there" : "back");
            hits(lane, there ? LOST_THERE : LOST_BACK);
        }
    }

    /** What cannot be read at all is the last thing a process writes on a lane. */
    private void nonsense(Lane lane) {
        boolean unreadable = world.random.nextInt(3) == 0;
        Object nonsense = unreadable ? new LaneEvent.Malformed("nonsense") : null;
        if (world.random.nextBoolean()) {
            if (lane.from.runs() && lane.sender.isOpen() && lane.receiver.isOpen()) {
                world.note(lane, ": the sender writes nonsense");
                hits(lane, NONSENSE_THERE);
                lane.receiver.accepts(nonsense == null ? strayForReceiver(lane) : nonsense);
            }
        } else if (lane.to.runs() && lane.receiver.isOpen() && lane.sender.isOpen()) {
            world.note(lane, ": the receiver writes nonsense");
            hits(lane, NONSENSE_BACK);
            if (unreadable) {
                lane.sender.accepts(nonsense);
                lane.receiver.close();
            } else {
                strayForSender(lane);
            }
        }
    }

    /** Of the present offer or of another; an offer that could be taken for the present one is the same. */
    private LaneMessage strayForReceiver(Lane lane) {
        HandoverHeader offered = lane.sender.offeredHeader();
        long sequence = world.random.nextBoolean() ? STRAY : lane.sender.sequence();
        return switch (world.random.nextInt(4)) {
            case 0 -> new Offer(offered == null ? STRAY : sequence, offered == null ? anyHeader() : offered);
            case 1 -> new Taken(sequence);
            case 2 -> declined(sequence);
            default -> new Ready(sequence);
        };
    }

    private HandoverHeader anyHeader() {
        return world.any(world.connections).header;
    }

    /**
     * Nothing that would give the connection to two or to none: no rule helps against a peer that says Taken and does not take. So
     * an answer to the present offer is read at once, and only while no descriptor is out.
     */
    private void strayForSender(Lane lane) {
        boolean answers = lane.sender.isBetweenMessages()
                && lane.from.runs()
                && !(lane.sender.state() instanceof LaneSender.Passing)
                && !(lane.sender.state() instanceof LaneSender.Draining);
        long sequence = world.random.nextBoolean() ? STRAY : lane.sender.sequence();
        boolean readsAtOnce = answers && world.random.nextBoolean();
        lane.sender.accepts(
                switch (world.random.nextInt(5)) {
                    case 0 -> new Offer(sequence, anyHeader());
                    case 1, 2 -> new Ready(sequence);
                    case 3 -> new Taken(readsAtOnce ? sequence : STRAY);
                    default -> declined(readsAtOnce ? sequence : STRAY);
                });
        if (readsAtOnce) {
            lane.sender.works();
        }
    }

    private static Declined declined(long sequence) {
        return new Declined(sequence, DeclineReason.NOT_ACCEPTABLE, "no");
    }

    private void isClosed(Lane lane) {
        if (world.random.nextBoolean()) {
            if (lane.from.runs() && lane.sender.isOpen()) {
                world.note(lane, "is closed by its sender");
                hits(lane, CLOSED_BY_SENDER);
                lane.sender.close();
            }
        } else if (lane.to.runs() && lane.receiver.isOpen()) {
            world.note(lane, "is closed by its receiver");
            hits(lane, CLOSED_BY_RECEIVER);
            lane.receiver.close();
        }
    }

    private void isNotTaken(Lane lane) {
        Lane about = lane.receiver.isAboutToReceive() ? lane : laneAboutToReceive();
        if (about != null) {
            Disturbance fate = world.any(List.of(DECLINED, DESCRIPTOR_LOST, WRONG_DESCRIPTOR));
            world.note(about, ": what comes is not taken:", fate);
            hits(about, fate);
            about.receiver.meets(fate);
            about.receiver.works();
        }
    }

    private @Nullable Lane laneAboutToReceive() {
        for (Lane lane : world.lanes) {
            if (lane.receiver.isAboutToReceive()) {
                return lane;
            }
        }
        return null;
    }

    private void limitIsReached(Lane lane) {
        LaneWait there = lane.sender.waitsFor();
        LaneWait back = lane.receiver.waitsFor();
        if (there != null && (back == null || world.random.nextBoolean())) {
            world.note(lane, ": the sender waits in vain");
            hits(lane, there == LaneWait.READY ? READY_LATE : TAKEN_LATE);
            lane.sender.deadline();
        } else if (back != null) {
            world.note(lane, ": the receiver waits in vain");
            hits(lane, DESCRIPTOR_LATE);
            lane.receiver.deadline();
        }
    }
}
