package dev.nettcp.benchmarks;

import static java.util.stream.Collectors.joining;

import dev.nettcp.benchmarks.CallLoad.Call;
import dev.nettcp.benchmarks.Handovers.Target;
import dev.nettcp.benchmarks.Opening.Outcome;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Restarts of the service under load, by turns with SIGTERM and with SIGKILL, each when the one before is over. What calls on
 * established sessions notice of it, and what clients of several workers notice that connect: the first worker to register again opens
 * the port for all of them.
 */
final class Restarts {

    private static final Duration BETWEEN_CALLS = Duration.ofMillis(5);
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofMillis(5);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(2);
    private static final Duration NO_GAP = Duration.ofMillis(250);

    private final ServiceProcess service;
    private final List<Target> targets;
    private final List<Call> sessions;
    private final Scale scale;

    Restarts(ServiceProcess service, List<Target> targets, List<Call> sessions, Scale scale) {
        this.service = service;
        this.targets = targets;
        this.sessions = sessions;
        this.scale = scale;
    }

    List<Figure> measure() throws Exception {
        List<CallLoad> calls = new ArrayList<>();
        List<ConnectLoad> connects = new ArrayList<>();
        try {
            for (Target target : targets) {
                var load = new ConnectLoad(target, BETWEEN_CONNECTIONS);
                load.start();
                connects.add(load);
            }
            for (Call session : sessions) {
                var load = new CallLoad(session, BETWEEN_CALLS);
                load.start();
                calls.add(load);
            }
            for (int restart = 0; restart < scale.restarts(); restart++) {
                LockSupport.parkNanos(scale.between().toNanos());
                if (restart % 2 == 0) {
                    service.restart();
                } else {
                    service.killAndStart();
                }
                for (ConnectLoad load : connects) {
                    long before = load.openedSoFar();
                    Waiting.until("connections are opened again", () -> load.openedSoFar() > before);
                }
            }
        } finally {
            for (CallLoad load : calls) load.stop();
            for (ConnectLoad load : connects) load.stop();
        }
        List<Figure> figures = new ArrayList<>(establishedSessions(calls));
        figures.addAll(newConnections(connects));
        return figures;
    }

    private List<Figure> establishedSessions(List<CallLoad> calls) {
        long failed = calls.stream().mapToLong(CallLoad::failed).sum();
        long answered = calls.stream().mapToLong(CallLoad::answered).sum();
        Duration gap = calls.stream()
                .map(CallLoad::longestGap)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        String failure = calls.stream()
                .map(CallLoad::firstFailure)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(joining(", "));
        return List.of(
                new Figure(
                        name("calls failed on established sessions"),
                        Long.toString(failed),
                        failed == 0 ? "%d calls, %d sessions".formatted(answered, calls.size()) : failure,
                        "0",
                        failed == 0),
                new Figure(
                        name("longest time without an answer there"),
                        "%d ms".formatted(gap.toMillis()),
                        "a call every %d ms".formatted(BETWEEN_CALLS.toMillis()),
                        "none (< %d ms)".formatted(NO_GAP.toMillis()),
                        gap.compareTo(NO_GAP) < 0));
    }

    private List<Figure> newConnections(List<ConnectLoad> connects) {
        long otherwise = count(connects, Outcome.FAULT)
                + count(connects, Outcome.ANSWERED_OTHERWISE)
                + count(connects, Outcome.UNANSWERED);
        Duration gap = connects.stream()
                .map(ConnectLoad::longestGap)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return List.of(
                new Figure(
                        name("new connections that met anything but ack, refusal or end before the ack"),
                        Long.toString(otherwise),
                        "%d workers, %d opened, %d refused, %d ended%s"
                                .formatted(
                                        connects.size(),
                                        count(connects, Outcome.OPENED),
                                        count(connects, Outcome.REFUSED),
                                        count(connects, Outcome.ENDED_BEFORE_ACK),
                                        faults(connects)),
                        "0",
                        otherwise == 0),
                new Figure(
                        name("longest time without a new connection"),
                        "%d ms".formatted(gap.toMillis()),
                        "a try every %d ms".formatted(BETWEEN_CONNECTIONS.toMillis()),
                        "≤ %d ms".formatted(LONGEST_OUTAGE.toMillis()),
                        gap.compareTo(LONGEST_OUTAGE) <= 0));
    }

    private static long count(List<ConnectLoad> connects, Outcome outcome) {
        return connects.stream().mapToLong(load -> load.count(outcome)).sum();
    }

    private static String faults(List<ConnectLoad> connects) {
        return connects.stream()
                .flatMap(load -> load.faults().entrySet().stream())
                .map(fault -> ", %d %s".formatted(fault.getValue(), fault.getKey()))
                .collect(joining());
    }

    private String name(String what) {
        return "%d restarts: %s".formatted(scale.restarts(), what);
    }
}
