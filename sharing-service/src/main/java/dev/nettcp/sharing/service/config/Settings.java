package dev.nettcp.sharing.service.config;

import dev.nettcp.sharing.service.config.SettingType.Choice;
import dev.nettcp.sharing.service.config.SettingType.Count;
import dev.nettcp.sharing.service.config.SettingType.FileMode;
import dev.nettcp.sharing.service.config.SettingType.Names;
import dev.nettcp.sharing.service.config.SettingType.Span;
import dev.nettcp.sharing.service.config.SettingType.Text;
import java.time.Duration;
import java.util.List;

/**
 * Every key of the configuration file, in the order of the manual. The first five are those of the original service, under
 * its names and with its defaults.
 */
public final class Settings {
    private Settings() {}

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Whoever stops a service, systemd or a person, kills it in the end when it does not stop. */
    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

    /** A client's own time-out for opening is a minute. */
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    static final Setting<Integer> LISTEN_BACKLOG = new Setting<>(
            "listenBacklog",
            new Count(0, Integer.MAX_VALUE),
            0,
            "How many connections the kernel keeps per listening socket before the service accepts them. 0 = automatic: 12 x"
                    + " processors.");
    static final Setting<Integer> MAX_PENDING_ACCEPTS = new Setting<>(
            "maxPendingAccepts",
            new Count(0, Integer.MAX_VALUE),
            0,
            "How many connections one listening socket accepts in one go. 0 = automatic: 4 x processors.");
    static final Setting<Integer> MAX_PENDING_CONNECTIONS = new Setting<>(
            "maxPendingConnections",
            new Count(1, Integer.MAX_VALUE),
            100,
            "How many connections per listening socket may be between accept and routing; at the limit accepting pauses, nothing"
                    + " is dropped.");
    static final Setting<Duration> RECEIVE_TIMEOUT = new Setting<>(
            "receiveTimeout",
            new Span(SHORTEST, LONGEST, true),
            Duration.ofSeconds(30),
            "Time from accept until the destination and the encoding have been read; one budget for both.");
    static final Setting<List<String>> ALLOWED_USERS = new Setting<>(
            "allowAccounts.users",
            new Names("a list of user names or numeric user ids"),
            List.of(),
            "Users who may register addresses. Without allowAccounts: root and the user the service runs as.");
    static final Setting<List<String>> ALLOWED_GROUPS = new Setting<>(
            "allowAccounts.groups",
            new Names("a list of group names or numeric group ids"),
            List.of(),
            "Groups whose members may register addresses.");

    static final Setting<Parity> PARITY = new Setting<>(
            "parity",
            new Choice<>(Parity.class),
            Parity.FRIENDLY,
            "friendly answers with the framing fault that exists for a case; strict aborts silently where the original does.");
    static final Setting<ListenAddresses> LISTEN_ADDRESSES = new Setting<>(
            "listenAddresses",
            new Choice<>(ListenAddresses.class),
            ListenAddresses.REGISTERED,
            "registered opens what the registrations of a port ask for; wildcard always listens on all addresses, so that the"
                    + " sockets of a port never have to be exchanged.");

    static final Setting<String> CONTROL_PATH = new Setting<>(
            "controlSocket.path",
            new Text("the path of a socket file"),
            "",
            "Where workers find the service. Default: NETTCP_SOCKET, else $XDG_RUNTIME_DIR/nettcp/control.sock where that"
                    + " exists, else /run/nettcp/control.sock.");
    static final Setting<Integer> CONTROL_MODE =
            new Setting<>("controlSocket.mode", new FileMode(), 0660, "Permission bits of the socket file.");
    static final Setting<String> CONTROL_GROUP = new Setting<>(
            "controlSocket.group",
            new Text("the name or the number of a group"),
            "",
            "Group of the socket file and of its directory. Default: the group of the service.");

