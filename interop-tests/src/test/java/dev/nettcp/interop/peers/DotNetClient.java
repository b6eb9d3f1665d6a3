package dev.nettcp.interop.peers;

import dev.nettcp.testkit.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Microsoft's WCF client on .NET, {@code dotnet/run client} of the peers, with scenarios that pass or fail. */
public final class DotNetClient {

    /** For all scenarios of one call together; the client itself ends each after {@link #SECONDS}. */
    private static final Duration LIMIT = Duration.ofMinutes(8);

    /** For one scenario, on a busy machine. */
    private static final String SECONDS = "90";

    private DotNetClient() {}

    /** Runs the named scenarios of a contract at the address in one process. */
    public static ScenarioRun run(String contract, String address, List<String> scenarios, String... more) {
        return run(command(contract, address, scenarios, more));
    }

    /** As above, from another host. */
    public static ScenarioRun run(NetworkNamespace host, String contract, String address, List<String> scenarios) {
        return run(host.there(command(contract, address, scenarios)));
    }

    /** The scenarios of a contract that it knows, and the transfer mode in which they run. */
    public static List<String> list(String contract, String mode) {
        Counterpart.DOTNET_CLIENT.need();
        List<String> command = List.of(
                Counterpart.peerFile("dotnet/run").toString(),
                "client",
                "--list",
                "--contract",
                contract,
                "--mode",
                mode);
        try (ChildProcess client = ChildProcess.start("the .NET client", command, Map.of())) {
            client.awaitExit(LIMIT);
            return new ArrayList<>(client.output());
        }
    }

    private static List<String> command(String contract, String address, List<String> scenarios, String... more) {
        Counterpart.DOTNET_CLIENT.need();
        List<String> command = new ArrayList<>(List.of(
                Counterpart.peerFile("dotnet/run").toString(),
                "client",
                "--contract",
                contract,
                "--address",
                address,
                "--timeout",
                SECONDS));
        if (!scenarios.isEmpty()) {
            command.addAll(List.of("--scenario", String.join(",", scenarios)));
        }
        command.addAll(List.of(more));
        return command;
    }

    private static ScenarioRun run(List<String> command) {
        try (ChildProcess client = ChildProcess.start("the .NET client", command, Map.of())) {
            int status = client.awaitExit(LIMIT);
            return new ScenarioRun(Counterpart.DOTNET_CLIENT, status, client.output(), client.describe());
        }
    }
}
