package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeoutAndLimitTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    /** For what must come in time beside what must not. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private static NetTcpClient.Builder impatient(NetTcpServer server, Duration sendTimeout) {
        return NetTcpClient.builder(
                server.address(), Loopback.builder().sendTimeout(sendTimeout).build());
    }

    @Test
    void aReplyThatIsLateIsDroppedAndTheSessionGoesOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        NetTcpServer server = loopback.serve((request, session) -> {
            if (request.action().equals("urn:slow")) {
                release.await();
            }
            return Loopback.echo(request, session);
        });
        NetTcpClient client = loopback.connect(impatient(server, LONG_ENOUGH).onMessage((message, session) -> {
            throw new AssertionError("a late reply is no message: " + message);
        }));
        assertEchoes(client, "first");

        NetTcpTimeoutException e =
                catchThrowableOfType(NetTcpTimeoutException.class, () -> client.request(message("urn:slow", "")));
        release.countDown();

        assertThat(e.setting()).isEqualTo("sendTimeout");
        assertThat(e.limit()).isEqualTo(LONG_ENOUGH);
        assertThat(e)
                .hasMessage("sendTimeout of 3000 ms passed waiting for the reply to urn:slow;"
                        + " the session stays open, and a late reply is dropped");
        assertEchoes(client, "second");
        assertThat(server.sessions()).hasSize(1);
    }

    @Test
    void anAsynchronousCallHasTheSameTimeout() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        NetTcpServer server = loopback.serve((request, session) -> {
            release.await();
            return Loopback.echo(request, session);
        });
        CompletableFuture<Message> call =
                loopback.connect(impatient(server, SHORT)).requestAsync(message("urn:slow", ""));

        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NetTcpTimeoutException.class);
        release.countDown();
    }

    @Test
    void aServerThatDoesNotAcknowledgeIsATimeout() throws Exception {
        try (ScriptedListener silent = ScriptedListener.open()) {
            NetTcpClient client = loopback.connect(NetTcpClient.builder(
                    "net.tcp://localhost:" + silent.port() + "/x",
                    Loopback.builder().openTimeout(LONG_ENOUGH).build()));

            assertThatThrownBy(() -> client.request(message("urn:a", "")))
                    .isInstanceOfSatisfying(
                            NetTcpTimeoutException.class,
                            e -> assertThat(e.setting()).isEqualTo("openTimeout"))
                    .hasMessageContaining("openTimeout of 3000 ms passed waiting for net.tcp://localhost:")
                    .hasMessageContaining("to acknowledge the session");
        }
    }

    @Test
    void theFirstCallsTimeoutCoversTheOpening() throws Exception {
        try (ScriptedListener silent = ScriptedListener.open()) {
            NetTcpClient client = loopback.connect(NetTcpClient.builder(
                    "net.tcp://localhost:" + silent.port() + "/x",
                    Loopback.builder().sendTimeout(SHORT).build()));

            assertThatThrownBy(() -> client.request(message("urn:a", "")))
                    .isInstanceOfSatisfying(
                            NetTcpTimeoutException.class,
                            e -> assertThat(e.setting()).isEqualTo("sendTimeout"))
                    .hasMessageContaining("to open");
        }
    }

    @Test
    void theTimeoutOfAnAsynchronousFirstCallCoversTheOpening() throws Exception {
        try (ScriptedListener silent = ScriptedListener.open()) {
            NetTcpClient client = loopback.connect(NetTcpClient.builder(
                    "net.tcp://localhost:" + silent.port() + "/x",
                    Loopback.builder().sendTimeout(SHORT).build()));

            for (CompletableFuture<?> call :
                    List.of(client.requestAsync(message("urn:a", "")), client.sendAsync(message("urn:a", "")))) {
                assertThatThrownBy(call::join)
                        .hasCauseInstanceOf(NetTcpTimeoutException.class)
                        .hasMessageContaining("sendTimeout of 200 ms")
                        .hasMessageContaining("to open");
            }
        }
    }

    @Test
    void timeoutsWithoutEndAreJustThat() throws Exception {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        NetTcpBinding patient = Loopback.builder()
                .openTimeout(forever)
                .closeTimeout(forever)
                .sendTimeout(forever)
                .receiveTimeout(forever)
                .channelInitializationTimeout(forever)
                .build();
        NetTcpServer server = loopback.serve(patient, b -> b.endpoint("net.tcp://localhost:0/service", Loopback::echo));
        NetTcpClient client = loopback.connect(NetTcpClient.builder(server.address(), patient));

        Message first = Waiting.result("a reply", client.requestAsync(message("urn:echo", "first")));
        assertThat(Loopback.textOf(first)).isEqualTo("first");
        assertEchoes(client, "second");
        client.send(message("urn:note", "third"));
        client.close();
        server.close();

        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void aMessageThatNobodyReadsIsATimeoutAndEndsTheSession() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        NetTcpServer server = loopback.serve(
                Loopback.builder().maxReceivedMessageSize(64 << 20).build(),
                b -> b.endpoint("net.tcp://localhost:0/service", (request, session) -> {
                    release.await();
                    return null;
                }));
        NetTcpClient client = loopback.connect(impatient(server, SHORT));
        MessageSession session = client.open();
        String megabyte = "x".repeat(1 << 20);

        NetTcpException e = catchThrowableOfType(NetTcpException.class, () -> {
            for (int i = 0; i < 200; i++) {
                client.send(message("urn:note", megabyte));
            }
        });

        assertThat(e.layer()).isEqualTo(NetTcpException.Layer.TIMEOUT);
        Waiting.until("the session to be over", () -> session.ended().isCompletedExceptionally());
        release.countDown();
    }

    @Test
    void case144_aMessageOverTheServersLimitIsRefusedWithTheFault() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.builder().maxReceivedMessageSize(10_000).build(),
                b -> b.endpoint("net.tcp://localhost:0/service", Loopback::echo));
        NetTcpClient client = loopback.connect(server);

        assertThatThrownBy(() -> client.request(message("urn:echo", "x".repeat(10_001))))
                .isInstanceOfSatisfying(NetTcpException.class, e -> {
                    assertThat(e.layer()).isEqualTo(NetTcpException.Layer.QUOTA);
                    assertThat(e.framingFault()).contains(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED.uri());
                });
        assertEchoes(client, "in another session");
    }

    @Test
    void aReplyOverTheClientsLimitIsAnError() throws Exception {
        NetTcpServer server = loopback.serve((request, session) -> message("urn:reply", "x".repeat(10_001)));
        NetTcpClient client = loopback.connect(NetTcpClient.builder(
                server.address(),
                Loopback.builder().maxReceivedMessageSize(10_000).build()));

        assertThatThrownBy(() -> client.request(message("urn:a", "")))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(NetTcpException.Layer.QUOTA))
                .hasMessageContaining("10000");
    }

    @Test
    void aQuotaOfTheReaderIsADeserializationFault() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.builder()
                        .readerQuotas(new ReaderQuotas().maxStringContentLength(100))
                        .build(),
                b -> b.endpoint(
                        "net.tcp://localhost:0/service",
                        (request, session) -> message("urn:r", Loopback.textOf(request))));

        SoapFaultException e = catchThrowableOfType(
                SoapFaultException.class, () -> loopback.connect(server).request(message("urn:a", "x".repeat(101))));

        assertThat(e.fault().is(FaultCodes.DESERIALIZATION_FAILED)).isTrue();
    }
}
