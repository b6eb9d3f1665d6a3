package dev.nettcp.benchmarks.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.benchmarks.Figure;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures client and server, end to end, and prints one table. */
@Command(
        name = "benchmarks/transport",
        mixinStandardHelpOptions = true,
        description =
                "Measures client and server against gRPC, CXF over HTTP, plain Netty, plain sockets and, where NETTCP_PEERS "
                        + "names the directory of the peers, client and server on .NET; prints one table. Takes about ten minutes; nothing "
                        + "else should run meanwhile.")
public final class TransportBenchmarks implements Callable<Integer> {

    /** What can be measured. */
    enum Part {
        ECHO,
        BLOCKING,
        DOTNET,
        TLS,
        IDLE,
        STREAM,
        SESSION
    }

    @Option(names = "--only", split = ",", paramLabel = "PART", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each comparison; the median counts (5).")
    private int rounds;

    @Option(names = "--short", description = "Two rounds of each comparison: rough figures in a third of the time.")
    private boolean shortForm;

    @Option(
            names = "--smoke",
            description = "Just enough of everything to see that it works; the figures mean nothing.")
    private boolean smoke;

    @Option(names = "--check", description = "Exit status 1 where a goal is missed.")
    private boolean check;

    private final PrintStream out;
    private final PrintStream progress;

    TransportBenchmarks(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        var benchmarks = new TransportBenchmarks(new PrintStream(System.out, true, UTF_8), System.err);
        System.exit(new CommandLine(benchmarks)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        Path certificates = Files.createTempDirectory("nettcp-bench-");
        try {
            Certificates.create(certificates);
            for (Part part : parts) {
                progress.println("measuring " + part.name().toLowerCase(Locale.ROOT) + " ...");
                figures.addAll(measure(part, certificates, absent));
            }
        } finally {
            try (Stream<Path> files = Files.list(certificates)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(certificates);
        }
        out.print(Figure.table(figures));
        absent.forEach(line -> out.println("\nNot measured: " + line));
        return check && figures.stream().anyMatch(figure -> !figure.met()) ? 1 : 0;
    }

    private Amount amount() {
        Amount amount = smoke ? Amount.SMOKE : shortForm ? Amount.ROUGH : Amount.REPORTED;
        return rounds > 0 ? amount.withRounds(rounds) : amount;
    }

    private List<Figure> measure(Part part, Path certificates, List<String> absent) throws Exception {
        Amount amount = amount();
        return switch (part) {
            case ECHO -> new Echo(certificates, amount).measure();
            case BLOCKING -> new BlockingClient(certificates, amount).measure();
            case DOTNET -> {
                Optional<DotNet> dotNet = DotNet.find(certificates, amount);
                if (dotNet.isEmpty()) {
                    absent.add("client and server on .NET: NETTCP_PEERS names no directory that has them.");
                    yield List.of();
                }
                yield dotNet.get().measure();
            }
            case TLS -> new Tls(certificates, amount).measure();
            case IDLE -> new IdleSessions(certificates, amount).measure();
            case STREAM -> new Streaming(certificates, amount).measure();
            case SESSION -> new LongSession(certificates, amount).measure();
        };
    }
}
