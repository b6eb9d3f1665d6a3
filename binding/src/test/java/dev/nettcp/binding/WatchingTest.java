package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.KeepAlive;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.TransportEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a server and a client tell of their connections and sessions. */
class WatchingTest {

    private static final NetTcpBinding BINDING =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private final List<TransportEvent> atServer = new CopyOnWriteArrayList<>();
    private final List<TransportEvent> atClient = new CopyOnWriteArrayList<>();
    private final CompletableFuture<MessageSession> accepted = new CompletableFuture<>();

    @Test
    void aListenerOfEachSideIsToldOfTheSession() throws Exception {
        try (NetTcpServer server = server()) {
            try (NetTcpClient client = client(server)) {
                client.request(Message.empty("urn:do")).close();
            }
        }
        for (List<TransportEvent> events : List.of(atServer, atClient)) {
            Waiting.until(
                    "the session has ended",
                    () -> events.stream()
                            .anyMatch(event -> event instanceof TransportEvent.SessionEnded ended
                                    && ended.failure().isEmpty()
                                    && ended.totals().envelopesReceived() == 1
                                    && ended.totals().envelopesSent() == 1));
        }
    }

    @Test
    void bothSidesAreToldThatASessionIsClosed() throws Exception {
        CompletableFuture<String> server = new CompletableFuture<>();
        CompletableFuture<String> client = new CompletableFuture<>();
        try (NetTcpServer serving = server()) {
            try (NetTcpClient calling = client(serving)) {
                calling.request(Message.empty("urn:do")).close();
                tell(Waiting.result("accepted", accepted), server);
                tell(calling.open(), client);
            }
            assertThat(Waiting.result("the server knows", server)).isEqualTo("closed");
            assertThat(Waiting.result("the client knows", client)).isEqualTo("closed");
        }
    }

    @Test
    void bothSidesAreToldThatASessionIsFaulted() throws Exception {
        CompletableFuture<String> server = new CompletableFuture<>();
        CompletableFuture<String> client = new CompletableFuture<>();
        try (NetTcpServer serving = server();
                NetTcpClient calling = client(serving)) {
            calling.request(Message.empty("urn:do")).close();
            tell(Waiting.result("accepted", accepted), server);
            tell(calling.open(), client);
            calling.abort();
            assertThat(Waiting.result("the server knows", server)).isEqualTo("faulted by NetTcpException");
            assertThat(Waiting.result("the client knows", client)).isEqualTo("faulted by NetTcpException");
        }
    }

    private static void tell(MessageSession session, CompletableFuture<String> told) {
        session.onClosed(() -> told.complete("closed"));
        session.onFaulted(
                failure -> told.complete("faulted by " + failure.getClass().getSimpleName()));
    }

    private NetTcpServer server() throws Exception {
        return NetTcpServer.builder(BINDING)
                .endpoint("net.tcp://127.0.0.1:0/watched", (message, session) -> {
                    accepted.complete(session);
                    return Message.empty("urn:done");
                })
                .transportListener(atServer::add)
                .keepAlive(new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(5), 3))
                .open();
    }

    private NetTcpClient client(NetTcpServer server) {
        return NetTcpClient.builder(server.address(), BINDING)
                .transportListener(atClient::add)
                .keepAlive(new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(5), 3))
                .build();
    }
}
