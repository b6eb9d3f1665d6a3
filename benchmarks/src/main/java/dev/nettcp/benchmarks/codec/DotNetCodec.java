package dev.nettcp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** .NET's own codec, measured by the program {@code dotnet/run codec} below the directory of the peers. */
final class DotNetCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String program;

    private DotNetCodec(Path program) {
        this.program = program.toString();
    }

    /** Empty where {@code NETTCP_PEERS} names no directory that has it. */
    static Optional<DotNetCodec> find() {
        return Optional.ofNullable(System.getenv("NETTCP_PEERS"))
                .map(directory -> Path.of(directory, "dotnet", "run"))
                .filter(Files::isExecutable)
                .map(DotNetCodec::new);
    }

    /** The document that it writes, without a table of strings. */
    String document(Sample sample) throws IOException, InterruptedException {
        return run("--message", name(sample), "--hex").get(0).path("hex").asText();
    }

    /** The measurements of one message, as WCF uses the codec: a new writer for each message, and a reader that is reused. */
    Results measure(Sample sample, double seconds) throws IOException, InterruptedException {
        String duration = String.format(Locale.ROOT, "%.2f", seconds);
        var results = new Results();
        Stream.concat(
                        run("--message", name(sample), "--seconds", duration).stream()
                                .filter(line -> line.path("direction").asText().equals("write")),
                        run("--message", name(sample), "--seconds", duration, "--reuse").stream()
                                .filter(line -> line.path("direction").asText().equals("read")))
                .forEach(line -> results.add(
                        ".NET",
                        sample.name(),
                        line.path("direction").asText(),
                        new Cost(
                                line.path("minNs").asDouble(),
                                line.path("allocatedBytes").asDouble())));
        return results;
    }

    private static String name(Sample sample) {
        return sample.name().toLowerCase(Locale.ROOT);
    }

    private List<JsonNode> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program, "codec", "--json"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader out = new BufferedReader(process.inputReader(UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) lines.add(JSON.readTree(line));
        } finally {
            process.destroy();
        }
        int status = process.waitFor();
        if (status != 0) throw new IOException(command + " ended with status " + status);
        return lines;
    }
}
