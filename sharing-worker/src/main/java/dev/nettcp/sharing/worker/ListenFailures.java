package dev.nettcp.sharing.worker;

import dev.nettcp.connection.AddressInUseException;
import dev.nettcp.connection.ListenException;
import dev.nettcp.connection.ListenException.Reason;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.unix.ControlClient;
import dev.nettcp.sharing.unix.ControlConnectException;
import dev.nettcp.sharing.unix.ControlSocketPath;
import dev.nettcp.sharing.unix.ServiceUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** What whoever opens a shared address gets to read when it fails: who or what stands in the way, and the remedy. */
final class ListenFailures {
    private final BaseAddress address;
    private final Path socket;
    private final ServiceUnits units;

    ListenFailures(BaseAddress address, Path socket, ServiceUnits units) {
        this.address = address;
        this.socket = socket;
        this.units = units;
    }

    /** No session came about. */
    ListenException noSession(Throwable cause) {
        if (!(cause instanceof ControlConnectException failure)) {
            return exception(Reason.OTHER, cause.getMessage() + ".", cause);
        }
        return switch (failure.reason()) {
            case NO_SOCKET -> noSocket(failure);
            case NOBODY_LISTENS ->
                exception(
                        Reason.SERVICE_NOT_RUNNING,
                        "the port sharing service is not running: its control socket %s was left over, and nobody listens on it. %s."
                                .formatted(socket, howToStart()),
                        failure);
            case NO_PERMISSION ->
                exception(
                        Reason.SERVICE_ACCESS_REFUSED,
                        "the port sharing service does not admit this account (%s): its control socket is %s. Add the account to that group, or to allowAccounts in the service's configuration."
                                .formatted(self(), describeSocket()),
                        failure);
            case UNTRUSTED_PEER ->
                exception(
                        Reason.OTHER,
                        "%s. If that is the service's account, name its user id in %s; else somebody pretends to be the service."
                                .formatted(failure.getMessage(), ServiceUsers.ENVIRONMENT_VARIABLE),
                        failure);
            case REFUSED -> refused(failure);
            case NO_ANSWER ->
                exception(
                        Reason.SERVICE_NOT_RUNNING,
                        failure.getMessage() + ". See what the service's process is doing, or restart it.",
                        failure);
        };
    }

    /** The service answered the registration with another status than success. */
    ListenException notRegistered(Registered answer) {
        if (answer.status().equals(StatusCode.CONFLICTING_REGISTRATION)) {
            return new AddressInUseException(
                    "%s is taken: another worker has registered it%s. Choose another path, or stop that worker (\"nettcp routes\" shows which it is)."
                            .formatted(address, detail(answer)));
        } else if (answer.status().equals(StatusCode.FAILED_TO_LISTEN)) {
            return new AddressInUseException(
                    "%1$s cannot be had: the port sharing service cannot listen on port %2$d%3$s. Stop the program that has the port, if one has it (\"ss -ltnp 'sport = :%2$d'\" shows which), or choose another."
                            .formatted(address, address.port(), detail(answer)));
        } else if (answer.status().equals(StatusCode.ACCESS_DENIED)) {
            return exception(
                    Reason.SERVICE_ACCESS_REFUSED,
                    "the port sharing service does not let this account (%s) register it%s. Ask for a rule in the service's configuration."
                            .formatted(self(), detail(answer)),
                    null);
        }
        return exception(
                Reason.REGISTRATION_REFUSED,
                "the port sharing service refused the registration with %s%s."
                        .formatted(answer.status(), detail(answer)),
                null);
    }

    ListenException noAnswer(Duration limit) {
        return exception(
                Reason.SERVICE_NOT_RUNNING,
                "the port sharing service at %s did not answer within %s. See what its process is doing, or restart it."
                        .formatted(socket, limit),
                null);
    }

    /**
     * The timeout of who opens is over before the service has said anything.
     *
     * @param asked whether the service was asked; it tries for a second to get a port
     */
    ListenException notOpenInTime(Duration openTimeout, boolean asked) {
        return exception(
                asked ? Reason.OTHER : Reason.SERVICE_NOT_RUNNING,
                "the port sharing service at %s did not answer within openTimeout=%s; it was given up. %s."
                        .formatted(
                                socket,
                                openTimeout,
                                asked
                                        ? "The service takes a second to say that another program has port %1$d (\"ss -ltnp 'sport = :%1$d'\" shows which): allow more than that, or see what its process is doing"
                                                .formatted(address.port())
                                        : "See what its process is doing, or restart it"),
                null);
    }

    ListenException lost(String why) {
        return exception(
                Reason.SERVICE_NOT_RUNNING,
                "the port sharing service at %s ended the session: %s.".formatted(socket, why),
                null);
    }

    private ListenException noSocket(ControlConnectException failure) {
        return units.areInstalled()
                ? exception(
                        Reason.SERVICE_NOT_ENABLED,
                        "the port sharing service is installed but not enabled, so there is no control socket at %s. Enable it: systemctl enable --now %s."
                                .formatted(socket, ServiceUnits.UNIT),
                        failure)
                : exception(
                        Reason.SERVICE_NOT_RUNNING,
                        "the port sharing service is not there: no control socket at %s. %s, or name its socket in %s."
                                .formatted(socket, howToStart(), ControlSocketPath.ENVIRONMENT_VARIABLE),
                        failure);
    }

    private ListenException refused(ControlConnectException failure) {
        if (failure.status().equals(StatusCode.ACCESS_DENIED)) {
            return exception(
                    Reason.SERVICE_ACCESS_REFUSED,
                    "this account (%s) may not use the port sharing service: %s. Add it to allowAccounts in the service's configuration."
                            .formatted(self(), failure.getMessage()),
                    failure);
        } else if (failure.status().equals(StatusCode.NOT_ENABLED)) {
            return exception(
                    Reason.SERVICE_NOT_ENABLED,
                    "port sharing is switched off: %s. Switch it on in the service's configuration."
                            .formatted(failure.getMessage()),
                    failure);
        }
        return exception(Reason.REGISTRATION_REFUSED, failure.getMessage() + ".", failure);
    }

    private String howToStart() {
        return units.areInstalled() ? "Start it: systemctl start " + ServiceUnits.UNIT : "Start it (\"nettcp serve\")";
    }

    private ListenException exception(
            Reason reason, String sentence, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ListenException(reason, "Cannot listen on %s: %s".formatted(address, sentence), cause);
    }

    private String describeSocket() {
        try {
            PosixFileAttributes attributes = Files.readAttributes(socket, PosixFileAttributes.class);
            return "%s %s:%s %s"
                    .formatted(
                            PosixFilePermissions.toString(attributes.permissions()),
                            attributes.owner().getName(),
                            attributes.group().getName(),
                            socket);
        } catch (IOException e) {
            return "%s, in a directory that this account may not enter".formatted(socket);
        }
    }

    private static String self() {
        return "%s, user id %d".formatted(System.getProperty("user.name"), ControlClient.ownUser());
    }

    private static String detail(Registered answer) {
        return answer.text().isEmpty() ? "" : " (" + answer.text() + ")";
    }
}
