package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.MonoServer;
import dev.nettcp.interop.services.TypesService;
import dev.nettcp.soap.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our client against the WCF of Mono. */
@Timeout(120)
class OurClientAgainstTheMonoServerTest {

    private static final NetTcpBinding BINDING = NetTcpBinding.builder()
            .security(SecurityMode.NONE)
            .maxReceivedMessageSize(1 << 20)
            .build();

    @Test
    void stringsAndBytesComeBackAsTheyWere() throws Exception {
        try (MonoServer server = MonoServer.start("types");
                NetTcpClient client = NetTcpClient.to(server.address(), BINDING)) {
            for (String text : List.of("", "hello", "\u00e9\u4e2d\ud83d\ude00 <&>", "x".repeat(70_000))) {
                Message request = TypesService.request("EchoString", "value", out -> out.writeCharacters(text));
                assertThat(TypesService.result(client.request(request)).getElementText())
                        .isEqualTo(text);
            }
            Counterpart.MONO_SERVER.ran("EchoString (our client)");
            for (int length : List.of(0, 1, 255, 256, 100_000)) {
                byte[] bytes = TypesService.payload(length);
                Message request =
                        TypesService.request("EchoBytes", "value", out -> out.writeBinary(bytes, 0, bytes.length));
                assertThat(TypesService.result(client.request(request)).getElementAsBinary())
                        .isEqualTo(bytes);
            }
            Counterpart.MONO_SERVER.ran("EchoBytes (our client)");
        }
    }
}