    static final Setting<Integer> MAX_REGISTRATIONS = new Setting<>(
            "registrations.max",
            new Count(0, Integer.MAX_VALUE),
            0,
            "How many addresses all users together may have registered. 0 = automatic: a fourteenth of the limit of open files"
                    + " (LimitNOFILE=, ulimit -n), so that registrations and their lanes take at most half of them.");
    static final Setting<Integer> MAX_REGISTRATIONS_PER_USER = new Setting<>(
            "registrations.maxPerUser",
            new Count(0, Integer.MAX_VALUE),
            0,
            "How many addresses one user may have registered. 0 = automatic: three quarters of registrations.max.");
    static final Setting<Integer> MAX_GUESTS = new Setting<>(
            "registrations.maxGuests",
            new Count(0, Integer.MAX_VALUE),
            0,
            "How many connections to the control socket may hold no registration; one more ends the oldest of the user who has"
                    + " most of them. 0 = automatic: an eighth of the limit of open files, at most 1024.");

    static final Setting<Duration> START_GRACE = new Setting<>(
            "startGrace",
            new Span(Duration.ZERO, LONGEST_START, false),
            Duration.ofSeconds(2),
            "How long after its start the service keeps connections without a route, since workers register again one after the"
                    + " other; then, as always later, EndpointNotFound. Not with parity: strict.");

    static final Setting<Integer> MAX_WAITING = new Setting<>(
            "handover.maxWaiting",
            new Count(0, Integer.MAX_VALUE),
            0,
            "How many routed connections may wait for one registration's worker; above it ServerTooBusy. 0 = as"
                    + " maxPendingConnections.");
    static final Setting<Duration> QUEUE_TIMEOUT = new Setting<>(
            "handover.queueTimeout",
            new Span(SHORTEST, LONGEST, true),
            Duration.ofMinutes(15),
            "How long a routed connection waits until its worker takes it, whatever happens meanwhile; then"
                    + " EndpointUnavailable. The original waits without end.");
    static final Setting<Duration> TAKE_TIMEOUT = new Setting<>(
            "handover.takeTimeout",
            new Span(SHORTEST, LONGEST, false),
            Duration.ofSeconds(10),
            "How long a worker that has asked for a descriptor may take to confirm it; then the lane is given up.");
    static final Setting<Integer> HANDOVER_ATTEMPTS = new Setting<>(
            "handover.attempts",
            new Count(1, 100),
            3,
            "How often a connection is offered to a worker, over a new lane each time, before it gets"
                    + " ConnectionDispatchFailed.");

    static final Setting<Duration> DRAIN_TIMEOUT = new Setting<>(
            "drain.timeout",
            new Span(SHORTEST, LONGEST, false),
            Duration.ofMinutes(1),
            "How long a refused client may take to read its fault and to close.");
    static final Setting<Integer> DRAIN_BYTES = new Setting<>(
            "drain.maxBytes",
            new Count(0, Integer.MAX_VALUE),
            65_536,
            "How many bytes of a refused client are read and thrown away before the connection is cut.");
    static final Setting<Integer> DRAIN_CONNECTIONS = new Setting<>(
            "drain.maxConnections",
            new Count(0, Integer.MAX_VALUE),
            1000,
            "How many refused clients are waited for at the same time; above it the fault is sent and the connection closed"
                    + " at once.");

    static final Setting<Duration> STOP_TIMEOUT = new Setting<>(
            "stopTimeout",
            new Span(Duration.ZERO, LONGEST_STOP, false),
            Duration.ofSeconds(5),
            "How long a stop waits for connections that are being handed over.");

    private static final List<Setting<?>> ALL = List.of(
            LISTEN_BACKLOG,
            MAX_PENDING_ACCEPTS,
            MAX_PENDING_CONNECTIONS,
            RECEIVE_TIMEOUT,
            ALLOWED_USERS,
            ALLOWED_GROUPS,
            PARITY,
            LISTEN_ADDRESSES,
            CONTROL_PATH,
            CONTROL_MODE,
            CONTROL_GROUP,
            MAX_REGISTRATIONS,
            MAX_REGISTRATIONS_PER_USER,
            MAX_GUESTS,
            START_GRACE,
            MAX_WAITING,
            QUEUE_TIMEOUT,
            TAKE_TIMEOUT,
            HANDOVER_ATTEMPTS,
            DRAIN_TIMEOUT,
            DRAIN_BYTES,
            DRAIN_CONNECTIONS,
            STOP_TIMEOUT);

    /** All of them: what a manual page, a completion script or a checker is made from. */
    public static List<Setting<?>> all() {
        return ALL;
    }
}
