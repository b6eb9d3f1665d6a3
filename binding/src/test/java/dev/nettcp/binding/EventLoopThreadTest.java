package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Waiting;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With {@code Runnable::run} as executor, handlers run on the threads that carry the connections, and nothing may block there. */
class EventLoopThreadTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    /** Runs it in a handler of a server that has no threads of its own. */
    private void assertRefused(String method, ThrowingCallable call) throws Exception {
        CompletableFuture<Void> refused = new CompletableFuture<>();
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                b -> b.executor(Runnable::run).endpoint("net.tcp://localhost:0/service", (request, session) -> {
                    if (request.action().equals("urn:block")) {
                        assertThatThrownBy(call)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining(method + " blocks and was called on a thread that carries");
                        refused.complete(null);
                    }
                    return Loopback.echo(request, session);
                }));
        NetTcpClient client = loopback.connect(server);

        client.request(message("urn:block", ""));

        assertThat(refused).isDone();
        assertEchoes(client, "still here");
    }

    @Test
    void aClientCannotBeUsedThereInAWayThatBlocks() throws Exception {
        NetTcpClient other = loopback.connect(loopback.serve(Loopback::echo));

        assertRefused("request", () -> other.request(message("urn:echo", "")));
        assertRefused("send", () -> other.send(message("urn:echo", "")));
        assertRefused("open", other::open);
        assertRefused("close", other::close);
        assertEchoes(other, "not closed");
    }

    @Test
    void aServerCannotBeUsedThereInAWayThatBlocks() throws Exception {
        NetTcpServer other = loopback.serve(Loopback::echo);

        assertRefused("close", other::close);
        assertRefused("awaitClosed", other::awaitClosed);
        assertRefused("open", () -> NetTcpServer.open("net.tcp://localhost:0/x", Loopback.binding(), Loopback::echo));
        assertEchoes(loopback.connect(other), "not closed");
    }

    @Test
    void aClientThatIsToldGoodbyeEndsItsSessionThere() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        NetTcpServer server = loopback.serve((request, session) -> {
            session.send(message("urn:bye", ""));
            return Loopback.echo(request, session);
        });
        NetTcpClient client = loopback.connect(NetTcpClient.builder(server.address(), Loopback.binding())
                .executor(Runnable::run)
                .onMessage((bye, session) -> {
                    session.close().thenRun(() -> ended.complete(null));
                    return null;
                }));

        assertEchoes(client, "one");

        Waiting.result("the end of the session", ended);
    }
}
