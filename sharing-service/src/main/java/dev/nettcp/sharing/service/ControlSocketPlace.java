package dev.nettcp.sharing.service;

import dev.nettcp.sharing.service.config.ControlSocketSettings;
import dev.nettcp.sharing.service.config.FileTrouble;
import dev.nettcp.sharing.unix.ControlServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the control socket, checked before the socket appears in it: only the service's own user, or root, may be
 * able to put anything there, or somebody else could stand in for the service. A lock file beside the socket, held as long as
 * the service lives, keeps a second one away; the kernel lets it go however the service ends.
 */
final class ControlSocketPlace implements AutoCloseable {
    private static final Set<PosixFilePermission> NEW_DIRECTORY = PosixFilePermissions.fromString("rwxr-x---");

    private final FileChannel lockFile;

    private ControlSocketPlace(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /** Makes the directory if it is missing, checks it, and takes the lock. */
    static ControlSocketPlace take(Path socket, ControlSocketSettings settings, int serviceUser)
            throws ServiceStartException {
        Path directory = socket.toAbsolutePath().normalize().getParent();
        if (directory == null) {
            throw new ServiceStartException("The control socket cannot be at %s: it is no file.".formatted(socket));
        }
        requireShort(socket);
        try {
            make(directory, settings);
            check(directory, serviceUser);
            check(socket);
            return new ControlSocketPlace(lock(socket));
        } catch (ServiceStartException e) {
            throw e;
        } catch (IOException e) {
            throw new ServiceStartException(
                    "The control socket cannot be at %s: %s. Set controlSocket.path, or NETTCP_SOCKET, to a place in a directory of this user."
                            .formatted(socket, FileTrouble.why(e)),
                    e);
        }
    }

    /** Before anything is made that would stay. */
    private static void requireShort(Path socket) throws ServiceStartException {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > ControlServer.LONGEST_PATH) {
            throw new ServiceStartException(
                    "The control socket cannot be at %s: its path has %d bytes, and at most %d are possible. Set controlSocket.path, or NETTCP_SOCKET, to a shorter one."
                            .formatted(socket, length, ControlServer.LONGEST_PATH));
        }
    }

    private static void make(Path directory, ControlSocketSettings settings) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path above = directory.getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(NEW_DIRECTORY));
        } catch (FileAlreadyExistsException anotherWasQuicker) {
            return;
        }
        Files.setPosixFilePermissions(directory, NEW_DIRECTORY); // whatever the umask was
        if (settings.group().isPresent()) {
            Files.getFileAttributeView(directory, java.nio.file.attribute.PosixFileAttributeView.class)
                    .setGroup(directory
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByGroupName(settings.group().get()));
        }
    }

    private static void check(Path directory, int serviceUser) throws IOException {
        int owner = (Integer) Files.getAttribute(directory, "unix:uid");
        if (owner != serviceUser && owner != 0) {
            throw new ServiceStartException(
                    "The directory %s of the control socket belongs to user %d; it must belong to this service's user %d or to root, so that nobody else can put a socket there."
                            .formatted(directory, owner, serviceUser));
        }
        PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new ServiceStartException(
                    "The directory %s of the control socket is writable for others (%s); allow only its owner to write: chmod go-w %s"
                            .formatted(directory, PosixFilePermissions.toString(attributes.permissions()), directory));
        }
    }

    /** Before anything is made beside it: what somebody else keeps under this name must not be touched. */
    private static void check(Path socket) throws IOException {
        try {
            ControlServer.requireReplaceable(socket);
        } catch (FileSystemException e) {
            throw new ServiceStartException(
                    "The control socket cannot be at %s: %s. Remove it if nobody needs it, or set controlSocket.path or NETTCP_SOCKET to another place."
                            .formatted(socket, e.getReason()));
        }
    }

    /** A name that no other program uses for a lock of its own, and no link that stands under it is followed. */
    private static FileChannel lock(Path socket) throws IOException {
        Path file = socket.resolveSibling(".%s.nettcp-lock".formatted(socket.getFileName()));
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (tryLock(channel) == null) {
            channel.close();
            throw new ServiceStartException(
                    "Another port sharing service has the control socket %s. Stop it, or set controlSocket.path or NETTCP_SOCKET to another place."
                            .formatted(socket));
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
