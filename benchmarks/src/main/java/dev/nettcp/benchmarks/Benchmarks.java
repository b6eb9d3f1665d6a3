package dev.nettcp.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.benchmarks.CallLoad.Call;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the port sharing service and prints one table. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measures port sharing against a port of one's own and against HAProxy, and prints one table. "
                + "Takes about eight minutes; nothing else should run meanwhile.")
final class Benchmarks implements Callable<Integer> {

    private static final int SESSIONS_DURING_RESTARTS = 4;

    /** What can be measured. */
    enum Part {
        SESSION,
        HANDOVERS,
        LEFTOVERS,
        RESTARTS
    }

    @Option(names = "--only", split = ",", paramLabel = "PART", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--smoke",
            description = "Just enough of everything to see that it works; the figures mean nothing.")
    private boolean smoke;

    @Option(names = "--check", description = "Exit status 1 where a goal is missed.")
    private boolean check;

    private final PrintStream out = new PrintStream(System.out, true, UTF_8);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Figure> figures = new ArrayList<>();
        Path directory = Files.createTempDirectory("nettcp-bench-");
        try (var bed = new TestBed(directory)) {
            Scale scale = smoke ? Scale.SMOKE : Scale.REPORTED;
            for (Part part : parts) {
                System.err.println("measuring " + part.name().toLowerCase(Locale.ROOT) + " ...");
                figures.addAll(measure(part, bed, scale));
            }
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(directory);
        }
        out.print(Figure.table(figures));
        return check && figures.stream().anyMatch(figure -> !figure.met()) ? 1 : 0;
    }

    private static List<Figure> measure(Part part, TestBed bed, Scale scale) throws Exception {
        return switch (part) {
            case SESSION -> new EstablishedSession(bed.session(bed.shared()), bed.session(bed.own()), scale).measure();
            case HANDOVERS -> new Handovers(bed.shared(), bed.own(), bed.proxied(), scale).measure();
            case LEFTOVERS -> new Leftovers(bed.service(), bed.shared(), scale).measure();
            case RESTARTS -> {
                List<Call> sessions = new ArrayList<>();
                for (int i = 0; i < SESSIONS_DURING_RESTARTS; i++) sessions.add(bed.session(bed.shared()));
                yield new Restarts(
                                bed.service(), List.of(bed.shared(), bed.startNeighbour("neighbour")), sessions, scale)
                        .measure();
            }
        };
    }
}
