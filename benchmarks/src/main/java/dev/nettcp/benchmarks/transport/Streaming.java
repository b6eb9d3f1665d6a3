package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import dev.nettcp.benchmarks.transport.Comparison.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One long stream from client to server, against a copy from socket to socket; and what the heaps hold in the middle of one. */
final class Streaming {

    private static final String NETTCP = "nettcp";
    private static final String SOCKET = "socket";
    private static final long MOST_GROWTH = 8 << 20;

    private final Path certificates;
    private final Amount amount;

    Streaming(Path certificates, Amount amount) {
        this.certificates = certificates;
        this.amount = amount;
    }

    List<Figure> measure() throws Exception {
        try (Pair nettcp = new Pair(Contestant.NETTCP_STREAMED, certificates);
                Pair socket = new Pair(Contestant.SOCKET, certificates)) {
            Outcome outcome = new Comparison()
                    .with(NETTCP, millis -> nettcp.run("stream", amount.streamed()))
                    .with(SOCKET, millis -> socket.run("stream", amount.streamed()))
                    .run(oneStreamATurn());
            String mebibytes = "%d MiB streamed: ".formatted(amount.streamed() >> 20);
            return List.of(
                    Figure.ratio(
                            mebibytes + "bytes a second, nettcp / socket copy",
                            1 / outcome.ratio(NETTCP, SOCKET, Result::seconds),
                            "%.0f / %.0f MiB a second".formatted(rate(outcome, NETTCP), rate(outcome, SOCKET)),
                            Goal.atLeast(0.5)),
                    growth(nettcp, mebibytes));
        }
    }

    private Amount oneStreamATurn() {
        return new Amount(
                amount.rounds(),
                1,
                Duration.ZERO,
                Duration.ZERO,
                amount.sessions(),
                amount.streamed(),
                amount.messages());
    }

    private double rate(Outcome outcome, String contestant) {
        return (amount.streamed() >> 20) / outcome.median(contestant, Result::seconds);
    }

    /** Looked at while a stream passes through, as often as the time allows. */
    private Figure growth(Pair pair, String mebibytes) throws IOException {
        long client = pair.clientHeap();
        long server = pair.serverHeap();
        Pair.Running stream = pair.begin("stream", 2 * amount.streamed());
        long clientMeanwhile = pair.clientHeap();
        long serverMeanwhile = pair.serverHeap();
        stream.await();
        long most = Math.max(clientMeanwhile - client, serverMeanwhile - server);
        return new Figure(
                mebibytes + "growth of the heap meanwhile",
                "%.1f MiB".formatted(most / (double) (1 << 20)),
                "client %d → %d, server %d → %d KiB"
                        .formatted(client >> 10, clientMeanwhile >> 10, server >> 10, serverMeanwhile >> 10),
                "≤ 8 MiB",
                most <= MOST_GROWTH);
    }
}
