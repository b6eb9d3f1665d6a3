package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.assertEchoes;
import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.UniqueId;
import dev.nettcp.testkit.Waiting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestReplyTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aRequestIsAnswered() throws Exception {
        NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));

        Message reply = client.request(message("urn:echo", "hello"));

        assertThat(reply.action()).isEqualTo("urn:echoResponse");
        assertThat(textOf(reply)).isEqualTo("hello");
    }

    @Test
    void anEmptyRequestGetsAnEmptyReply() throws Exception {
        NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));

        assertThat(client.request(Message.empty("urn:nothing")).isEmpty()).isTrue();
    }

    @Test
    void messagesHaveTheAddressingHeadersOfWcf() throws Exception {
        BlockingQueue<Addressing> seen = new LinkedBlockingQueue<>();
        NetTcpServer server = loopback.serve((request, session) -> {
            seen.add(request.addressing());
            return request.messageId().isPresent() ? Loopback.echo(request, session) : null;
        });
        NetTcpClient client = loopback.connect(server);

        client.send(message("urn:note", "x"));
        Message reply = client.request(message("urn:echo", "x"));

        assertThat(seen.take()).isEqualTo(new Addressing("urn:note", null, null, null, server.address()));
        Addressing request = seen.take();
        assertThat(request.replyTo()).isEqualTo(Namespaces.ANONYMOUS);
        assertThat(request.to()).isEqualTo(server.address());
        assertThat(reply.addressing())
                .isEqualTo(new Addressing("urn:echoResponse", null, request.messageId(), null, Namespaces.ANONYMOUS));
    }

    @Test
    void anIdOfTheCallersOwnIsKept() throws Exception {
        NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));
        UniqueId id = UniqueId.parse("urn:mine");

        Message reply = client.request(
                message("urn:echo", "x").withAddressing(new Addressing("urn:echo", id, null, null, null)));

        assertThat(reply.relatesTo()).contains(id);
    }

    @Test
    void aThousandRequestsAreUnderWayAtOnce() throws Exception {
        NetTcpClient client = loopback.connect(loopback.serve(Loopback::echo));
        List<CompletableFuture<Message>> replies = new ArrayList<>();

        for (int i = 0; i < 1000; i++) {
            replies.add(client.requestAsync(message("urn:echo", "n" + i)));
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(textOf(Waiting.result("reply " + i, replies.get(i)))).isEqualTo("n" + i);
        }
    }

    @Test
    void manyThreadsShareOneClient() throws Exception {
        NetTcpServer server = loopback.serve(Loopback::echo);
        NetTcpClient client = loopback.connect(server);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                String name = "t" + t + "-";
                callers.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        assertEchoes(client, name + i);
                    }
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.sessions()).hasSize(1);
    }

    @Test
    void theMessagesOfOneSessionAreHandledInOrderAndOneAtATime() throws Exception {
        List<String> handled = new ArrayList<>(); // not thread-safe, which is the point
        NetTcpServer server = loopback.serve((request, session) -> {
            handled.add(textOf(request));
            return request.messageId().isPresent() ? Message.empty("urn:done") : null;
        });
        NetTcpClient client = loopback.connect(server);

        for (int i = 0; i < 200; i++) {
            client.sendAsync(message("urn:note", "n" + i));
        }
        client.request(message("urn:done", "last"));

        assertThat(handled).hasSize(201).endsWith("n198", "n199", "last");
        assertThat(handled.indexOf("n100")).isEqualTo(100);
    }

    @Test
    void differentSessionsAreHandledAtTheSameTime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        NetTcpServer server = loopback.serve((request, session) -> {
            both.countDown();
            both.await();
            return Loopback.echo(request, session);
        });

        CompletableFuture<Message> first = loopback.connect(server).requestAsync(message("urn:a", "1"));
        CompletableFuture<Message> second = loopback.connect(server).requestAsync(message("urn:a", "2"));

        assertThat(textOf(Waiting.result("the first reply", first))).isEqualTo("1");
        assertThat(textOf(Waiting.result("the second reply", second))).isEqualTo("2");
    }

    @Test
    void handlersRunWhereTheUserSays() throws Exception {
        Set<String> threads = new HashSet<>();
        ExecutorService own = Executors.newSingleThreadExecutor(work -> new Thread(work, "own"));
        try {
            NetTcpServer server = loopback.serve(
                    Loopback.binding(),
                    builder -> builder.executor(own).endpoint("net.tcp://localhost:0/service", (request, session) -> {
                        threads.add(Thread.currentThread().getName());
                        return Loopback.echo(request, session);
                    }));

            assertEchoes(loopback.connect(server), "x");
            assertThat(threads).containsExactly("own");
        } finally {
            own.shutdown();
        }
    }

    @Test
    void handlersMayRunOnTheThreadsThatCarryTheConnections() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                builder -> builder.executor(Runnable::run).endpoint("net.tcp://localhost:0/service", Loopback::echo));
        NetTcpClient client = loopback.connect(server);

        assertEchoes(client, "one");
        assertEchoes(client, "two");
    }

    @Test
    void blockingOnAThreadThatCarriesConnectionsIsRefused() throws Exception {
        NetTcpServer server = loopback.serve(
                Loopback.binding(),
                builder -> builder.executor(Runnable::run)
                        .includeExceptionDetailInFaults(true)
                        .endpoint("net.tcp://localhost:0/service", (request, session) -> session.request(request)));

        assertThatThrownBy(() -> loopback.connect(server).request(message("urn:a", "x")))
                .isInstanceOf(SoapFaultException.class)
                .hasMessageContaining("requestAsync");
    }

    @Test
    void aCancelledCallIsForgotten() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        NetTcpClient client = loopback.connect(loopback.serve((request, session) -> {
            cancelled.await();
            return Loopback.echo(request, session);
        }));

        CompletableFuture<Message> call = client.requestAsync(message("urn:echo", "never mind"));
        call.cancel(false);
        cancelled.countDown();

        assertThat(call).isCancelled();
        assertEchoes(client, "next");
    }

    @Test
    void theContractsHeadersTravelBothWays() throws Exception {
        QName ticket = new QName("urn:h", "ticket");
        NetTcpClient client = loopback.connect(loopback.serve((request, session) -> Loopback.echo(request, session)
                .withHeader(request.header(ticket).orElseThrow())));

        Message reply = client.request(message("urn:a", "x").withHeader(Header.of(ticket, "t42")));

        assertThat(reply.header(ticket).orElseThrow().text()).isEqualTo("t42");
    }
}
