package dev.nettcp.interop.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The WCF of Mono with the services of the peers, built once per build directory. */
public final class MonoServer implements AutoCloseable {

    private static final Duration BUILD = Duration.ofSeconds(90);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Path PROGRAMS = Path.of("target", "mono-peers").toAbsolutePath();

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
        List<String> command =
                List.of("mono", program("nettcp-server.exe"), "--contract", contract, "--address", address);
        ChildProcess process = ChildProcess.start("the Mono server", command, Map.of());
        try {
            process.awaitLine(START, line -> line.startsWith("READY "));
            return new MonoServer(process, address);
        } catch (RuntimeException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    private static synchronized String program(String name) {
        Path program = PROGRAMS.resolve(name);
        if (!Files.exists(program)) {
            List<String> command = List.of(Counterpart.peerFile("mono/build.sh").toString(), PROGRAMS.toString());
            try (ChildProcess build = ChildProcess.start("the build of the Mono peers", command, Map.of())) {
                assertThat(build.awaitExit(BUILD)).as(build::describe).isZero();
            }
        }
        return program.toString();
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
