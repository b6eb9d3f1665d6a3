package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nettcp.connection.KeepAlive;
import dev.nettcp.testkit.Waiting;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Both ends of every connection ask whether the other is still there. */
class KeepAliveTest extends TransportFixture {

    private static final KeepAlive QUICK = new KeepAlive(Duration.ofSeconds(7), Duration.ofSeconds(3), 2);

    @Test
    void itIsSetAtTheServerAndAtTheClient() {
        CompletableFuture<Session> accepted = new CompletableFuture<>();
        Server server = serve(AcceptorSettings.DEFAULT.withKeepAlive(QUICK), calc(SessionListener.of(session -> {
            accepted.complete(session);
            return new Echo();
        })));
        Session client = Waiting.result(
                "open",
                connector.withKeepAlive(QUICK).open(SessionRequest.duplex(server.via("/calc")), new Recorder()));
        assertQuick(client);
        assertQuick(Waiting.result("accepted", accepted));
        client.abort(new SessionClosedException("enough"));
    }

    private static void assertQuick(Session session) {
        Channel channel = ((FramedSession) session).connection.channel;
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(7);
        assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(3);
        assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(2);
    }

    @Test
    void whatTheKernelDoesNotTakeIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeepAlive(Duration.ofMillis(500), second, 1))
                .withMessageContaining("keepAlive.idle");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeepAlive(second, Duration.ofDays(1), 1))
                .withMessageContaining("keepAlive.interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeepAlive(second, second, 0))
                .withMessageContaining("keepAlive.probes");
    }
}
