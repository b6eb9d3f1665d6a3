package dev.nettcp.sharing.unix;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name under which a control socket stands. Only what a service can have left there is ever replaced, a socket of this user
 * or of root, and only the very file that was put there is ever deleted: connecting to any other kind of file is refused by the
 * kernel too, so that alone says nothing.
 */
final class SocketFile {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    // inode(7): the bits of a mode that tell the kind of a file
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFLNK = 0120000;

    private final Path path;
    private final @Nullable Object inode;

    private SocketFile(Path path, @Nullable Object inode) {
        this.path = path;
        this.inode = inode;
    }

    /** The file that stands there now; follows no link. */
    static SocketFile at(Path path) throws IOException {
        return new SocketFile(path, inode(path));
    }

    /** This file under another name; nothing is read again. */
    SocketFile renamed(Path newPath) {
        return new SocketFile(newPath, inode);
    }

    /** Deletes it, unless another file has taken its name meanwhile. */
    void delete() throws IOException {
        try {
            if (Objects.equals(inode, inode(path))) {
                Files.deleteIfExists(path);
            } else {
                LOG.info("{} is another's socket by now; it stays", path);
            }
        } catch (NoSuchFileException gone) {
            LOG.debug("{} is gone already", path);
        }
    }

    /**
     * Nothing stands at the path, or a socket that a service of this user, or of root, can have left.
     *
     * @throws FileSystemException if something else stands there; its reason says what
     */
    static void requireReplaceable(Path path, int user) throws IOException {
        int kind;
        int owner;
        try {
            kind = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & S_IFMT;
            owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException free) {
            return;
        }
        if (kind != S_IFSOCK) {
            throw new FileSystemException(
                    path.toString(), null, "%s stands there, and only a socket is ever replaced".formatted(name(kind)));
        }
        if (owner != user && owner != 0) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "a socket of user %d stands there, and only one of user %d or of root is ever replaced"
                            .formatted(owner, user));
        }
    }

    /** A socket file may be left over; one that answers belongs to a living service. */
    static void refuseIfAnswered(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
            throw new FileSystemException(
                    path.toString(), null, "another service listens on this control socket already");
        } catch (ConnectException leftOver) {
            LOG.info("{} was left over by a service that ended without closing; it is replaced", path);
        }
    }

    private static @Nullable Object inode(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static String name(int kind) {
        return switch (kind) {
            case S_IFREG -> "a regular file";
            case S_IFDIR -> "a directory";
            case S_IFLNK -> "a symbolic link";
            default -> "a device or a pipe";
        };
    }
}
