package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A process that runs out of descriptors, which has to be one of its own. */
class DescriptorLimitTest {

    private static final int LIMIT = 128;

    @Test
    void atTheDescriptorLimitAcceptingPausesInsteadOfSpinningAndGoesOnWhenThereIsRoom() {
        try (ChildProcess server = start()) {
            int port = Integer.parseInt(server.awaitLineStartingWith("port ").substring("port ".length()));
            greetsOne(port);
            List<ScriptedPeer> clients = new ArrayList<>();
            for (int i = 0; i < LIMIT; i++) {
                clients.add(ScriptedPeer.connect("127.0.0.1", port));
            }
            server.awaitLineStartingWith("paused");
            long pauses = server.output().stream().filter("paused"::equals).count();
            assertThat(pauses).isLessThan(10);

            clients.forEach(ScriptedPeer::close);
            assertThatCode(() -> greetsOne(port)).as(server.describe()).doesNotThrowAnyException();
        }
    }

    /** The first to be greeted has every class loaded: at the limit none could be, since that opens files, and it is never tried again. */
    private static void greetsOne(int port) {
        try (ScriptedPeer client = ScriptedPeer.connect("127.0.0.1", port)) {
            client.expects("0b");
        }
    }

    private static ChildProcess start() {
        List<String> command = List.of(
                "bash",
                "-c",
                "ulimit -n %d && exec \"$0\" -Xmx64m -XX:+UseSerialGC -cp \"$1\" \"$2\"".formatted(LIMIT),
                JavaProcess.javaCommand(),
                System.getProperty("java.class.path"),
                Main.class.getName());
        return ChildProcess.start("server", command, Map.of());
    }

    /** Greets whoever comes with an acknowledgement, and closes when the client does. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            EventLoops loops = EventLoops.create("limited", 1);
            OwnPortSource source =
                    new OwnPortSource(ListenRequest.of(BaseAddress.parse("net.tcp://127.0.0.1:0/"), loops)
                            .withLimits(AcceptLimits.DEFAULT.withListenBacklog(1000))
                            .withListener(event -> {
                                if (event instanceof SourceEvent.Paused) {
                                    System.out.println("paused");
                                }
                            }));
            Waiting.result("open", source.open(new Greeter()));
            System.out.println("port " + source.localAddresses().get(0).getPort());
            if (System.in.read() < 0) {
                loops.close();
            }
        }
    }

    /** Has room for everybody. */
    private static final class Greeter implements ConnectionAcceptor, ConnectionAcceptor.Place {

        @Override
        public Optional<Place> reserve() {
            return Optional.of(this);
        }

        @Override
        public void whenRoom(Runnable action) {
            action.run();
        }

        @Override
        public void accept(AcceptedConnection connection) {
            Channel channel = connection.channel();
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                    context.close();
                }
            });
            channel.writeAndFlush(channel.alloc().buffer(1).writeByte(0x0b));
            channel.config().setAutoRead(true);
        }

        @Override
        public void release() {}
    }
}
