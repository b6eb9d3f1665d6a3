package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import dev.nettcp.benchmarks.transport.Comparison.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes there and back. Compared is what has as many connections: gRPC and Netty have one for all callers, as one session has; HTTP needs one for
 * each caller, and is compared with a session for each.
 */
final class Echo {

    private static final String NETTCP = "nettcp";
    private static final String SESSIONS = "nettcp, a session for each caller";
    private static final String GRPC = "gRPC";
    private static final String CXF = "CXF over HTTP";
    private static final String NETTY = "Netty";

    private final Path certificates;
    private final Amount amount;
    private final List<Figure> figures = new ArrayList<>();

    Echo(Path certificates, Amount amount) {
        this.certificates = certificates;
        this.amount = amount;
    }

    List<Figure> measure() throws Exception {
        try (Pair nettcp = new Pair(Contestant.NETTCP, certificates);
                Pair grpc = new Pair(Contestant.GRPC, certificates);
                Pair cxf = new Pair(Contestant.CXF, certificates);
                Pair netty = new Pair(Contestant.NETTY, certificates)) {
            for (Scene scene : Scene.values()) {
                Comparison comparison = new Comparison()
                        .with(NETTCP, nettcp, scene, 1)
                        .with(GRPC, grpc, scene, 1)
                        .with(NETTY, netty, scene, 1)
                        .with(CXF, cxf, scene, scene.callers);
                if (scene.callers > 1) {
                    comparison.with(SESSIONS, nettcp, scene, scene.callers);
                }
                report(scene, comparison.run(amount));
            }
        }
        return figures;
    }

    private void report(Scene scene, Outcome outcome) {
        String ours = scene.callers > 1 ? SESSIONS : NETTCP;
        calls(scene, outcome, NETTCP, GRPC, scene.goals().grpc());
        processorTime(scene, outcome);
        calls(scene, outcome, ours, CXF, scene.goals().cxf());
        calls(scene, outcome, NETTCP, NETTY, scene.goals().netty());
    }

    private void calls(Scene scene, Outcome outcome, String ours, String theirs, @Nullable Goal goal) {
        String name = "%s: calls a second, nettcp / %s".formatted(scene.title, theirs);
        double ratio = outcome.ratio(ours, theirs, Result::perSecond);
        String from = outcome.both(ours, theirs, Result::perSecond, "a second");
        figures.add(goal == null ? Figure.withoutGoal(name, ratio, from) : Figure.ratio(name, ratio, from, goal));
    }

    private void processorTime(Scene scene, Outcome outcome) {
        figures.add(Figure.ratio(
                "%s: processor time of a call, nettcp / %s".formatted(scene.title, GRPC),
                outcome.ratio(NETTCP, GRPC, Result::microsPerCall),
                "%s / %s µs, client + server".formatted(sum(outcome, NETTCP), sum(outcome, GRPC)),
                Goal.atMost(0.5)));
    }

    private static String sum(Outcome outcome, String contestant) {
        return "%.1f + %.1f"
                .formatted(
                        outcome.median(contestant, Result::clientMicrosPerCall),
                        outcome.median(contestant, Result::serverMicrosPerCall));
    }
}
