package dev.nettcp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of {@code application/soap+msbin1} over HTTP, running. */
class BinaryHttpTest {
    private static final ElementName NAME = ElementName.of("urn:hello", "name");

    private BinaryHttpServer server;
    private URI address;

    @BeforeEach
    void aServiceThatGreets() throws IOException {
        server = BinaryHttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "/hello", BinaryHttpTest::greet);
        address = URI.create("http://localhost:" + server.address().getPort() + "/hello");
    }

    @AfterEach
    void stopIt() {
        server.close();
    }

    private static Message greet(Message request) throws XMLStreamException {
        if (!request.action().equals("urn:hello")) {
            return Message.fault(
                    FaultCodes.ADDRESSING_FAULT_ACTION,
                    SoapFault.sender("No operation has this action.").withSubcode(FaultCodes.ACTION_NOT_SUPPORTED));
        }
        String who = request.body().getElementText();
        return Message.of("urn:helloResponse", out -> NAME.write(out, "Hello, " + who + "!"));
    }

    @Test
    void aRequestIsAnsweredByAReplyThatRelatesToIt() throws Exception {
        Message reply = new BinaryHttpClient(address).request(Message.of("urn:hello", out -> NAME.write(out, "Ada")));

        assertThat(reply.action()).isEqualTo("urn:helloResponse");
        assertThat(reply.relatesTo()).isPresent();
        assertThat(reply.body().getElementText()).isEqualTo("Hello, Ada!");
    }

    @Test
    void aFaultComesWithStatus500AndIsAMessage() throws Exception {
        Message reply = new BinaryHttpClient(address).request(Message.empty("urn:bye"));

        assertThat(reply.isFault()).isTrue();
        assertThat(reply.fault().is(FaultCodes.ACTION_NOT_SUPPORTED)).isTrue();
    }

    @Test
    void aBodyThatIsNotWhatTheOperationExpectsIsTheClientsFault() throws Exception {
        Message reply = new BinaryHttpClient(address).request(Message.of("urn:hello", out -> {
            NAME.start(out);
            NAME.write(out, "nested");
            out.writeEndElement();
        }));

        assertThat(reply.fault().is(FaultCodes.DESERIALIZATION_FAILED)).isTrue();
    }

    @Test
    void whatIsNotBinaryXmlIsRefusedByHttp() throws Exception {
        assertThat(status("text/xml", "3c612f3e")).isEqualTo(415);
        assertThat(status("application/soap+msbin1", "ffff")).isEqualTo(400);
        assertThat(status("application/soap+msbin1", "00".repeat(65_537))).isEqualTo(413);
        assertThatThrownBy(() -> new BinaryHttpClient(address.resolve("/elsewhere")).request(Message.empty("urn:x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answered with status 404 and ");
    }

    private int status(String contentType, String hex) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(HexFormat.of().parseHex(hex)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
