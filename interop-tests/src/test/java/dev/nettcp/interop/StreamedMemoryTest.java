package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.interop.services.StreamingService;
import dev.nettcp.interop.services.StreamingService.Pattern;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import java.io.InputStream;
import java.time.Duration;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages many times as large as the memory of client and server together. */
@Timeout(300)
class StreamedMemoryTest {

    private static final long SIZE = 256L << 20;

    @Test
    void messagesOf256MebibytesPassThroughAProcessOf32() {
        try (ChildProcess both = JavaProcess.of(Both.class)
                .jvmOptions("-Xmx32m", "-XX:MaxDirectMemorySize=16m")
                .start()) {
            both.awaitLine(Duration.ofSeconds(200), line -> line.equals("DONE " + SIZE + " " + SIZE));
            assertThat(both.awaitExit(Duration.ofSeconds(60))).isZero();
        }
    }

    /** A client and a server in one process. */
    public static final class Both {

        private Both() {}

        public static void main(String[] arguments) throws Exception {
            NetTcpBinding binding = NetTcpBinding.builder()
                    .security(SecurityMode.NONE)
                    .transferMode(TransferMode.STREAMED)
                    .maxReceivedMessageSize(2 * SIZE)
                    .sendTimeout(Duration.ofMinutes(10))
                    .build();
            try (NetTcpServer server =
                            NetTcpServer.open("net.tcp://localhost:0/streaming", binding, StreamingService.handler());
                    NetTcpClient client = NetTcpClient.to(server.address(), binding)) {
                System.out.println("DONE " + upload(client) + " " + download(client));
            }
        }

        private static String upload(NetTcpClient client) throws Exception {
            Message reply = client.request(StreamingService.upload("f.bin", new Pattern(SIZE)));
            TypedXMLStreamReader result = StreamingService.argument(reply);
            result.getElementText();
            result.nextTag();
            return result.getElementText();
        }

        private static long download(NetTcpClient client) throws Exception {
            Message reply = client.request(StreamingService.request("Download", "length", out -> out.writeLong(SIZE)));
            try (InputStream stream = StreamingService.stream(reply)) {
                byte[] block = new byte[64 * 1024];
                long length = 0;
                for (int count = stream.read(block); count >= 0; count = stream.read(block)) {
                    length += count;
                }
                return length;
            }
        }
    }
}
