package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLStreamException;

/** Servers on free ports and their clients, closed with this object. */
final class Loopback implements AutoCloseable {
    static final ElementName TEXT = ElementName.of("urn:test", "text");

    private final List<NetTcpServer> servers = new ArrayList<>();
    private final List<NetTcpClient> clients = new ArrayList<>();

    static NetTcpBinding.Builder builder() {
        return NetTcpBinding.builder().security(SecurityMode.NONE);
    }

    static NetTcpBinding binding() {
        return builder().build();
    }

    NetTcpServer serve(MessageHandler handler) throws Exception {
        return serve(binding(), server -> server.endpoint("net.tcp://localhost:0/service", handler));
    }

    NetTcpServer serve(NetTcpBinding binding, UnaryOperator<NetTcpServer.Builder> setUp) throws Exception {
        NetTcpServer server = setUp.apply(NetTcpServer.builder(binding)).open();
        servers.add(server);
        return server;
    }

    NetTcpClient connect(NetTcpServer server) {
        return connect(NetTcpClient.builder(server.address(), binding()));
    }

    NetTcpClient connect(NetTcpClient.Builder builder) {
        NetTcpClient client = builder.build();
        clients.add(client);
        return client;
    }

    /** A message with a text in its body. */
    static Message message(String action, String text) {
        return Message.of(action, out -> TEXT.write(out, text));
    }

    /** The text in the body of a message. */
    static String textOf(Message message) throws XMLStreamException {
        return message.body().getElementText();
    }

    /** Answers every request with its own body. */
    static Message echo(Message request, MessageSession session) {
        return Message.of(request.action() + "Response", request::writeBody);
    }

    static void assertEchoes(NetTcpClient client, String text) throws Exception {
        assertThat(textOf(client.request(message("urn:echo", text)))).isEqualTo(text);
    }

    /** Reads the preamble of a client of {@code net.tcp://localhost:port/x}, whose port has five digits, and acknowledges it. */
    static void acknowledge(ScriptedPeer client) {
        String via = "net.tcp://localhost:" + client.localAddress().getPort() + "/x";
        client.receives(3 + 2 + 2 + via.length() + 2 + 1);
        client.sends("0b");
    }

    /** The only session of the server. */
    static MessageSession session(NetTcpServer server) {
        Waiting.until("a session at the server", () -> server.sessions().size() == 1);
        return server.sessions().iterator().next();
    }

    @Override
    public void close() {
        clients.forEach(NetTcpClient::abort);
        servers.forEach(NetTcpServer::close);
    }
}
