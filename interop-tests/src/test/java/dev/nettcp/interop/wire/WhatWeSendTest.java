package dev.nettcp.interop.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.examples.CalculatorClient;
import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.services.StreamingService;
import dev.nettcp.interop.services.Worker;
import dev.nettcp.interop.services.XmlText;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.From;
import dev.nettcp.testkit.Waiting;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What our client and our server send is sound in the eyes of Wireshark's dissector. */
class WhatWeSendTest {

    private static final NetTcpBinding BINDING =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private static NetTcpServer open(String service) throws Exception {
        return Worker.open(service, false, "net.tcp://127.0.0.1:0/" + service);
    }

    private static RecordingRelay relayTo(NetTcpServer server) {
        return RecordingRelay.open(URI.create(server.address()).getPort());
    }

    private static void assertSound(RecordingRelay relay, String name) {
        List<Transcript> conversations = relay.conversations(name);
        assertThat(conversations).isNotEmpty();
        conversations.forEach(Dissector::assertSound);
    }

    @Test
    void sessionsOfOurClientWithOurServer() throws Exception {
        try (NetTcpServer server = open("calculator");
                RecordingRelay relay = relayTo(server)) {
            for (int session = 0; session < 2; session++) {
                try (CalculatorClient client = new CalculatorClient(relay.address("/calculator"), BINDING)) {
                    assertThat(client.add(1, 2)).isEqualTo(3);
                    assertThat(client.divide(1, 0)).isInfinite();
                }
            }
            assertSound(relay, "our client and our server, calculator");
        }
    }

    @Test
    void oneWayMessagesFaultsAndPushedMessages() throws Exception {
        AtomicInteger pushed = new AtomicInteger();
        try (NetTcpServer server = open("raw");
                RecordingRelay relay = relayTo(server)) {
            NetTcpClient client = NetTcpClient.builder(relay.address("/raw"), BINDING)
                    .onMessage((message, session) -> {
                        pushed.incrementAndGet();
                        return null;
                    })
                    .build();
            client.send(Message.of("urn:push", XmlText.body("<push xmlns='urn:raw'>20</push>")));
            Waiting.until("20 messages", () -> pushed.get() == 20);
            assertThatThrownBy(() -> client.request(Message.empty("urn:unknown")))
                    .isInstanceOf(NetTcpException.class);
            client.close();
            assertSound(relay, "our client and our server, raw");
        }
    }

    @Test
    void streamedCalls() throws Exception {
        NetTcpBinding streamed = NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .transferMode(TransferMode.STREAMED)
                .maxReceivedMessageSize(1 << 20)
                .build();
        try (NetTcpServer server = open("streaming");
                RecordingRelay relay = relayTo(server)) {
            try (NetTcpClient client = NetTcpClient.to(relay.address("/streaming"), streamed)) {
                for (int size : new int[] {0, 1000, 40_000}) {
                    Message reply = client.request(StreamingService.upload("f.bin", new StreamingService.Pattern(size)))
                            .buffered(); // to its end: what is left unread is reset
                    assertThat(StreamingService.argument(reply).getElementText())
                            .isEqualTo("f.bin");
                }
                assertThatThrownBy(() -> client.request(StreamingService.divide(1, 0)))
                        .isInstanceOf(NetTcpException.class);
                Waiting.until(
                        "the calls have ended on both sides",
                        () -> relay.conversations("").stream()
                                .allMatch(call -> endsWithEnd(call, From.CLIENT) && endsWithEnd(call, From.SERVER)));
            }
            relay.conversations("our client and our server, streamed")
                    .forEach(conversation -> Dissector.assertSound(inOnePiece(conversation)));
        }
    }

    /** The dissector takes the end of an unsized envelope for another record where it comes in a packet of its own. */
    private static Transcript inOnePiece(Transcript conversation) {
        List<Transcript.Piece> sides = Stream.of(From.values())
                .<Transcript.Piece>map(side -> new Transcript.Data(side, Hex.of(conversation.bytesFrom(side))))
                .toList();
        return new Transcript(conversation.name(), sides);
    }

    /** {@code 07}; it may come a moment after the reply. */
    private static boolean endsWithEnd(Transcript call, From side) {
        byte[] bytes = call.bytesFrom(side);
        return bytes.length > 0 && bytes[bytes.length - 1] == 7;
    }

    @Test
    void aRefusedSession() throws Exception {
        try (NetTcpServer server = open("raw");
                RecordingRelay relay = relayTo(server);
                NetTcpClient client = NetTcpClient.to(relay.address("/nothing"), BINDING)) {
            assertThatThrownBy(() -> client.request(Message.empty("urn:echo")))
                    .hasMessageContaining("EndpointNotFound");
            assertSound(relay, "our client and our server, refused");
        }
    }

    @Test
    void ourServerWithTheDotNetClient() throws Exception {
        List<String> scenarios = List.of("raw-echo-namespaces", "raw-one-way", "raw-half-close", "raw-unknown-action");
        try (NetTcpServer server = open("raw");
                RecordingRelay relay = relayTo(server)) {
            DotNetClient.run("raw", relay.address("/raw"), scenarios);
            assertSound(relay, "the .NET client and our server");
        }
    }
}
