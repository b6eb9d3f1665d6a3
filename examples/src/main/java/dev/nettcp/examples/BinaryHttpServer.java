package dev.nettcp.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nettcp.nbfx.Quotas;
import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.soap.EncodedMessage;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.InvalidMessageException;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/**
 * Binary XML over HTTP: what a WCF client with {@code <binaryMessageEncoding/>} and {@code <httpTransport/>} in its custom binding
 * calls. One POST is one message, without a session:
 *
 * <pre>
 *   POST /hello HTTP/1.1                          HTTP/1.1 200 OK         (500 with a fault)
 *   Content-Type: application/soap+msbin1         Content-Type: application/soap+msbin1
 *
 *   56 02 0b 01 73 04 …                           56 02 0b 01 73 04 …
 * </pre>
 *
 * <p>The action is in the message's headers; HTTP has none.
 */
public final class BinaryHttpServer implements AutoCloseable {
    /** WCF's {@code maxReceivedMessageSize} when nothing is configured. */
    private static final int MAX_MESSAGE = 65_536;

    private final HttpServer server;
    private final Operation operation;

    /** What the service does. */
    public interface Operation {
        /** The reply to a request. */
        Message reply(Message request) throws XMLStreamException;
    }

    private BinaryHttpServer(HttpServer server, Operation operation) {
        this.server = server;
        this.operation = operation;
    }

    /** Serves a path; port 0: any free one. */
    public static BinaryHttpServer start(InetSocketAddress address, String path, Operation operation)
            throws IOException {
        BinaryHttpServer started = new BinaryHttpServer(HttpServer.create(address, 0), operation);
        started.server.createContext(path, started::serve);
        started.server.start();
        return started;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            if (!isBinary(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                exchange.sendResponseHeaders(415, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MAX_MESSAGE + 1);
            if (body.length > MAX_MESSAGE) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            answer(exchange, body);
        }
    }

    private static boolean isBinary(String contentType) {
        return contentType != null
                && contentType
                        .toLowerCase(Locale.ROOT)
                        .split(";", 2)[0]
                        .strip()
                        .equals(BinaryMessageEncoder.SESSIONLESS);
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        BinaryMessageEncoder encoder = BinaryMessageEncoder.sessionless(Quotas.BUFFERED);
        try {
            Message request = encoder.decode(body);
            Message reply = reply(request);
            try (EncodedMessage encoded = encoder.encode(relatedTo(request, reply))) {
                exchange.getResponseHeaders().set("Content-Type", encoder.contentType());
                exchange.sendResponseHeaders(reply.isFault() ? 500 : 200, encoded.size());
                exchange.getResponseBody().write(encoded.toByteArray());
            }
        } catch (InvalidMessageException e) {
            exchange.sendResponseHeaders(400, -1); // no message, so there is nothing to reply to
        } catch (XMLStreamException e) {
            throw new IOException("the reply cannot be written", e);
        }
    }

    private Message reply(Message request) {
        try {
            return operation.reply(request);
        } catch (XMLStreamException e) {
            return Message.fault(
                    FaultCodes.DISPATCHER_FAULT_ACTION,
                    SoapFault.sender("The body is not what the operation expects.")
                            .withSubcode(FaultCodes.DESERIALIZATION_FAILED));
        }
    }

    private static Message relatedTo(Message request, Message reply) {
        return reply.withAddressing(
                new Addressing(reply.action(), null, request.messageId().orElse(null), null, null));
    }

    /** Stops it at once. */
    @Override
    public void close() {
        server.stop(0);
    }
}
