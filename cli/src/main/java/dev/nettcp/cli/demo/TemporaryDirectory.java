package dev.nettcp.cli.demo;

import dev.nettcp.cli.CommandFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that only this user may enter, gone after {@link #close} with the files in it. A process that is killed leaves its own
 * behind: the next one of the same user takes it away. Whose process lives is known by a file in it that is locked, which the kernel
 * ends with the process.
 */
final class TemporaryDirectory implements AutoCloseable {

    private static final String ALIVE = "alive";

    /** Between its making and its locking a directory is nobody's: it is taken for one that was left only when it is older. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel alive;

    private TemporaryDirectory(Path path, FileChannel alive) {
        this.path = path;
        this.alive = alive;
    }

    static TemporaryDirectory create(String prefix) {
        try {
            Path path = Files.createTempDirectory(prefix);
            removeLeftovers(path, prefix);
            FileChannel alive =
                    FileChannel.open(path.resolve(ALIVE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            alive.lock();
            return new TemporaryDirectory(path, alive);
        } catch (IOException e) {
            throw new CommandFailed("cannot create a directory for the control socket: " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (alive) {
            remove(path);
        } catch (IOException e) {
            throw new CommandFailed("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }

    /** Those beside this one that nobody has any more. In one process a lock that is asked after is lost: it has one directory at a time. */
    private static void removeLeftovers(Path own, String prefix) throws IOException {
        Path temporary = own.toAbsolutePath().getParent();
        if (temporary == null) return;
        try (DirectoryStream<Path> others = Files.newDirectoryStream(temporary, prefix + "*")) {
            for (Path other : others) {
                if (!other.equals(own.toAbsolutePath())) removeIfLeft(other, own);
            }
        }
    }

    private static void removeIfLeft(Path directory, Path own) {
        try {
            if (isLeft(directory, own)) remove(directory);
        } catch (IOException staysThere) {
            // It is in nobody's way; whoever put something else into it may want to keep that.
        }
    }

    private static boolean isLeft(Path directory, Path own) throws IOException {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))
                && !isLocked(directory.resolve(ALIVE))
                && (Files.exists(directory.resolve(ALIVE)) || isOld(directory));
    }

    private static boolean isOld(Path directory) throws IOException {
        return Files.getLastModifiedTime(directory)
                .toInstant()
                .isBefore(Instant.now().minus(GRACE));
    }

    private static boolean isLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = tryLock(channel)) {
            return lock == null;
        } catch (NoSuchFileException neverLocked) {
            return false;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** The files in it, which are no directories, and itself; another process may be doing the same. */
    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }
}
