package dev.nettcp.interop.peers;

import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The WCF of Mono with the services of the peers. */
public final class MonoServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final String address;

    private MonoServer(ChildProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts the server of one contract, {@code types}. */
    public static MonoServer start(String contract) {
        Counterpart.MONO_SERVER.need();
        String address = "net.tcp://localhost:%d/peer".formatted(FreePort.next());
        List<String> command = List.of(
                "mono", MonoPrograms.program("nettcp-server.exe"), "--contract", contract, "--address", address);
        ChildProcess process = ChildProcess.start("the Mono server", command, Map.of());
        try {
            process.awaitLine(START, line -> line.startsWith("READY "));
            return new MonoServer(process, address);
        } catch (RuntimeException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    public String address() {
        return address;
    }

    public String describe() {
        return process.describe();
    }

    @Override
    public void close() {
        process.close();
    }
}
