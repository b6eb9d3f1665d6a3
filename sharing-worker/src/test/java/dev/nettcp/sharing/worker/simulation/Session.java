package dev.nettcp.sharing.worker.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;

/** A control session, a reliable stream each way between a worker and the service; and what it registered. */
final class Session {
    enum Message {
        REGISTER,
        REGISTERED,
        REFUSED,
        UNREGISTER,
        UNREGISTERED
    }

    final Worker worker;
    final int attempt;
    final Queue<Message> toService = new ArrayDeque<>();
    final Queue<Message> toWorker = new ArrayDeque<>();

    /** In the service: the connections that wait for a lane of this registration. */
    final Deque<Connection> waiting = new ArrayDeque<>();

    private final Set<Disturbance> suffered = EnumSet.noneOf(Disturbance.class);
    boolean registered;

    /** Whether the service has ever said so. */
    boolean granted;

    boolean serviceOpen = true;
    boolean workerOpen = true;
    boolean workerSawEnd;
    int lanesOpened;

    Session(Worker worker, int attempt) {
        this.worker = worker;
        this.attempt = attempt;
    }

    /** The service writes to the worker. */
    void tells(Message message) {
        granted |= message == Message.REGISTERED;
        if (workerOpen) {
            toWorker.add(message);
        }
    }

    void suffers(Disturbance disturbance) {
        if (disturbance.excuses()) {
            suffered.add(disturbance);
        }
    }

    /** Whether something has happened to it that may end it. */
    boolean isDisturbed() {
        return !suffered.isEmpty();
    }

    @Override
    public String toString() {
        return "session %d of %s".formatted(attempt, worker);
    }
}
