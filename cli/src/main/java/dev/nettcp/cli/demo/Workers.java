package dev.nettcp.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The workers of the demo, each in its own process: all started at once, all stopped together. */
record Workers(List<WorkerProcess> all) implements AutoCloseable {

    /** Starts so many and waits until the last one is ready. */
    static Workers start(int number, int port, Path controlSocket, Path logs) throws InterruptedException {
        var workers = new Workers(new ArrayList<>());
        boolean ready = false;
        try {
            for (int i = 1; i <= number; i++) {
                String address = "net.tcp://localhost:%d/calculator/%d".formatted(port, i);
                workers.all.add(WorkerProcess.start(
                        JavaCommand.of(CalculatorProcess.class, address),
                        address,
                        controlSocket,
                        logs.resolve("worker-%d.log".formatted(i))));
            }
            for (WorkerProcess worker : workers.all) worker.awaitReady();
            ready = true;
            return workers;
        } finally {
            if (!ready) workers.close();
        }
    }

    @Override
    public void close() {
        all.forEach(WorkerProcess::close);
    }
}
