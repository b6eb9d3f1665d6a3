package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.UniqueId;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands in line while the session opens. */
class OpeningTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aFirstCallThatCannotBeWrittenFailsAloneAndTheLineMovesOn() throws Exception {
        NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));
        Message broken = Message.of("urn:echo", out -> {
            throw new IllegalArgumentException("no such text");
        });

        CompletableFuture<Message> first = client.requestAsync(broken);
        CompletableFuture<Void> second = client.sendAsync(broken);
        CompletableFuture<Message> third = client.requestAsync(message("urn:echo", "third"));

        assertThatThrownBy(() -> Waiting.result("the first", first)).hasStackTraceContaining("no such text");
        assertThatThrownBy(() -> Waiting.result("the second", second)).hasStackTraceContaining("no such text");
        assertThat(textOf(Waiting.result("the third", third))).isEqualTo("third");
        assertEchoes(client, "fourth");
        client.close();
    }

    @Test
    void aMessageIdThatIsUsedTwiceFailsTheSecondCallAlone() throws Exception {
        CompletableFuture<Void> secondHasFailed = new CompletableFuture<>();
        NetTcpClient client = loopback.connect(loopback.serve((request, session) -> {
            secondHasFailed.join(); // a call that is answered already would be waiting no longer
            return Loopback.echo(request, session);
        }));
        Message named =
                message("urn:echo", "x").withAddressing(new Addressing("urn:echo", UniqueId.next(), null, null, null));

        CompletableFuture<Message> first = client.requestAsync(named);
        CompletableFuture<Message> second = client.requestAsync(named);
        CompletableFuture<Message> third = client.requestAsync(message("urn:echo", "third"));

        assertThatThrownBy(() -> Waiting.result("the second", second)).hasStackTraceContaining("is waiting already");
        secondHasFailed.complete(null);
        assertThat(textOf(Waiting.result("the first", first))).isEqualTo("x");
        assertThat(textOf(Waiting.result("the third", third))).isEqualTo("third");
        client.close();
    }

    @Test
    void blockingCallsKeepTheirPlaceInTheLine() throws Exception {
        try (ScriptedListener listener = ScriptedListener.open()) {
            NetTcpClient client = loopback.connect(
                    NetTcpClient.builder("net.tcp://localhost:" + listener.port() + "/x", Loopback.binding()));
            CompletableFuture<Thread> sender = new CompletableFuture<>();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(
                    () -> {
                        sender.complete(Thread.currentThread());
                        send(client, Message.empty("urn:first"));
                    },
                    work -> new Thread(work, "sender").start());
            Thread waiting = sender.join();
            Waiting.until("the blocking call to be in line", () -> waiting.getState() == Thread.State.WAITING);
            CompletableFuture<Void> second = client.sendAsync(Message.empty("urn:second"));

            ScriptedPeer service = listener.accept();
            Loopback.acknowledge(service);

            Waiting.result("the first to be sent", sent);
            Waiting.result("the second to be sent", second);
            StringBuilder bytes = new StringBuilder();
            while (bytes.indexOf("urn:second") < 0) {
                bytes.append(new String(service.receives(1), StandardCharsets.ISO_8859_1));
            }
            assertThat(bytes.toString()).containsSubsequence("urn:first", "urn:second");
        }
    }

    private static void send(NetTcpClient client, Message message) {
        try {
            client.send(message);
        } catch (NetTcpException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void closingAClientWhoseSessionCouldNotBeOpenedIsNoError() throws Exception {
        String nobody = "net.tcp://localhost:" + FreePort.next() + "/x";
        for (int i = 0; i < 50; i++) {
            NetTcpClient client = loopback.connect(NetTcpClient.builder(nobody, Loopback.binding()));
            assertThatThrownBy(() -> client.request(message("urn:echo", ""))).isInstanceOf(NetTcpException.class);

            client.close();

            assertThatThrownBy(client.requestAsync(message("urn:echo", ""))::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("the client is closed");
        }
    }
}
