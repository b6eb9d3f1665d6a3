package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.message;
import static dev.nettcp.binding.Loopback.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.SoapFault;
import dev.nettcp.testkit.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallingBackTest {
    private final Loopback loopback = new Loopback();
    private final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        loopback.close();
    }

    private @Nullable Message remember(Message message, MessageSession session) throws Exception {
        pushed.add(textOf(message));
        return null;
    }

    private NetTcpClient connect(NetTcpServer server, MessageHandler onMessage) {
        return loopback.connect(
                NetTcpClient.builder(server.address(), Loopback.binding()).onMessage(onMessage));
    }

    @Test
    void theServerPushesInOrder() throws Exception {
        NetTcpServer server = loopback.serve((request, session) -> {
            for (int i = 0; i < 500; i++) {
                session.send(message("urn:pushed", "p" + i));
            }
            return Loopback.echo(request, session);
        });

        connect(server, this::remember).request(message("urn:push", "go"));

        for (int i = 0; i < 500; i++) {
            assertThat(pushed.take()).isEqualTo("p" + i);
        }
    }

    @Test
    void theServerPushesWithoutBeingAsked() throws Exception {
        NetTcpServer server = loopback.serve(Loopback::echo);
        connect(server, this::remember).open();

        Loopback.session(server).sendAsync(message("urn:pushed", "news"));

        assertThat(pushed.take()).isEqualTo("news");
    }

    @Test
    void theServerCallsTheClientFromInsideAnOperation() throws Exception {
        NetTcpServer server = loopback.serve((request, session) -> {
            String answer = textOf(session.request(message("urn:question", "name?")));
            return message("urn:greeting", "hello " + answer);
        });
        NetTcpClient client = connect(server, (question, session) -> message("urn:answer", "Ann"));

        assertThat(textOf(client.request(message("urn:greet", "")))).isEqualTo("hello Ann");
    }

    @Test
    void aCallBackHasTheAddressingHeadersOfWcf() throws Exception {
        BlockingQueue<Addressing> seen = new LinkedBlockingQueue<>();
        NetTcpServer server = loopback.serve((request, session) -> {
            seen.add(session.request(message("urn:question", "")).addressing());
            return Message.empty("urn:done");
        });
        NetTcpClient client = connect(server, (question, session) -> {
            seen.add(question.addressing());
            return Message.empty("urn:answer");
        });

        client.request(message("urn:ask", ""));

        Addressing question = seen.take();
        assertThat(question.replyTo()).isEqualTo(server.address());
        assertThat(question.to()).isEqualTo(Namespaces.ANONYMOUS);
        assertThat(seen.take())
                .isEqualTo(new Addressing("urn:answer", null, question.messageId(), null, server.address()));
    }

    /** Counts down by calling the other side, which counts down by calling this one. */
    private static Message countDown(Message request, MessageSession session) throws Exception {
        int left = Integer.parseInt(textOf(request));
        String rest = left == 0 ? "." : textOf(session.request(message("urn:down", left - 1 + "")));
        return message("urn:up", left + rest);
    }

    @Test
    void callsInsideOfCallsInsideOfCallsNeverWaitForEachOther() throws Exception {
        NetTcpServer server = loopback.serve(CallingBackTest::countDown);
        NetTcpClient client = connect(server, CallingBackTest::countDown);

        assertThat(textOf(client.request(message("urn:down", "9")))).isEqualTo("9876543210.");
    }

    @Test
    void callsInsideOfCallsOfManySessionsNeverWaitForAThread() throws Exception {
        NetTcpServer server = loopback.serve(CallingBackTest::countDown);
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            replies.add(connect(server, CallingBackTest::countDown).requestAsync(message("urn:down", "9")));
        }
        for (CompletableFuture<Message> reply : replies) {
            assertThat(textOf(Waiting.result("a reply", reply))).isEqualTo("9876543210.");
        }
    }

    @Test
    void whatArrivesWhileAHandlerWaitsIsHandledMeanwhile() throws Exception {
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        NetTcpServer server = loopback.serve((request, session) -> {
            steps.add("begin " + textOf(request));
            if (request.action().equals("urn:ask")) {
                session.request(message("urn:question", ""));
                steps.add("go on");
            }
            return Message.empty("urn:done");
        });
        NetTcpClient client = connect(server, (question, session) -> {
            session.requestAsync(message("urn:other", "meanwhile"));
            return Message.empty("urn:answer");
        });

        client.request(message("urn:ask", "first"));

        Waiting.until("three steps", () -> steps.size() == 3); // nobody waits for the reply to "meanwhile"
        assertThat(steps).containsExactlyInAnyOrder("begin first", "begin meanwhile", "go on");
    }

    @Test
    void aClientWithoutHandlerRefusesCallsAndStaysConnected() throws Exception {
        NetTcpServer server = loopback.serve((request, session) -> {
            assertThatThrownBy(() -> session.request(message("urn:question", "")))
                    .isInstanceOfSatisfying(
                            SoapFaultException.class,
                            e -> assertThat(e.fault().is(FaultCodes.ACTION_NOT_SUPPORTED))
                                    .isTrue());
            return Loopback.echo(request, session);
        });
        NetTcpClient client = loopback.connect(server);

        Loopback.assertEchoes(client, "one");
        Loopback.assertEchoes(client, "two");
        assertThat(server.sessions()).hasSize(1);
    }

    @Test
    void aCallBackThatFailsIsTheServersToHandle() throws Exception {
        NetTcpServer server = loopback.serve((request, session) -> {
            try {
                return session.request(message("urn:question", ""));
            } catch (SoapFaultException e) {
                return message("urn:sorry", e.fault().reason());
            }
        });
        NetTcpClient client = connect(server, (question, session) -> {
            throw new SoapFaultException(SoapFault.sender("not today"));
        });

        assertThat(textOf(client.request(message("urn:ask", "")))).isEqualTo("not today");
    }
}
