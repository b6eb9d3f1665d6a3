package dev.nettcp.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process of a test: its output is captured line by line, it can be stopped, continued and killed, and it is gone after
 * {@link #close}. It dies with the JVM that started it, also when that is killed (Linux, {@code setpriv} of util-linux).
 */
public final class ChildProcess implements AutoCloseable {

    /** A process is tied to the thread that starts it, so that thread must live as long as the JVM. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "child processes");
        thread.setDaemon(true);
        return thread;
    });

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** A shell's background jobs ignore SIGINT, and a child inherits that: whatever started the tests, a child of theirs hears it. */
    private static final List<String> NOTHING_IGNORED = List.of("env", "--default-signal=INT");

    private final String name;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.readers = List.of(
                reader("out", process.getInputStream(), output), reader("err", process.getErrorStream(), errors));
    }

    public static ChildProcess start(List<String> command) {
        return start(command, Map.of());
    }

    /** Starts it with variables besides those of this process; an empty value removes one. */
    public static ChildProcess start(List<String> command, Map<String, String> environment) {
        return start(Path.of(command.get(0)).getFileName().toString(), command, environment);
    }

    /** As above, with a name for messages of failures. */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment) {
        List<String> tied = new ArrayList<>();
        if (Files.isExecutable(SETPRIV)) {
            tied.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
            tied.addAll(NOTHING_IGNORED);
        }
        tied.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(tied);
        environment.forEach((variable, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(variable);
            } else {
                builder.environment().put(variable, value);
            }
        });
        try {
            return new ChildProcess(name, STARTER.submit(builder::start).get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + name, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot start " + command, e.getCause());
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lines of standard output so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Lines of standard error so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Waits for a line of standard output; fails at once when the process ends without it. Failures tell everything it said. */
    public String awaitLine(Predicate<String> which) {
        return awaitLine(Waiting.LIMIT, which);
    }

    public String awaitLine(Duration limit, Predicate<String> which) {
        return Waiting.value(() -> "a line of " + describe(), limit, () -> {
            boolean ended = !isAlive() && readers.stream().noneMatch(Thread::isAlive);
            Optional<String> line = output.stream().filter(which).findFirst();
            if (ended && line.isEmpty()) {
                throw new AssertionError("%s ended without the expected line%n%s".formatted(name, describe()));
            }
            return line;
        });
    }

    public String awaitLineStartingWith(String prefix) {
        return awaitLine(line -> line.startsWith(prefix));
    }

    /** Writes one line to its standard input. */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not read: " + describe(), e);
        }
    }

    /** SIGSTOP: it does nothing more until {@link #resume}. Returns when the kernel says it is stopped. */
    public void stop() {
        signal("STOP");
        Waiting.until(name + " is stopped", () -> state() == 'T');
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
        Waiting.until(name + " goes on", () -> state() != 'T');
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Waiting.LIMIT);
    }

    /** SIGTERM; returns the exit status. */
    public int terminate() {
        signal("TERM"); // Process.destroy would close its input, too
        return awaitExit(Waiting.LIMIT);
    }

    /** Sends the named signal, {@code "TERM"}. */
    public void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -%s %d (%s) failed".formatted(signal, pid(), name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end and for the last line of its output. */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("%s still runs after %s%n%s".formatted(name, limit, describe()));
            }
            for (Thread reader : readers) {
                reader.join(Waiting.LIMIT.toMillis());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /** Ends it, whatever it does, and waits until it is gone. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    /** Name, pid, whether it runs, and everything it has written, for messages of failures. */
    public String describe() {
        String standing = isAlive() ? "running" : "ended with status " + process.exitValue();
        return "%s (pid %d, %s)%nstandard output:%s%nstandard error:%s"
                .formatted(name, pid(), standing, indented(output), indented(errors));
    }

    private static String indented(List<String> lines) {
        return lines.isEmpty() ? " nothing" : "\n  " + String.join("\n  ", lines);
    }

    /** The state letter of proc(5): R, S, T, Z. */
    private char state() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is gone", e);
        }
    }

    private Thread reader(String stream, InputStream in, List<String> lines) {
        Thread thread = new Thread(() -> read(in, lines), "child processes: " + stream + " of " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(InputStream in, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // The JDK closes the stream under the reader when the process is killed.
            if (process.isAlive()) {
                lines.add("[reading the output failed: " + e + "]");
            }
        }
    }
}
