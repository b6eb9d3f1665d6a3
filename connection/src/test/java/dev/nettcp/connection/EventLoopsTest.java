package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.ScriptedListener;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoLeftovers.class)
class EventLoopsTest {

    record Kind(String name, Supplier<EventLoops> loops) {

        EventLoops create() {
            return loops.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("epoll", () -> EventLoops.create("loops", 1)),
                new Kind("NIO", () -> EventLoops.nio("loops", 1)));
    }

    @Test
    void epollCarriesConnectionsWhereItExists() {
        try (EventLoops loops = EventLoops.create("loops", 1)) {
            assertThat(loops.isEpoll()).isEqualTo(Epoll.isAvailable());
            assertThat(Epoll.isAvailable()).isTrue();
        }
    }

    @Test
    void threadsAreDaemonsThatCarryTheNameTheyWereGiven() {
        try (EventLoops loops = EventLoops.create("carriers", 1)) {
            Thread[] thread = new Thread[1];
            loops.group()
                    .next()
                    .submit(() -> thread[0] = Thread.currentThread())
                    .syncUninterruptibly();
            assertThat(thread[0].getName()).startsWith("carriers");
            assertThat(thread[0].isDaemon()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void endingTheLoopsClosesTheConnectionsTheyCarry(Kind kind) throws InterruptedException {
        assertClosedBy(kind, EventLoops::close);
    }

    /** The order of Netty 4.2 within one round of a loop: look for the end, run tasks, leave. So the end comes after the look. */
    @ParameterizedTest
    @MethodSource("kinds")
    void endingTheLoopsFromATaskClosesTheConnectionsTheyCarry(Kind kind) throws InterruptedException {
        assertClosedBy(kind, loops -> {
            loops.group().next().submit(loops::shutdown).syncUninterruptibly();
            loops.close();
        });
    }

    private static void assertClosedBy(Kind kind, Consumer<EventLoops> end) throws InterruptedException {
        EventLoops loops = kind.create();
        try (ScriptedListener listener = ScriptedListener.open()) {
            SocketChannel channel = connected(loops, listener);
            CompletableFuture<Void> heard = new CompletableFuture<>();
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelInactive(ChannelHandlerContext context) {
                    heard.complete(null);
                }
            });
            end.accept(loops);

            assertThat(channel.isOpen()).isFalse();
            assertThat(heard).as("the handlers have heard of it").isDone();
            listener.accept().expectsEndOrReset();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void loopsThatAreEndingTakeNoNewConnections(Kind kind) {
        EventLoops loops = kind.create();
        SocketChannel late = loops.newChannel();
        EventLoop loop = loops.group().next();
        ChannelFuture registered = loop.submit(() -> {
                    loops.shutdown();
                    return loop.register(late);
                })
                .syncUninterruptibly()
                .getNow();
        loops.close();

        assertThat(registered.awaitUninterruptibly().cause()).isInstanceOf(RejectedExecutionException.class);
        assertThat(late.isOpen()).isFalse();
    }

    @Test
    void loopsMayBeClosedFromOneOfTheirOwnThreads() throws InterruptedException {
        EventLoops loops = EventLoops.create("loops", 2);
        CountDownLatch closed = new CountDownLatch(1);
        loops.group().next().execute(() -> {
            loops.close();
            closed.countDown();
        });
        closed.await();
        loops.close();
    }

    private static SocketChannel connected(EventLoops loops, ScriptedListener listener) throws InterruptedException {
        SocketChannel channel = loops.newChannel();
        EventLoop loop = loops.group().next();
        loop.register(channel).sync();
        ChannelFuture connected = channel.connect(listener.address());
        connected.sync();
        return channel;
    }
}
