package dev.nettcp.benchmarks;

import dev.nettcp.cli.Main;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** {@code nettcp serve} in a process of its own, with the JVM's own defaults for compiler and collector and a small heap. */
final class ServiceProcess implements AutoCloseable {

    private final Path controlSocket;
    private final Path configuration;
    private ChildProcess process;

    ServiceProcess(Path controlSocket, Path configuration) {
        this.controlSocket = controlSocket;
        this.configuration = configuration;
        this.process = start();
    }

    private ChildProcess start() {
        ChildProcess started = JavaProcess.of(Main.class)
                .jvmOptions("-XX:TieredStopAtLevel=4", "-Xmx256m")
                .env("NETTCP_SOCKET", controlSocket.toString())
                .args("serve", "--config", configuration.toString())
                .start();
        started.awaitLineStartingWith("registrations");
        return started;
    }

    /** As an operator does it: SIGTERM, then the next one. */
    void restart() {
        process.terminate();
        process = start();
    }

    /** As the kernel does it when memory is short. */
    void killAndStart() {
        process.kill();
        process = start();
    }

    /** Open descriptors. */
    long descriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return descriptors.count();
        }
    }

    /** Bytes of the heap that a full collection leaves. */
    long liveHeap() throws IOException {
        return LiveHeap.of(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
