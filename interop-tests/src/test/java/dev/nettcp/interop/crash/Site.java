package dev.nettcp.interop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.service.admin.Route;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.JavaProcess;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service and two workers, each a process. The <em>first</em> worker and the service are what the matrix treats badly; the
 * <em>second</em> worker lives through all of it, and its clients should not notice.
 *
 * <pre>
 *   /app            second
 *   /app/first      first, and second when first has gone
 *   /alone          first, and nobody when first has gone
 *   /second         second
 * </pre>
 */
final class Site implements AutoCloseable {

    static final String FIRST = "first";
    static final String SECOND = "second";
    static final String WITH_FALLBACK = "/app/first";
    static final String ALONE = "/alone";
    static final String OF_SECOND = "/second";

    /** Lanes of a registration on which the service hands over. */
    static final int LANES = 4;

    private record Sockets(long service, long first, long second) {}

    private final int port = FreePort.next();
    private final Path directory;
    private final int places;
    private final ChildProcess second;
    private ChildProcess service;
    private ChildProcess first;
    private ChildProcess standby;
    private final Caller steadyOfSecond;
    private Caller steadyOfFirst;
    private Sockets inRest;

    /** Workers that say ready when they are asked: with a single place none is kept for a connection that is not there. */
    static Site withReadyWhenAsked(Path directory) {
        return new Site(directory, 1);
    }

    /** Workers that say ready ahead, for the connection after the one they take. */
    static Site withReadyAhead(Path directory) {
        return new Site(directory, 100);
    }

    private Site(Path directory, int places) {
        this.directory = directory;
        this.places = places;
        leaveAControlSocketBehind();
        service = startService();
        second = startWorker(SECOND, "/app", OF_SECOND);
        first = startFirst();
        standby = startFirst();
        ready(second);
        ready(first);
        open(second);
        open(first);
        awaitAllRoutes();
        steadyOfSecond = steady(OF_SECOND);
        steadyOfFirst = steady(ALONE);
        returnOne();
        Waiting.until("only the ports and the two long sessions are left", this::isQuiet);
        inRest = sockets();
    }

    private Path controlSocket() {
        return directory.resolve("control.sock");
    }

