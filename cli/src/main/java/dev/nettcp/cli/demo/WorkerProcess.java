package dev.nettcp.cli.demo;

import dev.nettcp.cli.CommandFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A worker in a process of its own. Its standard input is a pipe from this process and ends with it; the first line of its standard
 * output says that it is ready; what it logs goes to a file.
 */
final class WorkerProcess implements AutoCloseable {

    static final String READY = "ready";

    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Process process;
    private final String address;
    private final Path log;
    private final CompletableFuture<String> firstLine;

    private WorkerProcess(Process process, String address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
        this.firstLine = CompletableFuture.supplyAsync(this::readLine);
    }

    static WorkerProcess start(List<String> command, String address, Path controlSocket, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("NETTCP_SOCKET", controlSocket.toString());
        try {
            return new WorkerProcess(builder.start(), address, log);
        } catch (IOException e) {
            throw new CommandFailed("cannot start a process for the worker: " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The address that it serves. */
    String address() {
        return address;
    }

    /** Waits until it serves its address. */
    void awaitReady() throws InterruptedException {
        String line;
        try {
            line = firstLine.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailed("the worker for %s did not get ready within %d seconds%s"
                    .formatted(address, LONGEST_START.toSeconds(), logged()));
        } catch (ExecutionException | CompletionException e) {
            throw new CommandFailed("the worker for %s cannot be read: %s".formatted(address, e.getCause()), e);
        }
        if (!line.equals(READY)) {
            String why = line.isEmpty() ? "it ended" + logged() : line;
            throw new CommandFailed("the worker for %s did not start: %s".formatted(address, why));
        }
    }

    private String readLine() {
        try {
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logged() {
        try {
            String text = Files.readString(log).strip();
            return text.isEmpty() ? "" : "; it says:\n" + text;
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends its standard input, hence it; kills it when that does not help. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) return;
        } catch (IOException e) {
            // The pipe is broken: it has ended already, or what follows ends it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
