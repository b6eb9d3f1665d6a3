package dev.nettcp.benchmarks;

import dev.nettcp.benchmarks.Figure.Goal;
import dev.nettcp.benchmarks.OpeningLoad.Result;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Connections opened per second: through the service, straight to the worker's own port, and through HAProxy in front of that. */
final class Handovers {

    private static final String SERVICE = "the service";
    private static final String WORKER = "straight to the worker";
    private static final String PROXY = "HAProxy";

    private final Target service;
    private final Target worker;
    private final Optional<Target> proxy;
    private final Scale scale;

    Handovers(Target service, Target worker, Optional<Target> proxy, Scale scale) {
        this.service = service;
        this.worker = worker;
        this.proxy = proxy;
        this.scale = scale;
    }

    /** Where to connect, and the preamble to send there. */
    record Target(InetSocketAddress address, String via) {

        OpeningLoad load(int atOnce) {
            return new OpeningLoad(address, Preamble.of(via), atOnce);
        }
    }

    List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(compare(32, "32 at once", Goal.atLeast(0.75)));
        figures.addAll(compare(1, "one at a time", Goal.atLeast(0.65)));
        return figures;
    }

    private List<Figure> compare(int atOnce, String how, Goal againstTheWorker) throws Exception {
        Map<String, Callable<Result>> contestants = new LinkedHashMap<>();
        contestants.put(WORKER, contestant(worker, atOnce));
        contestants.put(SERVICE, contestant(service, atOnce));
        if (proxy.isPresent()) contestants.put(PROXY, contestant(proxy.get(), atOnce));
        worker.load(atOnce).runFor(scale.warmUp());
        service.load(atOnce).runFor(scale.warmUp());
        Contest<Result> contest = Contest.of(scale.rounds(), scale.turns(), contestants, Result::plus);

        List<Figure> figures = new ArrayList<>();
        figures.add(figure(contest, WORKER, how, againstTheWorker));
        if (proxy.isPresent()) figures.add(figure(contest, PROXY, how, Goal.atLeast(1.4)));
        return figures;
    }

    private Callable<Result> contestant(Target target, int atOnce) {
        OpeningLoad load = target.load(atOnce);
        return () -> {
            Result result = load.runFor(scale.turn());
            if (result.failed() > 0) {
                throw new IOException("not every connection to %s was opened: %s".formatted(target, result.outcomes()));
            }
            return result;
        };
    }

    private static Figure figure(Contest<Result> contest, String other, String how, Goal goal) {
        double ratio = contest.ratio(SERVICE, other, Result::openedPerSecond);
        String detail = "%.0f / %.0f a second"
                .formatted(
                        contest.median(SERVICE, Result::openedPerSecond),
                        contest.median(other, Result::openedPerSecond));
        String against = other.equals(PROXY) ? "through HAProxy" : other;
        return Figure.ratio("opened through the service / " + against + ", " + how, ratio, detail, goal);
    }

    /** Lets so many connections be opened, 32 at once, for whoever wants to see what they leave behind. */
    static void through(Target target, long count, Duration atMost) throws Exception {
        Result result = target.load(32).run(count, atMost);
        long opened =
                result.outcomes().values().stream().mapToLong(Long::longValue).sum() - result.failed();
        if (opened != count) {
            throw new IOException(
                    "of %d connections only %d were opened: %s".formatted(count, opened, result.outcomes()));
        }
    }
}