    /** As a killed service does, so that the first service begins like all others and the JDK keeps the same sockets for it. */
    private void leaveAControlSocketBehind() {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(controlSocket()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess startService() {
        return JavaProcess.of(ServiceProcess.class).args(controlSocket()).start();
    }

    private ChildProcess startFirst() {
        return startWorker(FIRST, WITH_FALLBACK, ALONE);
    }

    private ChildProcess startWorker(String name, String... paths) {
        List<Object> arguments = new ArrayList<>(List.of(controlSocket(), name, places));
        Stream.of(paths).map(this::via).forEach(arguments::add);
        return JavaProcess.of(WorkerProcess.class).args(arguments.toArray()).start();
    }

    private static void ready(ChildProcess process) {
        process.awaitLineStartingWith("READY");
    }

    private void open(ChildProcess worker) {
        ready(service);
        worker.tell("open");
        worker.awaitLineStartingWith("OPEN");
    }

    String via(String path) {
        return "net.tcp://localhost:%d%s".formatted(port, path);
    }

    Caller connect() {
        return new Caller(port);
    }

    ClientProcess connectProcess() {
        return new ClientProcess(port);
    }

    ChildProcess service() {
        return service;
    }

    ChildProcess first() {
        return first;
    }

    /** What a client that comes now sees. */
    String call(String path) {
        try (Caller caller = connect()) {
            caller.sends(Client.preamble(via(path)));
            return caller.session();
        }
    }

    /** Those who do not take part notice nothing. */
    void secondServesItsClients() {
        sessionOfSecondGoesOn();
        assertThat(call(OF_SECOND)).isEqualTo(Caller.servedBy(SECOND));
    }

    void sessionOfSecondGoesOn() {
        assertThat(steadyOfSecond.exchange())
                .as("in a session that began long ago")
                .isEqualTo(Caller.servedBy(SECOND));
    }

    void sessionOfFirstGoesOn() {
        assertThat(steadyOfFirst.exchange())
                .as("in a session that began before")
                .isEqualTo(Caller.servedBy(FIRST));
    }

    /** After this the lane that the next connection to the first worker takes has a place for it. */
    void aPlaceIsKept(String path) {
        for (int lane = 0; lane < LANES; lane++) { // they are used in turn
            assertThat(call(path)).isEqualTo(Caller.servedBy(FIRST));
        }
        Waiting.until("no connection is under way", () -> routes().stream().allMatch(route -> route.offered() == 0));
    }

    void awaitOneMoreSocketOfService() {
        Waiting.until("the service has accepted", () -> sockets(service) > inRest.service);
    }

    void awaitOneMoreSocketOfFirst() {
        Waiting.until("the worker has the connection", () -> sockets(first) > inRest.first);
    }

    /** How many connections wait for the first worker. */
    int waiting(String path) {
        return routes().stream()
                .filter(route -> route.address().equals(via(path)))
                .mapToInt(Route::waiting)
                .sum();
    }

    /** How many questions of workers the service has answered. */
    long validations() {
        try (AdminClient admin = AdminClient.connect(controlSocket())) {
            return Long.parseLong(admin.status().getOrDefault(Counter.VALIDATIONS.key(), "0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Route> routes() {
        try (AdminClient admin = AdminClient.connect(controlSocket())) {
            return admin.routes();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Brings everything back to where it was before; fails if that does not come about by itself, or something is left over. */
    void restore() {
        if (!service.isAlive()) {
            service = startService();
            ready(service);
        }
        boolean firstDied = !first.isAlive();
        if (firstDied) {
            steadyOfFirst.close();
            first = standby;
            standby = startFirst();
            ready(first);
            open(first);
        }
        awaitAllRoutes();
        if (firstDied) {
            steadyOfFirst = steady(ALONE);
        }
        sessionOfFirstGoesOn();
        secondServesItsClients();
        for (String path : List.of(WITH_FALLBACK, ALONE)) {
            assertThat(call(path)).isEqualTo(Caller.servedBy(FIRST));
        }
        returnOne();
        Sockets[] seen = new Sockets[1];
        try {
            Waiting.until("every process has as many sockets as before", () -> {
                seen[0] = sockets();
                return seen[0].equals(inRest);
            });
        } catch (AssertionError e) {
            Sockets before = inRest;
            inRest = seen[0]; // what is left over now is not the fault of the next cell
            throw new AssertionError("%s instead of %s%n%s".formatted(seen[0], before, describe()), e);
        }
    }

    private void awaitAllRoutes() {
        Waiting.until("four registrations with all their lanes", () -> {
            List<Route> routes = routes();
            return routes.size() == 4 && routes.stream().allMatch(route -> route.lanes() == LANES);
        });
    }

    /** A client that ends its session with first and uses the connection for second. */
    private void returnOne() {
        try (Caller caller = connect()) {
            caller.sends(Client.preamble(via(ALONE)));
            assertThat(caller.session()).isEqualTo(Caller.servedBy(FIRST));
            caller.sends(Client.preamble(via(OF_SECOND)));
            assertThat(caller.session()).isEqualTo(Caller.servedBy(SECOND));
        }
    }

    private Caller steady(String path) {
        Caller caller = connect();
        caller.sends(Client.preamble(via(path)));
        assertThat(caller.opened()).isEmpty();
        return caller;
    }

    private Sockets sockets() {
        return new Sockets(sockets(service), sockets(first), sockets(second));
    }

    /** Whether the last client has gone everywhere: its end is a matter between it and each process. */
    private boolean isQuiet() {
        List<String> ofTcp = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            try {
                Files.readAllLines(Path.of("/proc/net", table)).forEach(row -> ofTcp.add(inode(row)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Stream.of(first, second)
                .allMatch(
                        worker -> links(worker).stream().filter(ofTcp::contains).count() == 1);
    }

    /** As a descriptor's link names it; in column 10 of proc(5), net/tcp. */
    private static String inode(String row) {
        return "socket:[%s]".formatted(row.strip().split(" +", -1)[9]);
    }

    /** Open sockets of a process. */
    private static long sockets(ChildProcess process) {
        return links(process).stream()
                .filter(link -> link.startsWith("socket:"))
                .count();
    }

    private static List<String> links(ChildProcess process) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return descriptors.map(Site::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processes' own words, for failures. */
    private String describe() {
        return Stream.of(service, first, second).map(ChildProcess::describe).reduce("", (a, b) -> a + "\n" + b);
    }

    @Override
    public void close() {
        steadyOfFirst.close();
        steadyOfSecond.close();
        Stream.of(standby, first, second, service).forEach(ChildProcess::close);
    }
}
