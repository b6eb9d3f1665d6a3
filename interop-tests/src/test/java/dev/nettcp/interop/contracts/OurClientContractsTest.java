package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.contracts.Cell.Direction;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.DotNetServer;
import dev.nettcp.interop.services.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our client against Microsoft's encoders and serializers: every scenario of every contract, plain and over TLS. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OurClientContractsTest {

    private final Map<Security, DotNetServer> servers = new EnumMap<>(Security.class);
    private final Map<Security, DotNetServer> limitedServers = new EnumMap<>(Security.class);
    private Parties parties;

    @BeforeAll
    void prepare(@TempDir Path directory) throws IOException {
        parties = new Parties(directory);
    }

    @AfterAll
    void close() {
        servers.values().forEach(DotNetServer::close);
        limitedServers.values().forEach(DotNetServer::close);
    }

    @TestFactory
    Stream<DynamicContainer> theScenariosPass() {
        return Stream.of(Security.values())
                .flatMap(security -> Stream.of(Contract.values())
                        .map(contract -> new Cell(Direction.OUR_CLIENT, contract, security, false)))
                .map(cell -> DynamicContainer.dynamicContainer(cell.toString(), tests(cell)));
    }

    private Stream<DynamicTest> tests(Cell cell) {
        Map<String, Scenario> scenarios = OurScenarios.of(cell.contract());
        return ContractTable.scenarios(cell).stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    assertThat(scenarios).containsKey(name);
                    scenarios.get(name).run(client(cell));
                    Counterpart.DOTNET_SERVER.ran("%s (%s, our client)".formatted(name, cell.security()));
                    ContractTable.passed(cell, name);
                }));
    }

    private OurClient client(Cell cell) {
        DotNetServer server = cell.contract() == Contract.REFUSALS
                ? limitedServers.computeIfAbsent(
                        cell.security(),
                        security -> start(security, "--max-message", Integer.toString(Worker.MESSAGE_LIMIT)))
                : servers.computeIfAbsent(cell.security(), this::start);
        return new OurClient(parties, cell.security(), server);
    }

    private DotNetServer start(Security security, String... more) {
        List<String> arguments = new ArrayList<>(parties.ofDotNetServer(security));
        arguments.addAll(List.of(more));
        return DotNetServer.start(arguments.toArray(String[]::new));
    }
}
