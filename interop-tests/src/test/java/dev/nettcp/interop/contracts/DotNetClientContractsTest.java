package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.interop.contracts.Cell.Direction;
import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.peers.ScenarioRun;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.interop.services.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Microsoft's client against our server: every scenario of every contract. Which of the twelve ways is taken (three securities, own or
 * shared port) is told by {@link #isWanted}.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DotNetClientContractsTest {

    /** A fast call must come back within 1.1 seconds while a slow one takes 1.5. */
    private static final String TIMED = "async-pattern";

    private static final int ATTEMPTS = 5;

    private final List<NetTcpServer> servers = new ArrayList<>();
    private Parties parties;
    private SharedPort shared;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        parties = new Parties(directory);
        shared = SharedPort.open();
    }

    @AfterAll
    void close() {
        servers.forEach(NetTcpServer::close);
        shared.close();
    }

    @TestFactory
    Stream<DynamicContainer> theScenariosPass() {
        return Stream.of(Contract.values())
                .flatMap(contract -> Stream.of(Security.values())
                        .flatMap(security -> Stream.of(false, true)
                                .map(onShared -> new Cell(Direction.DOTNET_CLIENT, contract, security, onShared))))
                .filter(DotNetClientContractsTest::isWanted)
                .map(cell -> DynamicContainer.dynamicContainer(cell.toString(), tests(cell)));
    }

    /**
     * All of them, or, as the rule is, as many as it takes that each contract meets each security and each port, and each security each port.
     */
    private static boolean isWanted(Cell cell) {
        int way = List.of(Contract.values()).indexOf(cell.contract())
                + List.of(Security.values()).indexOf(cell.security());
        return ContractTable.isWhole() || cell.sharedPort() == (way % 2 == 1);
    }

    private Stream<DynamicTest> tests(Cell cell) {
        return ScenarioRun.tests(
                cell.security() + ", " + cell.port(),
                ContractTable.scenarios(cell),
                () -> run(cell),
                scenario -> ContractTable.passed(cell, scenario));
    }

    private ScenarioRun run(Cell cell) {
        List<String> arguments = new ArrayList<>();
        String address = switch (cell.contract()) {
            case REFUSALS -> addressesOfRefusals(cell, arguments);
            case POOLING -> {
                arguments.addAll(parties.ofDotNetClient(cell.security()));
                yield addressesOfPooling(cell, arguments);
            }
            case RAW_STREAMED -> {
                arguments.addAll(parties.ofDotNetClient(cell.security()));
                arguments.addAll(List.of("--mode", "streamed"));
                yield serve("raw-streamed", cell.security(), cell.sharedPort());
            }
            default -> {
                arguments.addAll(parties.ofDotNetClient(cell.security()));
                yield serve(cell.contract().toString(), cell.security(), cell.sharedPort());
            }
        };
        return run(cell, address, arguments.toArray(String[]::new));
    }

    /** What the client measures with its own clock has some attempts: on a busy machine a second is gone quickly. */
    private static ScenarioRun run(Cell cell, String address, String... arguments) {
        List<String> scenarios = new ArrayList<>(ContractTable.scenarios(cell));
        ScenarioRun timed = null;
        if (scenarios.remove(TIMED)) {
            for (int attempt = 0; attempt < ATTEMPTS && (timed == null || timed.exitStatus() != 0); attempt++) {
                timed = DotNetClient.run(cell.contract().argument(), address, List.of(TIMED), arguments);
            }
        }
        ScenarioRun others = DotNetClient.run(cell.contract().argument(), address, scenarios, arguments);
        return timed == null ? others : others.with(timed);
    }

    /** Two calculators behind one port: workers behind the shared one, endpoints of one server else. */
    private String addressesOfPooling(Cell cell, List<String> arguments) {
        if (cell.sharedPort()) {
            arguments.addAll(List.of("--other", serve("calculator", cell.security(), true)));
            return serve("calculator", cell.security(), true);
        }
        String first = open(NetTcpServer.builder(parties.secure(Worker.binding("calculator", false), cell.security())
                        .build())
                .endpoint("net.tcp://localhost:0/calculator/1", Worker.handler("calculator"))
                .endpoint("net.tcp://localhost:0/calculator/2", Worker.handler("calculator")));
        arguments.addAll(List.of("--other", first.replaceFirst("1$", "2")));
        return first;
    }

    /** The client chooses the security itself. */
    private String addressesOfRefusals(Cell cell, List<String> arguments) {
        arguments.addAll(List.of("--limit", Integer.toString(Worker.MESSAGE_LIMIT)));
        arguments.addAll(List.of("--streaming", serve("streaming", Security.PLAIN, cell.sharedPort())));
        if (cell.security() != Security.PLAIN) {
            arguments.addAll(List.of("--tls", serve("limited-types", Security.TLS, cell.sharedPort())));
            arguments.addAll(List.of("--mutual", serve("limited-types", Security.MUTUAL_TLS, cell.sharedPort())));
        }
        return serve("limited-types", Security.PLAIN, cell.sharedPort());
    }

    private synchronized String serve(String service, Security security, boolean onShared) {
        String path = "/" + service + "/" + servers.size();
        String address = onShared ? shared.address(path) : "net.tcp://localhost:0" + path;
        return open(NetTcpServer.builder(parties.secure(Worker.binding(service, onShared), security)
                        .build())
                .controlSocket(shared.controlSocket())
                .endpoint(address, Worker.handler(service)));
    }

    /** @return the address of its first endpoint */
    private synchronized String open(NetTcpServer.Builder builder) {
        try {
            NetTcpServer server = builder.open();
            servers.add(server);
            return server.address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Except those that need Windows security. */
    @TestFactory
    Stream<DynamicTest> noScenarioOfTheClientIsForgotten() {
        return Stream.of(Contract.values())
                .map(contract -> DynamicTest.dynamicTest(contract.toString(), () -> {
                    List<String> there = DotNetClient.list(
                            contract.argument(), contract == Contract.RAW_STREAMED ? "streamed" : "buffered");
                    there.removeIf(name -> name.matches(".*-to-windows-endpoint|windows-wrong-spn"));
                    assertThat(contract.allScenarios()).containsExactlyInAnyOrderElementsOf(there);
                }));
    }
}
