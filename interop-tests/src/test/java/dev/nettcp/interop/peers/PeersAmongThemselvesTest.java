package dev.nettcp.interop.peers;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The peers are what the other tests take them for: clients and servers of .NET and Mono understand each other. */
@Timeout(300)
class PeersAmongThemselvesTest {

    @TestFactory
    Stream<DynamicTest> theDotNetClientCallsTheCalculatorOfTheDotNetServer() {
        List<String> scenarios = List.of("calculator-add", "calculator-divide-by-zero");
        return ScenarioRun.tests("the .NET server", scenarios, () -> {
            try (DotNetServer server = DotNetServer.start()) {
                return DotNetClient.run("calculator", server.address() + "/calculator", scenarios);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theDotNetClientCallsTheMonoServer() {
        List<String> scenarios = List.of("string-hello");
        return ScenarioRun.tests("the Mono server", scenarios, () -> {
            try (MonoServer server = MonoServer.start("types")) {
                return DotNetClient.run("types", server.address(), scenarios);
            }
        });
    }
}
