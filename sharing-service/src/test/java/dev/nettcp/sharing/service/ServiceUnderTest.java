package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;

import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service of a test's own, in a directory of its own, with what the tests ask of it; closes what came of it. */
public final class ServiceUnderTest implements AutoCloseable {
    private final Path directory;
    private final PortSharingService service;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final int port = FreePort.next();

    private ServiceUnderTest(Path directory, PortSharingService service) {
        this.directory = directory;
        this.service = service;
    }

    /** With these lines of configuration. It has no startGrace, unless they say so: what has no route is refused at once. */
    public static ServiceUnderTest launch(String... lines) {
        Stream<String> grace = Stream.of(lines).anyMatch(line -> line.startsWith("startGrace"))
                ? Stream.of()
                : Stream.of("startGrace: 0s");
        try {
            Path directory = Files.createTempDirectory("nettcp");
            ServiceConfig config = ServiceConfig.parse(
                            "test", Stream.concat(grace, Stream.of(lines)).collect(Collectors.joining("\n")))
                    .withControlSocket(directory.resolve("control.sock"));
            return new ServiceUnderTest(directory, PortSharingService.launch(config));
        } catch (Exception e) {
            throw new IllegalStateException("the service does not start", e);
        }
    }

    public PortSharingService service() {
        return service;
    }

    public Path socket() {
        return directory.resolve("control.sock");
    }

    /** A port that nobody else uses. */
    public int port() {
        return port;
    }

    public String address(String path) {
        return "net.tcp://localhost:%d%s".formatted(port, path);
    }

    public long count(Counter counter) {
        return service.count(counter);
    }

    public void awaitCount(Counter counter, long value) {
        Waiting.until(counter + " to be " + value, () -> service.count(counter) == value);
    }

    /** A worker with this path, StrongWildcard, that takes whatever comes. */
    public ScriptedWorker worker(String path) {
        return worker(address(path), STRONG_WILDCARD);
    }

    public ScriptedWorker worker(String address, HostNameComparisonMode mode) {
        ScriptedWorker worker = tryWorker(address, mode);
        if (!worker.status().equals(StatusCode.SUCCESS)) {
            throw new AssertionError("%s was not registered: %s".formatted(address, worker.registered()));
        }
        worker.opensLanes();
        return worker;
    }

    /** A worker whose registration may fail; it has no lanes. */
    public ScriptedWorker tryWorker(String address, HostNameComparisonMode mode) {
        return closeLater(ScriptedWorker.registers(socket(), address, mode));
    }

    public ScriptedPeer client() {
        return client("127.0.0.1");
    }

    public ScriptedPeer client(String host) {
        return closeLater(ScriptedPeer.connect(host, port));
    }

    /** A client that has sent a preamble for this path, up to the encoding record. */
    public ScriptedPeer client(String host, String path) {
        ScriptedPeer client = client(host);
        client.sends(Preambles.duplex(address(path)));
        return client;
    }

    public AdminClient admin() throws IOException {
        return closeLater(AdminClient.connect(socket()));
    }

    public <T extends AutoCloseable> T closeLater(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        opened.forEach(ServiceUnderTest::close);
        opened.clear();
        service.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(resource + " cannot be closed", e);
        }
    }
}
