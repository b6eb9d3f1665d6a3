package dev.nettcp.interop.peers;

import dev.nettcp.testkit.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The server of the .NET peers, {@code dotnet/run server}, on a free port: Microsoft's encoders and serializers with framing
 * of its own. All contracts at once: types at {@link #address}, the others below it; and once more at {@link #other}.
 */
public final class DotNetServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final String READY = "READY ";

    private final ChildProcess process;
    private final String address;
    private final String other;

    private DotNetServer(ChildProcess process, String address, String other) {
        this.process = process;
        this.address = address;
        this.other = other;
    }

    /** Starts it with further arguments, such as {@code --inject no-ack}. */
    public static DotNetServer start(String... more) {
        Counterpart.DOTNET_SERVER.need();
        List<String> command = new ArrayList<>(List.of(
                Counterpart.peerFile("dotnet/run").toString(),
                "server",
                "--address",
                "net.tcp://localhost:0/peer",
                "--address",
                "net.tcp://localhost:0/other"));
        command.addAll(List.of(more));
        ChildProcess process = ChildProcess.start("the .NET server", command, Map.of());
        try {
            String line = process.awaitLine(START, each -> each.startsWith(READY));
            String[] addresses = line.substring(READY.length()).split(" ", -1);
            return new DotNetServer(process, addresses[0], addresses[1]);
        } catch (RuntimeException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** Where types is; {@code address() + "/calculator"} is the calculator. */
    public String address() {
        return address;
    }

    /** Of the same services once more, on the same port. */
    public String other() {
        return other;
    }

    /** Everything it has printed, for messages of failures. */
    public String describe() {
        return process.describe();
    }

    @Override
    public void close() {
        process.close();
    }
}
