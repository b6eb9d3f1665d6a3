package dev.nettcp.sharing.worker.simulation;

import java.util.ArrayDeque;
import java.util.Queue;

/** A control session: a reliable stream each way between a worker and the service. */
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
    boolean registered;
    boolean serviceOpen = true;
    boolean workerOpen = true;
    boolean workerSawEnd;

    Session(Worker worker, int attempt) {
        this.worker = worker;
        this.attempt = attempt;
    }
}
