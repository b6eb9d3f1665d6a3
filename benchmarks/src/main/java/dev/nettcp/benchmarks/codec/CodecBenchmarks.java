package dev.nettcp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the binary XML codec and prints one table. */
@Command(
        name = "benchmarks/codec",
        mixinStandardHelpOptions = true,
        description =
                "Measures the binary XML codec against Woodstox, Aalto, Fast Infoset and, where NETTCP_PEERS names "
                        + "the directory of the peers, .NET's own; prints one table. Takes about twelve minutes; nothing else should "
                        + "run meanwhile.")
public final class CodecBenchmarks implements Callable<Integer> {

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "N",
            description = "Rounds; the median counts (${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--smoke",
            description = "Just enough of everything to see that it works; the figures mean nothing.")
    private boolean smoke;

    @Option(names = "--check", description = "Exit status 1 where a goal is missed.")
    private boolean check;

    private final PrintStream out;

    CodecBenchmarks(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CodecBenchmarks(new PrintStream(System.out, true, UTF_8))).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        List<Figure> figures = measure();
        out.print(Figure.table(figures));
        return check && figures.stream().anyMatch(figure -> !figure.met()) ? 1 : 0;
    }

    private List<Figure> measure() throws IOException, InterruptedException, RunnerException {
        Optional<DotNetCodec> dotNet = DotNetCodec.find();
        Path log = Files.createTempFile("nettcp-codec-", ".log");
        try {
            Measurement measurement = smoke
                    ? new Measurement(0, 0, 1, TimeValue.milliseconds(10), log)
                    : new Measurement(1, 15, 15, TimeValue.milliseconds(150), log);
            var results = new Results();
            for (int round = 1; round <= (smoke ? 1 : rounds); round++) {
                for (Sample sample : Sample.values()) {
                    System.err.println("round " + round + ": " + sample.title + " ...");
                    results.addAll(measurement.codecs(sample));
                    if (dotNet.isPresent() && !smoke)
                        results.addAll(dotNet.get().measure(sample, 1.5));
                }
                System.err.println("round " + round + ": JAXB ...");
                results.addAll(measurement.jaxb());
            }
            List<Figure> figures = new ArrayList<>();
            if (dotNet.isPresent()) figures.add(sameBytes(dotNet.get()));
            figures.addAll(Report.of(results));
            return figures;
        } finally {
            Files.delete(log);
        }
    }

    /** In how many of the messages we write, byte for byte, what .NET writes. */
    private static Figure sameBytes(DotNetCodec dotNet) throws IOException, InterruptedException {
        int same = 0;
        for (Sample sample : Sample.values()) {
            try {
                String table = "00"; // no new strings
                String ours =
                        HexFormat.of().formatHex(Format.NETTCP.codec(sample).document());
                if (ours.equals(table + dotNet.document(sample))) same++;
            } catch (IOException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(sample + " cannot be written", e);
            }
        }
        return Figure.ratio("messages of the same bytes as .NET's", same, "of 4", Goal.atLeast(4));
    }
}
