package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.ScriptedPeer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptBatchTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneRequestBringsAsManyAsAreWaitingButNoMoreThanWereAskedFor(boolean epoll) throws InterruptedException {
        BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
        try (EventLoops loops = epoll ? EventLoops.create("batch", 1) : EventLoops.nio("batch", 1)) {
            AcceptBatch batch = new AcceptBatch();
            ServerChannel listening = loops.newServerChannel();
            listening.config().setAutoRead(false);
            listening.config().setRecvByteBufAllocator(batch);
            listening.pipeline().addLast(new Counting(batches));
            loops.group().register(listening).sync();
            listening
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync();
            List<ScriptedPeer> clients = IntStream.range(0, 5)
                    .mapToObj(i -> ScriptedPeer.connect((InetSocketAddress) listening.localAddress()))
                    .toList();

            for (int i = 0; i < 2; i++) {
                listening.eventLoop().execute(() -> {
                    batch.atMost(3);
                    listening.read();
                });
                assertThat(batches.take()).isEqualTo(i == 0 ? 3 : 2);
            }
            clients.forEach(ScriptedPeer::close);
        }
    }

    /** Counts what each request brought, and closes it. */
    private static final class Counting extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<Integer> batches;
        private int accepted;

        Counting(BlockingQueue<Integer> batches) {
            this.batches = batches;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            accepted++;
            ((Channel) message).unsafe().closeForcibly();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            batches.add(accepted);
            accepted = 0;
        }
    }
}
