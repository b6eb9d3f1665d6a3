package dev.nettcp.interop.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A foreign program that a test needs and that may be absent. Peers are found in the directory that the environment variable
 * {@code NETTCP_PEERS} names, tools on the {@code PATH}. An absent one is told aloud and aborts the test that needs it; with
 * {@code NETTCP_PEERS_REQUIRED=true} it fails that test.
 */
public enum Counterpart {
    DOTNET_CLIENT("the .NET client") {
        @Override
        Optional<String> whyAbsent() {
            return missingPeer("dotnet/run");
        }
    },
    DOTNET_SERVER("the .NET server") {
        @Override
        Optional<String> whyAbsent() {
            return missingPeer("dotnet/run");
        }
    },
    MONO_SERVER("the Mono server") {
        @Override
        Optional<String> whyAbsent() {
            return missingPeer("mono/build.sh").or(() -> missingTools("mono", "mcs"));
        }
    },
    NBFX_TOOL("the binary XML of the .NET Framework on Mono") {
        @Override
        Optional<String> whyAbsent() {
            return MONO_SERVER.whyAbsent();
        }
    },
    PYTHON("Python 3.9 or newer") {
        @Override
        Optional<String> whyAbsent() {
            return missingTools("python3");
        }
    },
    TSHARK("the dissector of Wireshark") {
        @Override
        Optional<String> whyAbsent() {
            return missingTools("tshark");
        }
    },
    NETWORK_NAMESPACES("network namespaces") {
        @Override
        Optional<String> whyAbsent() {
            return missingTools("ip", "unshare", "nsenter")
                    .or(() -> isRoot() ? Optional.empty() : Optional.of("only root may make them"));
        }
    };

    private static final String DIRECTORY = "NETTCP_PEERS";
    private static final String REQUIRED = "NETTCP_PEERS_REQUIRED";

    private final String title;

    Counterpart(String title) {
        this.title = title;
    }

    /** Why it cannot be used here; empty if it can. */
    abstract Optional<String> whyAbsent();

    /** Aborts the test, or fails it where peers are required, if this counterpart is absent. */
    public void need() {
        whyAbsent().ifPresent(reason -> {
            String absence = "%s is absent: %s".formatted(title, reason);
            RunReport.absent(title, reason);
            if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
                Assertions.fail("%s, and %s=true".formatted(absence, REQUIRED));
            }
            Assumptions.abort(absence);
        });
    }

    /** For the list of what ran. */
    public void ran(String what) {
        RunReport.ran(title, what);
    }

    @Override
    public String toString() {
        return title;
    }

    /** The file of the peers' directory; only after {@link #need}. */
    static Path peerFile(String name) {
        return Path.of(System.getenv(DIRECTORY)).toAbsolutePath().resolve(name);
    }

    private static Optional<String> missingPeer(String program) {
        String directory = System.getenv(DIRECTORY);
        if (directory == null || directory.isBlank()) {
            return Optional.of("the environment variable %s is not set".formatted(DIRECTORY));
        }
        Path file = peerFile(program);
        return Files.isExecutable(file) ? Optional.empty() : Optional.of("there is no program " + file);
    }

    private static Optional<String> missingTools(String... tools) {
        List<String> missing =
                Stream.of(tools).filter(tool -> onPath(tool).isEmpty()).toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("not installed: " + String.join(", ", missing));
    }

    private static Optional<Path> onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
