package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aSessionTooManyWaitsForTheEndOfAnother() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.builder().maxConcurrentSessions(1).build(),
                b -> b.endpoint("net.tcp://localhost:0/service", Loopback::echo));
        NetTcpClient first = loopback.connect(server);
        first.open();

        CompletableFuture<Message> second = loopback.connect(server).requestAsync(message("urn:echo", "second"));
        assertThat(textOf(first.request(message("urn:echo", "first")))).isEqualTo("first");
        assertThat(second).isNotDone();
        first.close();

        assertThat(textOf(Waiting.result("the second session", second))).isEqualTo("second");
        assertThat(server.sessions()).hasSize(1);
    }

    @Test
    void aClientThatIsTiredOfWaitingLeavesNoPlaceTaken() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.builder().maxConcurrentSessions(1).build(),
                b -> b.endpoint("net.tcp://localhost:0/service", Loopback::echo));
        NetTcpClient first = loopback.connect(server);
        first.open();
        NetTcpBinding hasty =
                Loopback.builder().openTimeout(Duration.ofMillis(300)).build();

        assertThatThrownBy(() -> loopback.connect(NetTcpClient.builder(server.address(), hasty))
                        .open())
                .isInstanceOf(NetTcpTimeoutException.class);
        first.close();

        NetTcpClient third = loopback.connect(server);
        assertThat(textOf(third.request(message("urn:echo", "third")))).isEqualTo("third");
    }

    @Test
    void whoWaitsForAPlaceIsRefusedWhenTheServerCloses() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.builder().maxConcurrentSessions(1).build(),
                b -> b.endpoint("net.tcp://localhost:0/service", Loopback::echo));
        loopback.connect(server).open();
        CompletableFuture<Message> second = loopback.connect(server).requestAsync(message("urn:echo", "second"));

        server.close();

        Waiting.until("the second client is told", second::isDone);
        assertThat(second).isCompletedExceptionally();
    }

    @Test
    void callsBeyondTheLimitWaitAndAllAreAnswered() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        NetTcpServer server = loopback.serve(
                Loopback.builder().maxConcurrentCalls(2).build(),
                b -> b.endpoint("net.tcp://localhost:0/service", (request, session) -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    try {
                        return Loopback.echo(request, session);
                    } finally {
                        atOnce.decrementAndGet();
                    }
                }));
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int session = 0; session < 10; session++) {
            NetTcpClient client = loopback.connect(server);
            for (int call = 0; call < 20; call++) {
                replies.add(client.requestAsync(message("urn:echo", session + "/" + call)));
            }
        }

        for (int i = 0; i < replies.size(); i++) {
            assertThat(textOf(Waiting.result("reply " + i, replies.get(i)))).isEqualTo(i / 20 + "/" + i % 20);
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void aHandlerThatWaitsForItsOwnSessionHoldsNoPlace() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.builder().maxConcurrentCalls(1).build(),
                b -> b.endpoint("net.tcp://localhost:0/service", (request, session) -> {
                    if (request.action().equals("urn:ask-back")) {
                        return message("urn:reply", textOf(session.request(message("urn:question", "?"))));
                    }
                    return Loopback.echo(request, session);
                }));
        NetTcpClient client = loopback.connect(NetTcpClient.builder(server.address(), Loopback.binding())
                .onMessage((question, session) ->
                        message("urn:answer", textOf(session.request(message("urn:echo", "from inside"))))));

        Message reply = client.request(message("urn:ask-back", "x"));

        assertThat(textOf(reply)).isEqualTo("from inside");
    }
}
