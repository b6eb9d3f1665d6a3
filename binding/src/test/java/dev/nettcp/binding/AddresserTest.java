package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.UniqueId;
import org.junit.jupiter.api.Test;

class AddresserTest {
    private static final String SERVICE = "net.tcp://localhost:9000/service";
    private static final UniqueId ID = UniqueId.parse("urn:id");

    private final Addresser client = Addresser.ofClient(SERVICE);
    private final Addresser server = Addresser.ofServer(SERVICE);
    private final Message message = Message.empty("urn:a");

    @Test
    void aClientsMessagesGoToTheService() {
        assertThat(client.oneWay(message).addressing()).isEqualTo(new Addressing("urn:a", null, null, null, SERVICE));
        Addressing request = client.request(message).addressing();
        assertThat(request.messageId()).isNotNull();
        assertThat(request.replyTo()).isEqualTo(Namespaces.ANONYMOUS);
        assertThat(request.to()).isEqualTo(SERVICE);
    }

    @Test
    void aServersMessagesGoToTheOtherEndOfTheSession() {
        assertThat(server.oneWay(message).addressing())
                .isEqualTo(new Addressing("urn:a", null, null, null, Namespaces.ANONYMOUS));
        Addressing request = server.request(message).addressing();
        assertThat(request.replyTo()).isEqualTo(SERVICE);
        assertThat(request.to()).isEqualTo(Namespaces.ANONYMOUS);
    }

    @Test
    void aReplyNamesItsRequest() {
        Message request = message.withAddressing(new Addressing("urn:a", ID, null, null, null));

        assertThat(server.reply(message, request).addressing())
                .isEqualTo(new Addressing("urn:a", null, ID, null, Namespaces.ANONYMOUS));
        assertThat(client.reply(message, request).addressing())
                .isEqualTo(new Addressing("urn:a", null, ID, null, SERVICE));
    }

    @Test
    void whatIsSetIsKept() {
        Addressing own = new Addressing("urn:a", ID, null, "urn:reply", "urn:to");

        assertThat(client.request(message.withAddressing(own)).addressing()).isEqualTo(own);
    }
}
