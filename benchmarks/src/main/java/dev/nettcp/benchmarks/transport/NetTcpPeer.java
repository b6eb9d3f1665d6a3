package dev.nettcp.benchmarks.transport;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.Operations;
import dev.nettcp.binding.ReaderQuotas;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.soap.BinaryContent;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/**
 * Client and server of this project, as a user writes them: the message {@code <Echo><data>bytes</data></Echo>} with WS-Addressing in binary XML,
 * a session for each connection, handlers on the default executor.
 */
class NetTcpPeer implements Peer {

    private static final String NAMESPACE = "http://nettcp.dev/benchmarks";
    private static final String ECHO = NAMESPACE + "/Echo";
    private static final String UPLOAD = NAMESPACE + "/Upload";
    private static final ElementName REQUEST = ElementName.of(NAMESPACE, "Echo");
    private static final ElementName REPLY = REQUEST.sibling("EchoResponse");
    private static final ElementName DATA = REQUEST.sibling("data");

    private static final int LARGEST_BUFFERED = 1 << 20;
    private static final int MOST_SESSIONS = 20_000;
    private static final int MOST_CALLS = 256;

    private final TransferMode mode;

    NetTcpPeer(TransferMode mode) {
        this.mode = mode;
    }

    /** The binding of the server; more of it than the defaults, as none of the others has limits. */
    NetTcpBinding serverBinding(Path certificates) throws IOException {
        return binding().build();
    }

    NetTcpBinding clientBinding(Path certificates) throws IOException {
        return binding().build();
    }

    NetTcpBinding.Builder binding() {
        return NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .transferMode(mode)
                .maxReceivedMessageSize(mode == TransferMode.STREAMED ? Long.MAX_VALUE : LARGEST_BUFFERED)
                .readerQuotas(new ReaderQuotas().maxArrayLength(LARGEST_BUFFERED))
                .sendTimeout(Duration.ofMinutes(10))
                .listenBacklog(256)
                .maxConcurrentSessions(MOST_SESSIONS)
                .maxConcurrentCalls(MOST_CALLS);
    }

    // ---- the server

    @Override
    public Server serve(Path certificates) throws IOException {
        return server(NetTcpServer.open("net.tcp://localhost:0/echo", serverBinding(certificates), handler()));
    }

    static Server server(NetTcpServer server) {
        return new Server() {
            @Override
            public int port() {
                return URI.create(server.address()).getPort();
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }

    private static MessageHandler handler() {
        return Operations.of(Map.of(
                ECHO,
                (request, session) -> message(ECHO + "Response", REPLY, writer(data(request))),
                UPLOAD,
                (request, session) -> {
                    long length = Blocks.check(BinaryContent.read(content(request)));
                    return message(UPLOAD + "Response", REPLY, out -> out.writeLong(length));
                }));
    }

    // ---- the client

    @Override
    public Client connect(Target target, int connections) throws Exception {
        NetTcpBinding binding = clientBinding(target.certificates());
        List<NetTcpClient> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            NetTcpClient client = NetTcpClient.to(address(target), binding);
            client.open();
            clients.add(client);
        }
        return new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) throws Exception {
                return data(clients.get(caller % connections).request(message(ECHO, REQUEST, writer(payload))));
            }

            @Override
            public void close() throws IOException {
                for (NetTcpClient client : clients) {
                    client.close();
                }
            }
        };
    }

    @Override
    public void open(Target target) throws Exception {
        NetTcpClient client = NetTcpClient.to(address(target), clientBinding(target.certificates()));
        client.open();
        client.abort(); // no second session on the connection
    }

    @Override
    public void stream(Target target, long bytes) throws Exception {
        try (NetTcpClient client = NetTcpClient.to(address(target), clientBinding(target.certificates()))) {
            Message reply = client.request(message(UPLOAD, REQUEST, out -> BinaryContent.write(Blocks.of(bytes), out)));
            long read = content(reply).getElementAsLong();
            if (read != bytes) {
                throw new IOException("of " + bytes + " bytes " + read + " arrived");
            }
        }
    }

    static String address(Target target) {
        return "net.tcp://localhost:%d/echo".formatted(target.port());
    }

    // ---- messages

    private static Message message(String action, ElementName name, ContentWriter content) {
        return Message.of(action, out -> {
            name.start(out);
            DATA.start(out);
            content.writeTo(out);
            out.writeEndElement();
            out.writeEndElement();
        });
    }

    private static ContentWriter writer(byte[] bytes) {
        return out -> out.writeBinary(bytes, 0, bytes.length);
    }

    private static byte[] data(Message message) throws XMLStreamException {
        return content(message).getElementAsBinary();
    }

    private static TypedXMLStreamReader content(Message message) throws XMLStreamException {
        TypedXMLStreamReader in = message.body();
        in.nextTag();
        return in;
    }
}
