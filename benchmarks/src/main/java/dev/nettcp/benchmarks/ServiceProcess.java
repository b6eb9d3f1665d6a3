package dev.nettcp.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.cli.Main;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code nettcp serve} in a process of its own, with the JVM's own defaults for compiler and collector and a small heap. */
final class ServiceProcess implements AutoCloseable {

    /** The last line of the histogram: instances and bytes of all classes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");

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
        String histogram = jcmd("GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) throw new IOException("jcmd printed no total of the heap: " + histogram);
        return Long.parseLong(total.group(1));
    }

    private String jcmd(String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
        try {
            if (asked.waitFor() != 0) throw new IOException("jcmd " + command + " failed: " + answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for jcmd", e);
        }
        return answer;
    }

    @Override
    public void close() {
        process.close();
    }
}
