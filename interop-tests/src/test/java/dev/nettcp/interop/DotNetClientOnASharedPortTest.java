package dev.nettcp.interop;

import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.peers.ScenarioRun;
import dev.nettcp.interop.services.SharedPort;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The main job: an unmodified .NET client calls services in separate processes behind one port. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DotNetClientOnASharedPortTest extends DotNetClientContract {

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

    @Override
    String where() {
        return "shared port";
    }

    @Override
    List<String> calculators() {
        return List.of(shared.address(FIRST), shared.address(SECOND));
    }

    @Override
    String raw() {
        return shared.address("/raw");
    }

    @Override
    String types() {
        return shared.address("/types");
    }

    @Override
    String streaming() {
        return shared.address("/streaming");
    }

    @Override
    String rawStreamed() {
        return shared.address("/raw-streamed");
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
        return ScenarioRun.tests("shared port", scenarios, pooling(scenarios, "--max-connects", "1"));
    }

    @TestFactory
    Stream<DynamicTest> sessionsSideBySideAndBrokenOnesFindBothWorkers() {
        List<String> scenarios = List.of("pool-abort-then-b", "pool-sessions-side-by-side", "pool-concurrent-mix");
        return ScenarioRun.tests("shared port", scenarios, pooling(scenarios));
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
