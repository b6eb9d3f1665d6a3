package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlCodec;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one handler of every Unix socket here: turns bytes into messages, and hands messages, descriptors and the end of
 * input to the role the socket has at the moment.
 *
 * <p>Nothing is acted on before Netty's read loop is over ({@code channelReadComplete}): an answer sent from within it would
 * let the peer's next message or descriptor arrive in the same loop, which still reads in the old mode and would lose it.
 *
 * <p>Every role hears of the end, once and last. A pause puts it off only while the socket is open: of a closed one nobody would
 * ever call {@link #resume}, and what depends on it would stay for ever.
 */
final class MessageStream extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(MessageStream.class);

    private final EpollDomainSocketChannel channel;
    private final ControlCodec codec;
    private final int maxUnread;
    private final MessageReads reads = new MessageReads(this::bytesMissing);
    private final List<FileDescriptor> descriptors = new ArrayList<>();
    private @Nullable SocketRole role;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    private boolean paused = true;
    private boolean broken;
    private boolean delivering;
    private boolean endDelivered;
    private @Nullable String ended;

    /** Paused at first, and of no role yet. */
    MessageStream(EpollDomainSocketChannel channel, int maxSize) {
        this.channel = channel;
        this.codec = new ControlCodec(maxSize);
        this.maxUnread = 4 + maxSize;
        channel.config().setRecvByteBufAllocator(reads);
    }

    Channel channel() {
        return channel;
    }

    /** From here on somebody else gets what arrives, beginning with what was read and not yet delivered. */
    void become(SocketRole next) {
        role = next;
        endDelivered = false;
    }

    /** Delivers nothing more, and reads nothing more, until {@link #resume}. */
    void pause() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    void resume() {
        if (paused) {
            paused = false;
            channel.config().setAutoRead(true);
            deliver();
        }
    }

    /** The socket is read for descriptors instead of bytes, or for bytes again. */
    void expectDescriptors(boolean expected) {
        channel.config().setReadMode(expected ? DomainSocketReadMode.FILE_DESCRIPTORS : DomainSocketReadMode.BYTES);
    }

    /**
     * Never reads beyond the end of a message from here on: what comes after it may be a descriptor, which a read for bytes would take
     * without its descriptor.
     */
    void readMessagesOnly() {
        reads.messagesOnly();
    }

    /** How many bytes there are at most until the end of the message that is being read. */
    private int bytesMissing() {
        return codec.bytesMissing(unread);
    }

    /** Writes one message; the future tells whether the kernel has it. */
    ChannelFuture send(ControlMessage message) {
        return send(List.of(message));
    }

    /** Writes the messages in one piece; the future tells whether the kernel has them. */
    ChannelFuture send(List<? extends ControlMessage> messages) {
        ByteBuf out = channel.alloc().ioBuffer(256);
        try {
            messages.forEach(message -> ControlCodec.encode(message, out));
        } catch (RuntimeException e) {
            out.release();
            return channel.newFailedFuture(e);
        }
        return channel.writeAndFlush(out);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FileDescriptor descriptor) {
            descriptors.add(descriptor);
        } else if (message instanceof ByteBuf bytes && !broken) {
            append(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!descriptors.isEmpty()) {
            List<FileDescriptor> arrived = List.copyOf(descriptors);
            descriptors.clear();
            role().descriptors(arrived);
        }
        deliver();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof ChannelInputShutdownReadComplete) {
            inputEnded("the peer closed its end");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inputEnded("the socket is closed");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        role().writabilityChanged(channel.isWritable());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (channel.config().getReadMode() == DomainSocketReadMode.FILE_DESCRIPTORS && cause instanceof IOException) {
            role().descriptorError(cause);
        } else {
            if (!(cause instanceof IOException)) {
                LOG.error("the Unix socket of {} is closed after a failure of ours", role, cause);
            }
            inputEnded(String.valueOf(cause.getMessage()));
            channel.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
        descriptors.forEach(Descriptors::close);
        descriptors.clear();
    }

    private void append(ByteBuf bytes) {
        if (!unread.isReadable()) {
            unread = bytes;
            return;
        }
        ByteBuf joined = channel.alloc().buffer(unread.readableBytes() + bytes.readableBytes());
        joined.writeBytes(unread).writeBytes(bytes);
        unread.release();
        bytes.release();
        unread = joined;
        if (paused && unread.readableBytes() > maxUnread) {
            channel.close();
        }
    }

    private void forget() {
        unread.release();
        unread = Unpooled.EMPTY_BUFFER;
    }

    private void inputEnded(String why) {
        if (ended == null) {
            ended = why;
        }
        deliver();
    }

    /** Everything that can be delivered now, in order, the end last. */
    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            deliverMessages();
            if (broken || !unread.isReadable()) {
                forget();
            }
            if (ended != null && !endDelivered && (!paused || !channel.isActive())) {
                endDelivered = true;
                role().inputEnded(ended);
            }
        } finally {
            delivering = false;
        }
    }

    private void deliverMessages() {
        while (!paused && !broken && !endDelivered) {
            ControlMessage message;
            try {
                message = codec.decode(unread);
            } catch (ControlProtocolException e) {
                broken = true;
                role().malformed(String.valueOf(e.getMessage()));
                return;
            }
            if (message == null) {
                return;
            }
            if (!(message instanceof ControlMessage.Unknown)) {
                role().message(message);
            }
        }
    }

    private SocketRole role() {
        if (role == null) {
            throw new IllegalStateException("the socket was given no role");
        }
        return role;
    }
}
