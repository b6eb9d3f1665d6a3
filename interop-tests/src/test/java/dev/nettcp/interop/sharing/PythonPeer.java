package dev.nettcp.interop.sharing;

import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.testkit.ChildProcess;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The programs in Python that were written from docs/registration-protocol.md. */
final class PythonPeer {
    private PythonPeer() {}

    static ChildProcess start(String program, String... arguments) {
        Counterpart.PYTHON.need();
        List<String> command = new ArrayList<>(List.of("python3", "-B", script(program)));
        command.addAll(List.of(arguments));
        return ChildProcess.start(program, command, Map.of());
    }

    private static String script(String program) {
        try {
            return Path.of(Objects.requireNonNull(PythonPeer.class.getResource("/python/" + program), program)
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
