package dev.nettcp.sharing.service;

import dev.nettcp.framing.via.HostNameComparisonMode;
import java.nio.file.Path;

/** A worker in a process of its own: {@code SOCKET ADDRESS}; answers every preamble with an ack until it is ended. */
final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] args) {
        ScriptedWorker worker =
                ScriptedWorker.registers(Path.of(args[0]), args[1], HostNameComparisonMode.STRONG_WILDCARD);
        worker.opensLanes();
        System.out.println("registered " + worker.status());
        while (true) {
            worker.takesWhenever().sends((byte) 0x0B);
        }
    }
}
