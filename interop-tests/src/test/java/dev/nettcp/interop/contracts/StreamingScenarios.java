package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.interop.services.StreamingService;
import dev.nettcp.interop.services.StreamingService.Pattern;
import dev.nettcp.soap.BinaryContent;
import dev.nettcp.soap.Message;
import java.util.List;
import java.util.Map;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/** The contract IStreaming. */
final class StreamingScenarios {

    private static final String ENDPOINT = "/streaming";

    private StreamingScenarios() {}

    static Map<String, Scenario> all() {
        Scenario.Names names = new Scenario.Names()
                .add("streamed-string", streamed(client -> echoes(client, "hello")))
                .add("streamed-two-calls", streamed(client -> {
                    echoes(client, "a");
                    echoes(client, "b");
                }))
                .add("streamed-declared-fault", streamed(StreamingScenarios::fault));
        for (int size : List.of(0, 1000, 20_000, 1 << 20, 16 << 20)) {
            names.add("streamed-download-" + size, streamed(client -> download(client, size)))
                    .add("streamed-upload-" + size, streamed(client -> upload(client, size)))
                    .add("streamed-echo-" + size, streamed(client -> echo(client, size)));
        }
        return names.all();
    }

    private static Scenario streamed(OurClient.Calls calls) {
        return client -> client.streamed(ENDPOINT, calls);
    }

    private static void echoes(NetTcpClient client, String text) throws Exception {
        try (Message reply =
                client.request(StreamingService.request("EchoString", "value", out -> out.writeCharacters(text)))) {
            assertThat(StreamingService.argument(reply).getElementText()).isEqualTo(text);
        }
    }

    private static void download(NetTcpClient client, long size) throws Exception {
        try (Message reply =
                client.request(StreamingService.request("Download", "length", out -> out.writeLong(size)))) {
            assertStream(reply, size);
        }
    }

    private static void echo(NetTcpClient client, long size) throws Exception {
        try (Message reply = client.request(StreamingService.request(
                "EchoStream", "content", out -> BinaryContent.write(new Pattern(size), out)))) {
            assertStream(reply, size);
        }
    }

    private static void assertStream(Message reply, long size) throws Exception {
        assertThat(StreamingService.sha1(StreamingService.stream(reply)))
                .isEqualTo(StreamingService.sha1(new Pattern(size)));
    }

    private static void upload(NetTcpClient client, long size) throws Exception {
        try (Message reply = client.request(StreamingService.upload("f.bin", new Pattern(size)))) {
            TypedXMLStreamReader result = StreamingService.argument(reply);
            assertThat(result.getElementText()).isEqualTo("f.bin");
            result.nextTag();
            String length = result.getElementText();
            result.nextTag();
            assertThat(length + " " + result.getElementText()).isEqualTo(StreamingService.sha1(new Pattern(size)));
        }
    }

    private static void fault(NetTcpClient client) {
        assertThatThrownBy(() -> client.request(StreamingService.divide(1, 0)))
                .isInstanceOfSatisfying(SoapFaultException.class, fault -> {
                    assertThat(fault.action()).endsWith("DivideValidationFault");
                    assertThat(fault.fault().detail()).isPresent();
                });
    }
}
