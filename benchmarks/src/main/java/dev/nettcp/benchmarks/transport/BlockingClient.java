package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import dev.nettcp.benchmarks.transport.Comparison.Outcome;
import java.nio.file.Path;
import java.util.List;

/** One caller that blocks, against the least that two processes need to send bytes there and back. */
final class BlockingClient {

    private static final String NETTCP = "nettcp";
    private static final String SOCKET = "socket";

    private final Path certificates;
    private final Amount amount;

    BlockingClient(Path certificates, Amount amount) {
        this.certificates = certificates;
        this.amount = amount;
    }

    List<Figure> measure() throws Exception {
        try (Pair nettcp = new Pair(Contestant.NETTCP, certificates);
                Pair socket = new Pair(Contestant.SOCKET, certificates)) {
            Outcome outcome = new Comparison()
                    .with(NETTCP, nettcp, Scene.ONE_SMALL, 1)
                    .with(SOCKET, socket, Scene.ONE_SMALL, 1)
                    .run(amount);
            return List.of(Figure.ratio(
                    "1 caller, 100 B: p50, nettcp / plain blocking sockets",
                    outcome.ratio(NETTCP, SOCKET, Result::p50Micros),
                    outcome.both(NETTCP, SOCKET, Result::p50Micros, "µs"),
                    Goal.atMost(1.5)));
        }
    }
}
