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

    private static final List<String> REFUSALS = List.of(
            "connection-refused",
            "unknown-path",
            "unknown-path-below-an-endpoint",
            "streamed-client-to-buffered-endpoint",
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
    Stream<DynamicTest> whatMustBeRefusedIsRefusedInTheClientsWords() {
        String limit = Integer.toString(Worker.MESSAGE_LIMIT);
        return ScenarioRun.tests(
                where(), REFUSALS, () -> DotNetClient.run("refusals", types(), REFUSALS, "--limit", limit));
    }
}
