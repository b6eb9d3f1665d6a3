package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Very many messages on one session: what stays of each in the heaps of both sides. */
final class LongSession {

    private static final int CALLERS = 64;
    private static final int SIZE = 100;

    private final Path certificates;
    private final Amount amount;

    LongSession(Path certificates, Amount amount) {
        this.certificates = certificates;
        this.amount = amount;
    }

    List<Figure> measure() throws IOException {
        long first = amount.messages() / 10;
        long rest = amount.messages() - first;
        try (Pair pair = new Pair(Contestant.NETTCP, certificates)) {
            pair.run("calls", CALLERS, 1, SIZE, first);
            long client = pair.clientHeap();
            long server = pair.serverHeap();
            pair.run("calls", CALLERS, 1, SIZE, rest);
            long clientAfter = pair.clientHeap();
            long serverAfter = pair.serverHeap();
            double perMessage = Math.max(clientAfter - client, serverAfter - server) / (double) rest;
            return List.of(new Figure(
                    "a session of %d calls: growth of the heap".formatted(amount.messages()),
                    "%+.2f B each".formatted(perMessage),
                    "from call %d on: client %d → %d, server %d → %d KiB"
                            .formatted(first, client >> 10, clientAfter >> 10, server >> 10, serverAfter >> 10),
                    "< 1 B each",
                    perMessage < 1));
        }
    }
}
