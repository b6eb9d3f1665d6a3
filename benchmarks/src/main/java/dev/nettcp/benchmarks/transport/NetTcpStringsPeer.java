package dev.nettcp.benchmarks.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/** What the peers on .NET measure: EchoString of their contract ITypes, the same messages with the same names. The payload must be ASCII. */
final class NetTcpStringsPeer extends NetTcpPeer {

    private static final String NAMESPACE = "http://example.org/nettcp/contract";
    private static final String ACTION = NAMESPACE + "/ITypes/EchoString";
    private static final ElementName REQUEST = ElementName.of(NAMESPACE, "EchoString");
    private static final ElementName VALUE = REQUEST.sibling("value");
    private static final ElementName REPLY = REQUEST.sibling("EchoStringResponse");
    private static final ElementName RESULT = REQUEST.sibling("EchoStringResult");

    NetTcpStringsPeer() {
        super(TransferMode.BUFFERED);
    }

    @Override
    public Server serve(Path certificates) throws IOException {
        return server(NetTcpServer.open(
                "net.tcp://localhost:0/echo",
                serverBinding(certificates),
                (request, session) -> message(ACTION + "Response", REPLY, RESULT, text(request))));
    }

    @Override
    public Client connect(Target target, int connections) throws Exception {
        List<NetTcpClient> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            clients.add(NetTcpClient.to(address(target), clientBinding(target.certificates())));
        }
        return new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) throws Exception {
                String text = new String(payload, ISO_8859_1);
                Message reply = clients.get(caller % connections).request(message(ACTION, REQUEST, VALUE, text));
                return text(reply).getBytes(ISO_8859_1);
            }

            @Override
            public void close() throws IOException {
                for (NetTcpClient client : clients) {
                    client.close();
                }
            }
        };
    }

    private static Message message(String action, ElementName name, ElementName child, String text) {
        return Message.of(action, out -> {
            name.start(out);
            child.write(out, text);
            out.writeEndElement();
        });
    }

    private static String text(Message message) throws XMLStreamException {
        TypedXMLStreamReader in = message.body();
        in.nextTag();
        return in.getElementText();
    }
}
