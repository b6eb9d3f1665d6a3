package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestReplyTest {
    static final ElementName TEXT = ElementName.of("urn:test", "text");
    static final NetTcpBinding BINDING =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private final MessageHandler service = Operations.of(Map.of(
            "urn:echo", (request, session) -> Message.of("urn:echoResponse", request::writeBody),
            "urn:empty", (request, session) -> Message.empty("urn:emptyResponse")));

    private NetTcpServer server;
    private NetTcpClient client;

    static Message text(String action, String text) {
        return Message.of(action, out -> TEXT.write(out, text));
    }

    @BeforeEach
    void open() throws Exception {
        server = NetTcpServer.open("net.tcp://localhost:0/echo", BINDING, service);
        client = NetTcpClient.to(server.address(), BINDING);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void aRequestIsAnswered() throws Exception {
        Message reply = client.request(text("urn:echo", "hello"));

        assertThat(reply.action()).isEqualTo("urn:echoResponse");
        assertThat(reply.body().getElementText()).isEqualTo("hello");
    }

    @Test
    void anEmptyRequestGetsAnEmptyReply() throws Exception {
        assertThat(client.request(Message.empty("urn:empty")).isEmpty()).isTrue();
    }

    @Test
    void aThousandRequestsAreUnderWayAtOnce() throws Exception {
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            replies.add(client.requestAsync(text("urn:echo", "n" + i)));
        }
        for (int i = 0; i < 1000; i++) {
            Message reply = replies.get(i).get(20, TimeUnit.SECONDS);
            assertThat(reply.body().getElementText()).isEqualTo("n" + i);
        }
    }

    @Test
    void anUnknownActionIsRefusedAndTheNextCallHasANewSession() throws Exception {
        MessageSession first = client.open();
        assertThatThrownBy(() -> client.request(text("urn:unknown", "x")))
                .isInstanceOfSatisfying(SoapFaultException.class, e -> {
                    assertThat(e.fault().is(dev.nettcp.soap.FaultCodes.ACTION_NOT_SUPPORTED))
                            .isTrue();
                    assertThat(e.action()).isEqualTo(dev.nettcp.soap.FaultCodes.ADDRESSING_FAULT_ACTION);
                });

        first.ended().get(20, TimeUnit.SECONDS);
        assertThat(client.request(text("urn:echo", "again")).body().getElementText())
                .isEqualTo("again");
    }
}
