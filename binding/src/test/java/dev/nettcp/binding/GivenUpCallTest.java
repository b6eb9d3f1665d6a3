package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a buffered session when nobody waits for the reply of a call any more: all of it. The late reply is dropped. */
class GivenUpCallTest {
    private final Loopback loopback = new Loopback();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private NetTcpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = loopback.serve((request, session) -> {
            if (request.action().equals("urn:slow")) {
                begun.countDown();
                release.await();
            }
            return Loopback.echo(request, session);
        });
    }

    @AfterEach
    void close() {
        release.countDown();
        loopback.close();
    }

    @Test
    void aCallThatIsCancelledLeavesItsSessionAsItWas() throws Exception {
        NetTcpClient client = loopback.connect(server);
        MessageSession session = client.open();
        CompletableFuture<Message> call = client.requestAsync(message("urn:slow", "late"));
        begun.await();
        call.cancel(false);

        assertThat(call).isCancelled();
        assertGoesOn(client, session);
    }

    @Test
    void aCallWhoseThreadIsInterruptedLeavesItsSessionAndSaysSo() throws Exception {
        NetTcpClient client = loopback.connect(server);
        MessageSession session = client.open();
        CompletableFuture<Exception> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                client.request(message("urn:slow", "late"));
            } catch (NetTcpException e) {
                failure.complete(e);
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();

        assertThat(Waiting.result("the call fails", failure))
                .hasMessageContaining("interrupted while waiting for the reply to urn:slow")
                .hasMessageContaining("the session stays open");
        assertGoesOn(client, session);
    }

    @Test
    void aCallThatTimesOutLeavesItsSessionAndSaysSo() throws Exception {
        NetTcpClient client = loopback.connect(NetTcpClient.builder(
                server.address(),
                Loopback.builder().sendTimeout(Duration.ofSeconds(5)).build()));
        MessageSession session = client.open();
        CompletableFuture<Message> call = client.requestAsync(message("urn:slow", "late"));

        Waiting.until("the call fails", call::isCompletedExceptionally);
        assertThat(call.handle((reply, failure) -> String.valueOf(failure)).join())
                .contains("sendTimeout of 5000 ms passed waiting for the reply to urn:slow")
                .contains("the session stays open");
        assertGoesOn(client, session);
    }

    @Test
    void aCallThatIsCancelledWhileItsSessionOpensLeavesTheSessionToTheNext() throws Exception {
        NetTcpClient client = loopback.connect(server);
        List<CompletableFuture<Message>> calls =
                List.of(client.requestAsync(message("urn:a", "")), client.requestAsync(message("urn:b", "")));
        calls.forEach(call -> call.cancel(false)); // before or after the session opens: neither matters to the next

        assertEchoes(client, "next");
        assertThat(server.sessions()).hasSize(1);
    }

    private void assertGoesOn(NetTcpClient client, MessageSession session) throws Exception {
        release.countDown();
        assertEchoes(client, "next");
        assertThat(session.ended()).isNotDone();
        assertThat(server.sessions()).hasSize(1);
    }
}
