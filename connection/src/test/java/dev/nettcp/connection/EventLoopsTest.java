package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.ScriptedListener;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeftovers.class)
class EventLoopsTest {

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

    @RepeatedTest(20) // whether the loop is just about to look is a matter of luck
    void endingTheLoopsClosesTheConnectionsTheyCarry() throws InterruptedException {
        try (ScriptedListener listener = ScriptedListener.open()) {
            EventLoops loops = EventLoops.create("loops", 1);
            SocketChannel channel = connected(loops, listener);
            loops.close();

            assertThat(channel.isOpen()).isFalse();
            listener.accept().expectsEndOrReset();
        }
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
