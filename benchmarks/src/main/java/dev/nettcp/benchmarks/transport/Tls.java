package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import dev.nettcp.benchmarks.transport.Comparison.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What TLS costs a call, and a connection. A handshake is a whole one, on a connection of its own, up to the first answer that comes through it;
 * then the connection is broken off.
 */
final class Tls {

    private static final String TLS = "TLS";
    private static final String PLAIN = "plain";
    private static final String NETTCP = "nettcp";
    private static final String NETTY = "Netty";
    private static final int OPENING = 8;
    private static final Scene SCENE = Scene.MANY_SMALL;

    private final Path certificates;
    private final Amount amount;
    private final List<Figure> figures = new ArrayList<>();

    Tls(Path certificates, Amount amount) {
        this.certificates = certificates;
        this.amount = amount;
    }

    List<Figure> measure() throws Exception {
        try (Pair tls = new Pair(Contestant.NETTCP_TLS, certificates);
                Pair plain = new Pair(Contestant.NETTCP, certificates);
                Pair netty = new Pair(Contestant.NETTY_TLS, certificates)) {
            calls(tls, plain, 1, "one session");
            calls(tls, plain, SCENE.callers, "a session each");
            Outcome outcome = new Comparison()
                    .with(NETTCP, millis -> tls.run("open", OPENING, millis))
                    .with(NETTY, millis -> netty.run("open", OPENING, millis))
                    .run(amount);
            figures.add(Figure.ratio(
                    "%d at once: handshakes a second, nettcp / Netty".formatted(OPENING),
                    outcome.ratio(NETTCP, NETTY, Result::perSecond),
                    outcome.both(NETTCP, NETTY, Result::perSecond, "a second"),
                    Goal.atLeast(0.9)));
        }
        return figures;
    }

    private void calls(Pair tls, Pair plain, int connections, String how) throws Exception {
        Outcome outcome = new Comparison()
                .with(TLS, tls, SCENE, connections)
                .with(PLAIN, plain, SCENE, connections)
                .run(amount);
        figures.add(Figure.ratio(
                "%s, %s: calls a second, with / without TLS".formatted(SCENE.title, how),
                outcome.ratio(TLS, PLAIN, Result::perSecond),
                outcome.both(TLS, PLAIN, Result::perSecond, "a second"),
                Goal.atLeast(0.7)));
    }
}
