package dev.nettcp.interop;

import dev.nettcp.interop.contracts.Contract;
import dev.nettcp.interop.contracts.Security;
import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.peers.ScenarioRun;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.interop.services.Worker;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The main job: an unmodified .NET client calls services in separate processes behind one port. What the contracts do in other ways is in
 * {@code DotNetClientContractsTest}.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DotNetClientOnASharedPortTest {

    private static final String WHERE = "shared port, workers in processes of their own";
    private static final String FIRST = "/calculator/1";
    private static final String SECOND = "/calculator/2";

    private SharedPort shared;

    @BeforeAll
    void open() {
        shared = SharedPort.open();
        shared.startWorker("calculator", shared.address(FIRST));
        shared.startWorker("calculator", shared.address(SECOND));
        shared.startWorker("raw", shared.address("/raw"));
        shared.startWorker("limited-types", shared.address("/types"));
        shared.startWorker("streaming", shared.address("/streaming"));
        shared.startWorker("raw-streamed", shared.address("/raw-streamed"));
    }

    @AfterAll
    void close() {
        shared.close();
    }

    private static List<String> scenarios(Contract contract) {
        return contract.scenarios(Security.PLAIN);
    }

    private Stream<DynamicTest> tests(Contract contract, String path, String... more) {
        return ScenarioRun.tests(
                WHERE + ", " + path,
                scenarios(contract),
                () -> DotNetClient.run(contract.argument(), shared.address(path), scenarios(contract), more));
    }

    @TestFactory
    Stream<DynamicTest> theScenariosOfTheCalculatorPass() {
        return Stream.of(FIRST, SECOND).flatMap(path -> tests(Contract.CALCULATOR, path));
    }

    @TestFactory
    Stream<DynamicTest> theScenariosOfRawMessagesPass() {
        return tests(Contract.RAW, "/raw");
    }

    @TestFactory
    Stream<DynamicTest> theScenariosOfStreamedMessagesPass() {
        return Stream.concat(
                tests(Contract.STREAMING, "/streaming"),
                tests(Contract.RAW_STREAMED, "/raw-streamed", "--mode", "streamed"));
    }

    @TestFactory
    Stream<DynamicTest> whatMustBeRefusedIsRefusedInTheClientsWords() {
        String limit = Integer.toString(Worker.MESSAGE_LIMIT);
        return tests(Contract.REFUSALS, "/types", "--limit", limit, "--streaming", shared.address("/streaming"));
    }

    /** One connection goes from worker to worker and back, as often as the client likes. */
    @TestFactory
    Stream<DynamicTest> onePooledConnectionServesBothWorkersInTurn() {
        List<String> scenarios = List.of(
                "pool-a-then-b",
                "pool-a-then-b-then-a",
                "pool-alternate-100",
                "pool-empty-sessions",
                "pool-idle-then-b");
        return ScenarioRun.tests(WHERE, scenarios, pooling(scenarios, "--max-connects", "1"));
    }

    @TestFactory
    Stream<DynamicTest> sessionsSideBySideAndBrokenOnesFindBothWorkers() {
        List<String> scenarios = List.of("pool-abort-then-b", "pool-sessions-side-by-side", "pool-concurrent-mix");
        return ScenarioRun.tests(WHERE, scenarios, pooling(scenarios));
    }

    private Supplier<ScenarioRun> pooling(List<String> scenarios, String... more) {
        return () -> {
            String[] arguments = Stream.concat(Stream.of("--other", shared.address(SECOND)), Stream.of(more))
                    .toArray(String[]::new);
            ScenarioRun run = DotNetClient.run("pooling", shared.address(FIRST), scenarios, arguments);
            run.remarks().forEach(System.out::println);
            return run;
        };
    }
}
