package dev.nettcp.interop;

import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.peers.ScenarioRun;
import dev.nettcp.interop.services.Worker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What an unmodified .NET client must see of our server, whoever owns the port: a test per scenario of the client. */
abstract class DotNetClientContract {

    private static final List<String> CALCULATOR = List.of(
            "calculator-add",
            "calculator-subtract",
            "calculator-multiply",
            "calculator-divide",
            "calculator-divide-by-zero",
            "calculator-all");

    private static final List<String> RAW = List.of(
            "raw-echo-text",
            "raw-echo-empty-element",
            "raw-echo-namespaces",
            "raw-echo-attributes",
            "raw-echo-mixed-content",
            "raw-echo-unicode",
            "raw-echo-deep",
            "raw-echo-wide",
            "raw-echo-1-mib",
            "raw-echo-no-body",
            "raw-one-way",
            "raw-interleaved-1000",
            "raw-pushed-1000",
            "raw-half-close",
            "raw-unknown-action");

    private static final List<String> RAW_STREAMED = List.of(
            "raw-request-echo-text",
            "raw-request-echo-empty-element",
            "raw-request-echo-namespaces",
            "raw-request-echo-attributes",
            "raw-request-echo-mixed-content",
            "raw-request-echo-unicode",
            "raw-request-echo-deep",
            "raw-request-echo-wide",
            "raw-request-echo-1-mib",
            "raw-request-one-way",
            "raw-request-many");

    private static final List<String> STREAMING = Stream.concat(
                    Stream.of("streamed-string", "streamed-two-calls", "streamed-declared-fault"),
                    Stream.of("download", "upload", "echo")
                            .flatMap(name -> Stream.of(0, 1000, 20_000, 1 << 20, 16 << 20)
                                    .map(size -> "streamed-%s-%d".formatted(name, size))))
            .toList();

    private static final List<String> REFUSALS = List.of(
            "connection-refused",
            "unknown-path",
            "unknown-path-streamed",
            "unknown-path-below-an-endpoint",
            "streamed-client-to-buffered-endpoint",
            "buffered-client-to-streamed-endpoint",
            "text-client-to-streamed-binary-endpoint",
            "text-client-to-binary-endpoint",
            "text-soap11-client-to-binary-endpoint",
            "text-utf16-client-to-binary-endpoint",
            "mtom-client-to-binary-endpoint",
            "gzip-client-to-binary-endpoint",
            "message-over-the-servers-limit",
            "message-far-over-the-servers-limit",
            "reply-over-the-clients-limit",
            "unknown-action",
            "tls-client-to-plain-endpoint",
            "windows-client-to-plain-endpoint");

    /** For the list of what ran. */
    abstract String where();

    /** Addresses of calculators; each must pass. */
    abstract List<String> calculators();

    abstract String raw();

    abstract String types();

    abstract String streaming();

    abstract String rawStreamed();

    @TestFactory
    Stream<DynamicTest> theScenariosOfTheCalculatorPass() {
        return calculators().stream()
                .flatMap(address -> ScenarioRun.tests(
                        where() + ", " + address.replaceFirst("^.*?//[^/]*", ""),
                        CALCULATOR,
                        () -> DotNetClient.run("calculator", address, CALCULATOR)));
    }

    @TestFactory
    Stream<DynamicTest> theScenariosOfRawMessagesPass() {
        return ScenarioRun.tests(where(), RAW, () -> DotNetClient.run("raw", raw(), RAW));
    }

    @TestFactory
    Stream<DynamicTest> theScenariosOfStreamedMessagesPass() {
        return Stream.concat(
                ScenarioRun.tests(where(), STREAMING, () -> DotNetClient.run("streaming", streaming(), STREAMING)),
                ScenarioRun.tests(
                        where(),
                        RAW_STREAMED,
                        () -> DotNetClient.run("raw", rawStreamed(), RAW_STREAMED, "--mode", "streamed")));
    }

    @TestFactory
    Stream<DynamicTest> whatMustBeRefusedIsRefusedInTheClientsWords() {
        String limit = Integer.toString(Worker.MESSAGE_LIMIT);
        return ScenarioRun.tests(
                where(),
                REFUSALS,
                () -> DotNetClient.run("refusals", types(), REFUSALS, "--limit", limit, "--streaming", streaming()));
    }
}
