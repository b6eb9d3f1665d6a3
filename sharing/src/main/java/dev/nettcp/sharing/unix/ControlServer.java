package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlCodec;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.PeerCredentials;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The control socket of the service. It appears under its name only when it is listened on and has its permissions, and
 * disappears before it stops listening, so nobody meets one that does not answer; the socket that a killed service left behind
 * is replaced, and nothing else.
 */
public final class ControlServer implements AutoCloseable {
    /** unix(7): 108 bytes, one of them the end. */
    static final int MAX_PATH = 107;

    /** The longest path of a control socket, in bytes of UTF-8: under its first, hidden name it is ten bytes longer. */
    public static final int LONGEST_PATH = MAX_PATH - 10;

    private final Path path;
    private final SocketFile file;
    private final Channel listening;

    private ControlServer(Path path, SocketFile file, Channel listening) {
        this.path = path;
        this.file = file;
        this.listening = listening;
    }

    /**
     * Listens on the socket; blocks the caller for the moment this takes.
     *
     * @param path of the socket; its directory is made if it is missing
     * @param group event loops of epoll, which carry the sessions and lanes; not shut down here
     * @throws IOException if another service answers there, or the socket cannot be made; the message says which
     * @throws UnsupportedOperationException where there is no epoll
     */
    public static ControlServer bind(
            Path path, EventLoopGroup group, ControlServerSettings settings, ControlService service)
            throws IOException {
        return bind(path, group, settings, service, LaneObserver.NONE);
    }

    /** As above; the observer watches the lanes of this service. */
    public static ControlServer bind(
            Path path,
            EventLoopGroup group,
            ControlServerSettings settings,
            ControlService service,
            LaneObserver observer)
            throws IOException {
        EpollSupport.require();
        requireReplaceable(path);
        SocketFile.refuseIfAnswered(path);
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path hidden = path.resolveSibling(".%s.%08x"
                .formatted(path.getFileName(), ThreadLocalRandom.current().nextInt()));
        requireShort(hidden);
        Channel listening = listen(hidden, group, settings, service, observer);
        try {
            SocketFile own = SocketFile.at(hidden).renamed(path);
            permit(hidden, settings);
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new ControlServer(path, own, listening);
        } catch (IOException | RuntimeException e) {
            listening.close();
            Files.deleteIfExists(hidden);
            throw e;
        }
    }

    /**
     * Looks whether a control socket may appear at this path: nothing stands there, or a socket that a service of this user, or of
     * root, can have left. Whether it answers is not tried.
     *
     * @throws FileSystemException if something else stands there, which is never replaced; its reason says what
     */
    public static void requireReplaceable(Path path) throws IOException {
        SocketFile.requireReplaceable(path, ControlClient.ownUser());
    }

    public Path path() {
        return path;
    }

    /**
     * Takes the socket away and accepts nobody more; open sessions and lanes are not touched. What another service has put under
     * the name meanwhile stays.
     */
    @Override
    public void close() throws IOException {
        try {
            file.delete(); // before the listening ends: until then the kernel gives its inode to nobody else
        } finally {
            listening.close();
        }
    }

    private static Channel listen(
            Path path,
            EventLoopGroup group,
            ControlServerSettings settings,
            ControlService service,
            LaneObserver observer)
            throws IOException {
        Guests guests = new Guests(settings.maxGuests());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .handler(new ControlAccepting(service, guests))
                .channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) {
                        channel.pipeline().addLast(new Arrival(settings, service, observer, guests));
                    }
                });
        var bound = bootstrap.bind(new DomainSocketAddress(path.toString())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "no socket can be made here: " + bound.cause().getMessage());
        }
        return bound.channel();
    }

    /** The kernel's limit of a Unix socket's path; a longer one would be cut silently. */
    private static void requireShort(Path path) throws FileSystemException {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "a path of %d bytes; a Unix socket's has at most %d".formatted(length, MAX_PATH));
        }
    }

    private static void permit(Path path, ControlServerSettings settings) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (settings.group().isPresent()) {
            view.setGroup(path.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByGroupName(settings.group().get()));
        }
        view.setPermissions(PosixFilePermissions.fromString(settings.permissions()));
    }

    /** Reads nothing before the kernel has said who came. */
    private static final class Arrival extends ChannelInboundHandlerAdapter {
        private final ControlServerSettings settings;
        private final ControlService service;
        private final LaneObserver observer;
        private final Guests guests;

        private Arrival(ControlServerSettings settings, ControlService service, LaneObserver observer, Guests guests) {
            this.settings = settings;
            this.service = service;
            this.observer = observer;
            this.guests = guests;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) throws IOException {
            EpollDomainSocketChannel channel = (EpollDomainSocketChannel) ctx.channel();
            var kernel = channel.peerCredentials();
            PeerCredentials peer = new PeerCredentials(kernel.pid(), kernel.uid(), kernel.gids()[0]);
            MessageStream stream = new MessageStream(channel, ControlCodec.MAX_SIZE_TO_SERVICE);
            new Reception(stream, peer, settings, service, observer, guests).begin();
            ctx.pipeline().remove(this);
        }
    }
}
