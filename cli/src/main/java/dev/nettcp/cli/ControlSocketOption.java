package dev.nettcp.cli;

import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.unix.ControlSocketPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service a command speaks to. */
final class ControlSocketOption {

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "The service's control socket. Default: $${NETTCP_SOCKET}, else $${XDG_RUNTIME_DIR}/nettcp/control.sock "
                            + "where it exists, else /run/nettcp/control.sock.")
    private @Nullable Path path;

    Optional<Path> setting() {
        return Optional.ofNullable(path);
    }

    /** One question. */
    interface Question<T> {
        T ask(AdminClient service) throws IOException;
    }

    <T> T ask(Question<T> question) {
        Path socket = ControlSocketPath.toConnect(setting(), System.getenv());
        try (AdminClient service = AdminClient.connect(socket)) {
            return question.ask(service);
        } catch (IOException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        }
    }
}
