package dev.nettcp.cli.demo;

import dev.nettcp.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A directory that only this user may enter, gone after {@link #close} with the files in it. */
record TemporaryDirectory(Path path) implements AutoCloseable {

    static TemporaryDirectory create(String prefix) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new CommandFailed("cannot create a directory for the control socket: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new CommandFailed("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
