package dev.nettcp.examples;

import dev.nettcp.nbfx.Quotas;
import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.soap.EncodedMessage;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.UniqueId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.xml.stream.XMLStreamException;

/** Calls a WCF service that speaks binary XML over HTTP, {@code application/soap+msbin1}; see {@link BinaryHttpServer}. */
public final class BinaryHttpClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    public BinaryHttpClient(URI address) {
        this.address = address;
    }

    /** The reply, which may be a fault. */
    public Message request(Message message) throws IOException, InterruptedException, XMLStreamException {
        BinaryMessageEncoder encoder = BinaryMessageEncoder.sessionless(Quotas.BUFFERED);
        try (EncodedMessage encoded = encoder.encode(addressed(message))) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofMinutes(1))
                    .header("Content-Type", encoder.contentType())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(encoded.toByteArray()))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            String contentType = response.headers().firstValue("Content-Type").orElse("nothing");
            if (!contentType.equals(encoder.contentType())) {
                throw new IOException("%s answered with status %d and %s instead of %s"
                        .formatted(address, response.statusCode(), contentType, encoder.contentType()));
            }
            return encoder.decode(response.body());
        }
    }

    private Message addressed(Message message) {
        return message.withAddressing(
                new Addressing(message.action(), UniqueId.next(), null, Namespaces.ANONYMOUS, address.toString()));
    }
}
