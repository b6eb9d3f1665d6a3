package dev.nettcp.cli;

import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.service.admin.AdminException;
import dev.nettcp.sharing.unix.ControlConnectException;
import dev.nettcp.sharing.unix.ControlSocketPath;
import dev.nettcp.sharing.unix.ServiceUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which service a command speaks to. */
@SuppressWarnings("NullAway.Init") // filled by picocli
final class ControlSocketOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "The service's control socket. Default: $${NETTCP_SOCKET}, else $${XDG_RUNTIME_DIR}/nettcp/control.sock "
                            + "where it exists, else /run/nettcp/control.sock.")
    private @Nullable Path path;

    Optional<Path> setting() {
        if (path != null && path.toString().isBlank()) {
            throw new ParameterException(command.commandLine(), "--socket: the path of a socket file is expected");
        }
        return Optional.ofNullable(path);
    }

    /** One question. */
    interface Question<T> {
        T ask(AdminClient service) throws IOException;
    }

    <T> T ask(Question<T> question) {
        Path socket = ControlSocketPath.toConnect(setting(), System.getenv());
        try (AdminClient service = AdminClient.connect(socket, serviceUsers())) {
            return question.ask(service);
        } catch (ControlConnectException e) {
            throw new CommandFailed(e.getMessage() + remedy(e.reason()), e);
        } catch (AdminException e) {
            if (e.status().equals(StatusCode.INVALID_ARGUMENT)) {
                throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
            }
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Integer> serviceUsers() {
        try {
            return ServiceUsers.named(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        }
    }

    static String remedy(ControlConnectException.Reason reason) {
        return switch (reason) {
            case NO_SOCKET, NOBODY_LISTENS ->
                "; start the service with 'nettcp serve', or name its control socket with --socket";
            case NO_PERMISSION -> "; ask as root or as the service's user";
            case UNTRUSTED_PEER ->
                "; ask as root or as the service's user, or, if that is the service's user, name the id in "
                        + ServiceUsers.ENVIRONMENT_VARIABLE;
            case REFUSED, NO_ANSWER -> "";
        };
    }
}
