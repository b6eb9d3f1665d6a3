package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.Calculator;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.nbfx.Quotas;
import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.soap.EncodedMessage;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.OpenSockets;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that mean no good, against a whole server. After each of them a session that was open before goes on, a new one is served, and no descriptor
 * is left; that no buffer is, is seen to for every test.
 */
@Timeout(120)
abstract class AbuseContract {

    static final Duration PATIENCE_WITH_PREAMBLES = Duration.ofSeconds(3);

    private static final int MOST_PENDING = 8;

    private NetTcpServer server;
    private NetTcpClient honest;
    private InetSocketAddress address;
    private ViaUri via;
    private long socketsBefore;

    /** Serves the handler at a free port, under the path /calc. */
    abstract NetTcpServer open(NetTcpBinding.Builder binding, MessageHandler handler) throws Exception;

    /** The server is closed. */
    void afterwards() {}

    @BeforeEach
    void aServerWithAnHonestClient() throws Exception {
        server = open(
                NetTcpBinding.builder()
                        .security(SecurityMode.NONE)
                        .maxPendingConnections(MOST_PENDING)
                        .channelInitializationTimeout(PATIENCE_WITH_PREAMBLES)
                        .sendTimeout(Duration.ofSeconds(3))
                        .closeTimeout(Duration.ofSeconds(5)),
                this::serve);
        via = ViaUri.parse(server.address());
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), via.port());
        honest = NetTcpClient.to("net.tcp://127.0.0.1:%d/calc".formatted(via.port()), binding());
        assertThatItIsServed(honest);
        socketsBefore = OpenSockets.count();
    }

    @AfterEach
    void othersAreUnharmedAndNothingIsLeft() throws Exception {
        try {
            assertThatItIsServed(honest);
            try (NetTcpClient later = NetTcpClient.builder(server.address(), binding())
                    .via("net.tcp://127.0.0.1:%d/calc".formatted(via.port()))
                    .build()) {
                assertThatItIsServed(later);
                later.abort(); // closed, its connection would wait in the pool
            }
            Waiting.until(
                    "only the honest session is left", () -> server.sessions().size() == 1);
            Waiting.until("no more sockets than before: " + socketsBefore, () -> OpenSockets.count() <= socketsBefore);
        } finally {
            honest.close();
            server.close();
            afterwards();
        }
    }

    private static NetTcpBinding binding() {
        return NetTcpBinding.builder().security(SecurityMode.NONE).build();
    }

    private static void assertThatItIsServed(NetTcpClient client) throws Exception {
        try (Message reply = client.request(Calculator.request("Add", 2, 3))) {
            assertThat(Calculator.result(reply)).isEqualTo(5);
        }
    }

    /** A calculator that, asked for it, sends far more than it was sent. */
    private Message serve(Message message, MessageSession session) throws Exception {
        if (!message.action().equals("urn:flood")) {
            return Calculator.service().handle(message, session);
        }
        String text = "x".repeat(60_000);
        while (true) {
            session.send(Message.of("urn:drop", out -> {
                out.writeStartElement("drop");
                out.writeCharacters(text);
                out.writeEndElement();
            }));
        }
    }

    @Test
    void slowPreamblesAreCutOff() {
        List<ScriptedPeer> slow = connect(MOST_PENDING);
        slow.forEach(peer -> peer.sends("00 01 00 01 02 02"));
        slow.forEach(ScriptedPeer::receivesUntilEndOrReset);
        slow.forEach(ScriptedPeer::close);
    }

    @Test
    void anEndlessViaIsRefusedByItsSize() {
        for (ScriptedPeer peer : connect(2 * MOST_PENDING)) {
            peer.sends("00 01 00 01 02 02 ff ff ff ff 07");
            peer.receivesUntilEndOrReset();
            peer.close();
        }
    }

    @Test
    void aSizeBombIsRefusedByItsSize() {
        for (int i = 0; i < 5; i++) {
            try (ScriptedPeer peer = introduced()) {
                peer.sends("06 ff ff ff ff 07");
                peer.receivesUntilEndOrReset();
            }
        }
    }

    @Test
    void silentClientsBeyondMaxPendingConnectionsHoldNobodyUpForLong() {
        List<ScriptedPeer> silent = connect(MOST_PENDING + MOST_PENDING / 2);
        try (ScriptedPeer other = introduced()) {
            other.sends("07");
            other.expects("07");
        }
        silent.forEach(ScriptedPeer::close);
    }

    @Test
    void aFloodOfHalfOpenConnectionsDrainsAway() {
        byte[] half = Arrays.copyOf(preamble(), 12);
        for (int i = 0; i < 100; i++) {
            ScriptedPeer peer = ScriptedPeer.connect(address);
            if (i % 2 == 0) {
                peer.sends(half);
            }
            peer.endsItsDirection();
            peer.receivesUntilEndOrReset();
            peer.close();
        }
    }

    @Test
    void aResetAtEveryByteOfAConversationLeavesNothing() {
        byte[] conversation = conversation();
        int step = Math.max(1, conversation.length / 100);
        for (int length = 0; length <= conversation.length; length += length < preamble().length ? 1 : step) {
            ScriptedPeer peer = ScriptedPeer.connect(address);
            peer.sends(Arrays.copyOf(conversation, length));
            peer.resets();
        }
    }

    @Test
    void aClientThatNeverReadsIsCutOff() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.connect(address, 4096)) {
            peer.sends(preamble());
            peer.expects("0b");
            peer.sends(request("urn:flood"));
            Waiting.until("its session is over", () -> server.sessions().size() == 1);
        }
    }

    private List<ScriptedPeer> connect(int count) {
        List<ScriptedPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(ScriptedPeer.connect(address));
        }
        return peers;
    }

    private ScriptedPeer introduced() {
        ScriptedPeer peer = ScriptedPeer.connect(address);
        peer.sends(preamble());
        peer.expects("0b");
        return peer;
    }

    private byte[] preamble() {
        ByteBuf out = Unpooled.buffer();
        new Preamble(FramingMode.DUPLEX, via, ContentType.BINARY_SESSION)
                .records()
                .forEach(one -> FramingEncoder.encode(one, out));
        out.writeByte(0x0c);
        return ByteBufUtil.getBytes(out);
    }

    /** A preamble, a request and the end. */
    private byte[] conversation() {
        try {
            byte[] request = request("urn:nothing");
            ByteBuf out = Unpooled.buffer();
            out.writeBytes(preamble()).writeBytes(request).writeByte(0x07);
            return ByteBufUtil.getBytes(out);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] request(String action) throws Exception {
        Message message = Message.empty(action);
        message = message.withAddressing(new Addressing(action, null, null, null, via.toString()));
        try (EncodedMessage encoded =
                BinaryMessageEncoder.session(Quotas.BUFFERED).encode(message)) {
            byte[] payload = encoded.toByteArray();
            ByteBuf out = Unpooled.buffer();
            FramingEncoder.sizedEnvelopeHeader(payload.length, out);
            return ByteBufUtil.getBytes(out.writeBytes(payload));
        }
    }
}
