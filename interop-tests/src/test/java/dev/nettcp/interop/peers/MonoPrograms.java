package dev.nettcp.interop.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The programs of the Mono peers, built once per build directory. */
final class MonoPrograms {
    private static final Duration BUILD = Duration.ofSeconds(90);
    private static final Path PROGRAMS = Path.of("target", "mono-peers").toAbsolutePath();

    private MonoPrograms() {}

    /** Where a program is, such as {@code nbfx-tool.exe}; only after {@link Counterpart#need} of what it belongs to. */
    static synchronized String program(String name) {
        Path program = PROGRAMS.resolve(name);
        if (!Files.exists(program)) {
            List<String> command = List.of(Counterpart.peerFile("mono/build.sh").toString(), PROGRAMS.toString());
            try (ChildProcess build = ChildProcess.start("the build of the Mono peers", command, Map.of())) {
                assertThat(build.awaitExit(BUILD)).as(build::describe).isZero();
            }
        }
        return program.toString();
    }
}
