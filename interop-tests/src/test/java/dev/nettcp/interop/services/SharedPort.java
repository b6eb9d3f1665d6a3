package dev.nettcp.interop.services;

import dev.nettcp.cli.Main;
import dev.nettcp.interop.peers.NetworkNamespace;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.JavaProcess;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The real thing: {@code nettcp serve} in a process of its own, and workers in theirs, behind one port. */
public final class SharedPort implements AutoCloseable {

    private static final String READY = "READY ";

    /** A score of JVMs may start at the same time. */
    private static final Duration START = Duration.ofMinutes(2);

    private final Path directory;
    private final int port;
    private final List<String> place;
    private final List<ChildProcess> workers = new CopyOnWriteArrayList<>();
    private ChildProcess service;

    private SharedPort(Path directory, int port, List<String> place) {
        this.directory = directory;
        this.port = port;
        this.place = place;
        this.service = startService();
    }

    /** Starts the service, for a free port. */
    public static SharedPort open() {
        return open(FreePort.next(), List.of());
    }

    /** Starts the service on another host, for a port of that host. */
    public static SharedPort open(NetworkNamespace host, int port) {
        return open(port, host.there(List.of()));
    }

    private static SharedPort open(int port, List<String> place) {
        try {
            return new SharedPort(Files.createTempDirectory("nettcp"), port, place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess startService() {
        ChildProcess process = JavaProcess.of(Main.class)
                .args("serve")
                .behind(place)
                .env("NETTCP_SOCKET", controlSocket().toString())
                .start();
        try {
            Waiting.until("the control socket of the service", START, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("the service ended at once: " + process.describe());
                }
                return Files.exists(controlSocket());
            });
            return process;
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    public Path controlSocket() {
        return directory.resolve("control.sock");
    }

    public int port() {
        return port;
    }

    public ChildProcess service() {
        return service;
    }

    /** The address of a path on this port. */
    public String address(String path) {
        return address("localhost", path);
    }

    public String address(String host, String path) {
        return "net.tcp://%s:%d%s".formatted(host, port, path);
    }

    /** Starts a worker process and waits until it is registered. */
    public ChildProcess startWorker(String serviceName, String address) {
        ChildProcess worker = launchWorker(serviceName, address);
        awaitReady(worker);
        return worker;
    }

    /** Starts a worker process without waiting. */
    public ChildProcess launchWorker(String serviceName, String address) {
        ChildProcess worker = JavaProcess.of(Worker.class)
                .behind(place)
                .args(serviceName, "shared", address)
                .env("NETTCP_SOCKET", controlSocket().toString())
                .start();
        workers.add(worker);
        return worker;
    }

    public static void awaitReady(ChildProcess worker) {
        worker.awaitLine(START, line -> line.startsWith(READY));
    }

    @Override
    public void close() {
        workers.forEach(ChildProcess::close);
        service.close();
        deleteDirectory();
    }

    /** What is left there when the service was killed: its socket and the lock beside it. */
    private void deleteDirectory() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
