package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.Message;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.Waiting;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionEndTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void repliesStillComeAfterTheClientHasEndedItsDirection() throws Exception {
        NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));
        MessageSession session = client.open();
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            replies.add(client.requestAsync(message("urn:echo", "n" + i)));
        }

        client.closeOutput();

        for (int i = 0; i < 10; i++) {
            assertThat(textOf(Waiting.result("reply " + i, replies.get(i)))).isEqualTo("n" + i);
        }
        Waiting.result("the end of the session", session.ended());
    }

    @Test
    void nothingCanBeSentAfterTheClientHasEndedItsDirection() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        NetTcpClient client = loopback.connect(loopback.serve((request, session) -> {
            release.await();
            return Loopback.echo(request, session);
        }));
        CompletableFuture<Message> reply = client.requestAsync(message("urn:echo", "x"));
        MessageSession session = client.open();

        session.closeOutput();

        assertThatThrownBy(() -> session.request(message("urn:echo", "too late")))
                .isInstanceOf(NetTcpException.class);
        release.countDown();
        assertThat(textOf(Waiting.result("the reply", reply))).isEqualTo("x");
    }

    @Test
    void closingWaitsForRepliesThatAreOnTheirWay() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        NetTcpClient client = loopback.connect(loopback.serve((request, session) -> {
            running.countDown();
            release.await();
            return Loopback.echo(request, session);
        }));
        CompletableFuture<Message> reply = client.requestAsync(message("urn:echo", "x"));
        running.await();

        CompletableFuture<Void> closing = client.open().close();
        release.countDown();

        Waiting.result("the end of the session", closing);
        assertThat(textOf(Waiting.result("the reply", reply))).isEqualTo("x");
    }

    @Test
    void aClosedClientTakesNoMoreCalls() throws Exception {
        NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));
        assertEchoes(client, "x");
        client.close();
        client.close();

        assertThatThrownBy(() -> client.request(message("urn:echo", "y"))).hasMessageContaining("closed");
    }

    @Test
    void closingAClientThatNeverCalledDoesNothing() throws Exception {
        loopback.connect(loopback.serve(Loopback::echo)).close();
    }

    @Test
    void clientsShareAConnectionOneAfterTheOther() throws Exception {
        Set<InetSocketAddress> connections = new HashSet<>();
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.endpoint("net.tcp://localhost:0/one", (request, session) -> {
                            connections.add(session.remoteAddress());
                            return Loopback.echo(request, session);
                        })
                        .endpoint("net.tcp://localhost:0/two", (request, session) -> {
                            connections.add(session.remoteAddress());
                            return Loopback.echo(request, session);
                        }));

        for (int i = 0; i < 6; i++) {
            try (NetTcpClient client = NetTcpClient.to(server.addresses().get(i % 2), Loopback.binding())) {
                assertEchoes(client, "n" + i);
            }
        }

        assertThat(connections).hasSize(1);
    }

    @Test
    void theServerClosesWhenTheRunningOperationIsAnswered() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        NetTcpServer server = loopback.serve((request, session) -> {
            running.countDown();
            release.await();
            return Loopback.echo(request, session);
        });
        CompletableFuture<Message> reply = loopback.connect(server).requestAsync(message("urn:echo", "x"));
        running.await();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        release.countDown();

        assertThat(textOf(Waiting.result("the reply", reply))).isEqualTo("x");
        Waiting.result("the server to be closed", closing);
        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void theServerEndsASessionAndTheNextCallOpensAnother() throws Exception {
        NetTcpServer server = loopback.serve(Loopback::echo);
        NetTcpClient client = loopback.connect(server);
        assertEchoes(client, "one");
        MessageSession first = client.open();

        Waiting.result("the end of the session", Loopback.session(server).close());
        Waiting.result("the client's side of it", first.ended());

        assertEchoes(client, "two");
        assertThat(client.open()).isNotSameAs(first);
    }

    @Test
    void aCallFailsWhenTheServerBreaksTheSessionOff() throws Exception {
        NetTcpServer server = loopback.serve((request, session) -> {
            session.abort();
            return Loopback.echo(request, session);
        });
        NetTcpClient client = loopback.connect(server);
        MessageSession session = client.open();

        assertThatThrownBy(() -> client.request(message("urn:echo", "x")))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(NetTcpException.Layer.SESSION));
        Waiting.until("the session to be over", () -> session.ended().isCompletedExceptionally());
    }

    @Test
    void aCallBackFailsWhenTheClientBreaksTheSessionOff() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        NetTcpServer server = loopback.serve((request, session) -> {
            try {
                session.request(message("urn:question", ""));
            } catch (NetTcpException e) {
                failure.complete(e);
            }
            return Loopback.echo(request, session);
        });
        NetTcpClient client = loopback.connect(
                NetTcpClient.builder(server.address(), Loopback.binding()).onMessage((question, session) -> {
                    session.abort();
                    return Message.empty("urn:late");
                }));

        assertThatThrownBy(() -> client.request(message("urn:ask", ""))).isInstanceOf(NetTcpException.class);
        assertThat(Waiting.result("the server's call to fail", failure)).isInstanceOf(NetTcpException.class);
    }

    @Test
    void whatASessionKeepsIsGoneWithIt() throws Exception {
        NetTcpServer server = loopback.serve((request, session) -> {
            Object before = session.attributes().put("last", textOf(request));
            return message("urn:before", String.valueOf(before));
        });
        NetTcpClient client = loopback.connect(server);

        assertThat(textOf(client.request(message("urn:a", "1")))).isEqualTo("null");
        assertThat(textOf(client.request(message("urn:a", "2")))).isEqualTo("1");
        assertThat(textOf(loopback.connect(server).request(message("urn:a", "3"))))
                .isEqualTo("null");
    }

    @Test
    void aServerThatNeverEndsItsSideIsATimeout() throws Exception {
        NetTcpBinding impatient =
                Loopback.builder().closeTimeout(Duration.ofMillis(100)).build();
        try (ScriptedListener listener = ScriptedListener.open()) {
            NetTcpClient client =
                    loopback.connect(NetTcpClient.builder("net.tcp://localhost:" + listener.port() + "/x", impatient));
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> Loopback.acknowledge(listener.accept()));
            client.open();
            Waiting.result("the preamble", server);

            assertThatThrownBy(client::close)
                    .isInstanceOfSatisfying(NetTcpTimeoutException.class, e -> {
                        assertThat(e.setting()).isEqualTo("closeTimeout");
                        assertThat(e.limit()).isEqualTo(Duration.ofMillis(100));
                    })
                    .hasMessageContaining("closeTimeout of 100 ms passed waiting for the End of net.tcp://localhost:");
        }
    }

    @Test
    void closingAClientAfterAbortingItDoesNothing() throws Exception {
        for (int i = 0; i < 50; i++) { // the end of the session may come before, during and after the second call
            NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));
            client.request(Loopback.message("urn:echo", "hello"));

            client.abort();
            client.close();
        }
    }
}
