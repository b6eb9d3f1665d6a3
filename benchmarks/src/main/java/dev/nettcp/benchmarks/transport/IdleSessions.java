package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Many sessions that were used once and are open: what each takes of the server's heap, and whether each is still answered. */
final class IdleSessions {

    private static final int CLIENTS = 2; // processes, as descriptors of one may be short
    private static final long MOST_BYTES = 12 * 1024;

    private final Path certificates;
    private final Amount amount;

    IdleSessions(Path certificates, Amount amount) {
        this.certificates = certificates;
        this.amount = amount;
    }

    List<Figure> measure() throws IOException {
        int each = amount.sessions() / CLIENTS;
        try (Pair pair = new Pair(Contestant.NETTCP, certificates)) {
            for (int i = 1; i < CLIENTS; i++) {
                pair.addClient();
            }
            pair.run("echo", 16, 16, 100, amount.warmUp().toMillis()); // classes are loaded, pools have their size
            long before = pair.serverHeap();
            long opened = 0;
            for (int i = 0; i < CLIENTS; i++) {
                opened += pair.run(i, "hold", each).calls();
            }
            double bytes = (pair.serverHeap() - before) / (double) opened;
            long answered = 0;
            for (int i = 0; i < CLIENTS; i++) {
                answered += pair.run(i, "ask", 100).calls();
            }
            String idle = "%d idle sessions: ".formatted(amount.sessions());
            return List.of(
                    new Figure(
                            idle + "heap of the server for each",
                            "%.1f KiB".formatted(bytes / 1024),
                            "after full collections",
                            "≤ 12 KiB",
                            bytes <= MOST_BYTES),
                    new Figure(
                            idle + "answered",
                            Long.toString(answered),
                            "of %d opened, one after the other".formatted(opened),
                            "all",
                            answered == amount.sessions()));
        }
    }
}
