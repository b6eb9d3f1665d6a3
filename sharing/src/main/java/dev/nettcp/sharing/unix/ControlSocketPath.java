package dev.nettcp.sharing.unix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the control socket is: the setting, else the environment variable {@code NETTCP_SOCKET}, else
 * {@code $XDG_RUNTIME_DIR/nettcp/control.sock} for a user's own service, else {@code /run/nettcp/control.sock}.
 *
 * <p>The directory must be writable by the service's user alone: then nobody else can put a socket in its place.
 */
public final class ControlSocketPath {
    public static final String ENVIRONMENT_VARIABLE = "NETTCP_SOCKET";

    public static final Path SYSTEM_WIDE = Path.of("/run/nettcp/control.sock");

    private ControlSocketPath() {}

    /** Where a worker or a command finds the service: a user's own service goes first, if its socket exists. */
    public static Path toConnect(Optional<Path> setting, Map<String, String> environment) {
        return chosen(setting, environment)
                .orElseGet(() -> runtimeDirectory(environment)
                        .map(ControlSocketPath::within)
                        .filter(Files::exists)
                        .orElse(SYSTEM_WIDE));
    }

    /** Where a service listens: one that is not run by root uses its user's runtime directory, if there is one. */
    public static Path toListen(Optional<Path> setting, Map<String, String> environment, int uid) {
        return chosen(setting, environment)
                .orElseGet(() -> runtimeDirectory(environment)
                        .filter(directory -> uid != 0 && Files.isDirectory(directory))
                        .map(ControlSocketPath::within)
                        .orElse(SYSTEM_WIDE));
    }

    private static Optional<Path> chosen(Optional<Path> setting, Map<String, String> environment) {
        return setting.or(() -> value(environment, ENVIRONMENT_VARIABLE).map(Path::of));
    }

    private static Optional<Path> runtimeDirectory(Map<String, String> environment) {
        return value(environment, "XDG_RUNTIME_DIR").map(Path::of);
    }

    private static Path within(Path runtimeDirectory) {
        return runtimeDirectory.resolve("nettcp").resolve("control.sock");
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
