package dev.nettcp.connection;

import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes connections for a test, as many as it has places; a place is free again when the test says so. */
public final class TestAcceptor implements ConnectionAcceptor {

    private final Queue<Landed> landed = new ConcurrentLinkedQueue<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int places;

    public TestAcceptor(int places) {
        this.places = places;
    }

    @Override
    public synchronized Optional<Place> reserve() {
        if (places == 0) {
            return Optional.empty();
        }
        places--;
        return Optional.of(new Place() {
            @Override
            public void accept(AcceptedConnection connection) {
                landed.add(new Landed(connection));
            }

            @Override
            public void release() {
                addPlace();
            }
        });
    }

    @Override
    public void whenRoom(Runnable action) {
        synchronized (this) {
            if (places == 0) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    public void addPlace() {
        List<Runnable> woken;
        synchronized (this) {
            places++;
            woken = List.copyOf(waiting);
            waiting.clear();
        }
        woken.forEach(Runnable::run);
    }

    public synchronized int freePlaces() {
        return places;
    }

    /** The next connection that was delivered. */
    public Landed next() {
        return Waiting.value("a connection is delivered", () -> Optional.ofNullable(landed.poll()));
    }

    /** Whether no connection waits to be taken by {@link #next}. */
    public boolean isEmpty() {
        return landed.isEmpty();
    }

    /** A connection that was delivered; collects what it is told to read. */
    public static final class Landed extends ChannelInboundHandlerAdapter {

        private final AcceptedConnection connection;
        private final boolean autoReadWas;
        private final List<String> handlersWere;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private boolean ended;

        private Landed(AcceptedConnection connection) {
            this.connection = connection;
            this.autoReadWas = connection.channel().config().isAutoRead();
            this.handlersWere =
                    connection.channel().pipeline().toMap().keySet().stream().toList();
            connection.channel().pipeline().addLast(this);
            take(connection.takePrefix());
        }

        public AcceptedConnection connection() {
            return connection;
        }

        /** Whether the channel came without handlers and with reading off. */
        public boolean cameUntouched() {
            return !autoReadWas && handlersWere.isEmpty();
        }

        /** Starts to read, and waits for that many bytes from the first one on, those read before included. */
        public byte[] receives(int count) {
            connection.channel().config().setAutoRead(true);
            Waiting.until(count + " bytes arrive", () -> bytes().length >= count);
            return bytes();
        }

        public void sends(byte[] bytes) {
            connection
                    .channel()
                    .writeAndFlush(connection.channel().alloc().buffer().writeBytes(bytes));
        }

        public void awaitsEnd() {
            connection.channel().config().setAutoRead(true);
            Waiting.until("the peer ends its stream", this::isEnded);
        }

        public void close() {
            connection.channel().close().awaitUninterruptibly();
        }

        private synchronized byte[] bytes() {
            return received.toByteArray();
        }

        private synchronized boolean isEnded() {
            return ended;
        }

        private synchronized void take(ByteBuf bytes) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy).release();
            received.writeBytes(copy);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            take((ByteBuf) message);
        }

        @Override
        public synchronized void userEventTriggered(ChannelHandlerContext context, Object event) {
            ended |= event instanceof ChannelInputShutdownEvent;
        }

        @Override
        public synchronized void channelInactive(ChannelHandlerContext context) {
            ended = true;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
