package dev.nettcp.benchmarks.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import dev.nettcp.benchmarks.transport.Comparison.Outcome;
import dev.nettcp.testkit.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Client and server on .NET, which call EchoString of the contract ITypes of theirs, a session for each caller. Their client is a new process
 * each time, hence it counts more than once what it measures and tells the median; the first of its runs is for the JIT.
 */
final class DotNet {

    private static final String OURS = "nettcp";
    private static final String DOTNET = ".NET";
    private static final int CALLERS = 8;
    private static final int SIZE = 100;
    private static final int RUNS = 5;
    private static final int CALLS_PER_SECOND_AND_CALLER = 4_000; // about, to make a turn as long as it should be
    private static final Pattern MEDIAN = Pattern.compile("PASS benchmark .*median=([0-9.]+)/s");

    private final Path program;
    private final Path certificates;
    private final Amount amount;

    private DotNet(Path program, Path certificates, Amount amount) {
        this.program = program;
        this.certificates = certificates;
        this.amount = amount;
    }

    /** Empty where {@code NETTCP_PEERS} names no directory that has them. */
    static Optional<DotNet> find(Path certificates, Amount amount) {
        return Optional.ofNullable(System.getenv("NETTCP_PEERS"))
                .map(directory -> Path.of(directory, "dotnet", "run"))
                .filter(Files::isExecutable)
                .map(program -> new DotNet(program, certificates, amount));
    }

    List<Figure> measure() throws Exception {
        try (ChildProcess server = ChildProcess.start(
                        List.of(program.toString(), "server", "--address", "net.tcp://localhost:0/peer"));
                Pair ours = new Pair(Contestant.NETTCP_STRINGS, certificates)) {
            String address = server.awaitLineStartingWith("READY ").substring("READY ".length());
            Outcome outcome = new Comparison()
                    .with(OURS, millis -> ours.run("echo", CALLERS, CALLERS, SIZE, millis))
                    .with(DOTNET, millis -> client(address, millis))
                    .run(oneTurnARound());
            return List.of(Figure.ratio(
                    "8 callers, string of 100: calls a second, nettcp / .NET",
                    outcome.ratio(OURS, DOTNET, Result::perSecond),
                    outcome.both(OURS, DOTNET, Result::perSecond, "a second"),
                    Goal.atLeast(2)));
        }
    }

    private Amount oneTurnARound() {
        Duration turn = amount.turn().multipliedBy(amount.turns());
        return new Amount(amount.rounds(), 1, turn, turn, amount.sessions(), amount.streamed(), amount.messages());
    }

    private Result client(String address, long millis) throws IOException {
        long count = Math.max(50, CALLS_PER_SECOND_AND_CALLER * millis / 1000);
        Process process = new ProcessBuilder(
                        program.toString(),
                        "client",
                        "--contract",
                        "types",
                        "--scenario",
                        "benchmark",
                        "--address",
                        address,
                        "--size",
                        Integer.toString(SIZE),
                        "--clients",
                        Integer.toString(CALLERS),
                        "--count",
                        Long.toString(count),
                        "--runs",
                        Integer.toString(RUNS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            String printed = String.join("\n", out.lines().toList());
            Matcher median = MEDIAN.matcher(printed);
            if (!median.find()) {
                throw new IOException("the client on .NET says: " + printed);
            }
            double seconds = count * CALLERS / Double.parseDouble(median.group(1));
            return new Result(count * CALLERS, (long) (seconds * 1e9), 0, 0, List.of(0.0));
        } finally {
            process.destroy();
        }
    }
}
