package dev.nettcp.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.framing.FramingDecoder;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.interop.services.StreamingService;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.From;
import dev.nettcp.testkit.Transcripts;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The recorded streamed calls of .NET: its client's bytes to our server, its server's bytes to our client. */
@Timeout(120)
class StreamedTranscriptsTest {

    private static final String RECORDED_PORT = ":9000/";
    private static final String PATH = "/peer/streaming";

    private static NetTcpBinding binding() {
        return NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .transferMode(TransferMode.STREAMED)
                .maxReceivedMessageSize(1 << 20)
                .build();
    }

    private static Stream<Transcript> recorded() {
        List<Transcript> all = Transcripts.all("dotnet/streamed-");
        assertThat(all).hasSizeGreaterThan(10);
        return all.stream();
    }

    /** Our replies are the recorded ones to the last byte; only where their chunks are cut is up to us. */
    @TestFactory
    Stream<DynamicTest> ourServerAnswersAsTheRecordedOne() {
        return recorded().map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> playToServer(transcript)));
    }

    private static void playToServer(Transcript transcript) throws IOException {
        try (NetTcpServer server = openOnAPortOfFourDigits()) {
            String port = ":" + URI.create(server.address()).getPort() + "/";
            List<String> replies = new ArrayList<>();
            try (ScriptedPeer client = ScriptedPeer.connect(
                    "localhost", URI.create(server.address()).getPort())) {
                client.sends(withPort(transcript.bytesFrom(From.CLIENT), port));
                client.endsItsDirection();
                replies.addAll(envelopes(client.receivesUntilEnd()));
            }
            assertThat(upToTheLanguage(replies))
                    .isEqualTo(upToTheLanguage(envelopes(transcript.bytesFrom(From.SERVER))));
        }
    }

    /** The reason of a fault is in a language, for which the recorded server had no name. */
    private static List<String> upToTheLanguage(List<String> said) {
        String attribute = Hex.of("lang".getBytes(ISO_8859_1));
        return said.stream()
                .map(text -> text.contains(attribute) ? text.substring(0, text.indexOf(attribute)) : text)
                .toList();
    }

    /** The To header of the recorded messages names a port, which must be that of the endpoint, in as many digits. */
    private static NetTcpServer openOnAPortOfFourDigits() throws IOException {
        IOException last = new IOException("no port was tried");
        for (int port = 9999; port > 2000; port -= 37) {
            try {
                return NetTcpServer.open("net.tcp://localhost:" + port + PATH, binding(), StreamingService.handler());
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static byte[] withPort(byte[] recorded, String port) {
        return new String(recorded, ISO_8859_1).replace(RECORDED_PORT, port).getBytes(ISO_8859_1);
    }

    /** What a side says: the bytes of each envelope in one piece, and the other records by name. */
    private static List<String> envelopes(byte[] bytes) {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT.withMaxEnvelopeBytes(Integer.MAX_VALUE));
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        List<String> said = new ArrayList<>();
        ByteArrayOutputStream envelope = new ByteArrayOutputStream();
        for (FramingRecord record = decoder.decode(in); record != null; record = decoder.decode(in)) {
            if (record instanceof FramingRecord.UnsizedEnvelopeChunk chunk) {
                envelope.writeBytes(Hex.bytes(Hex.of(chunk.content())));
            } else if (record instanceof FramingRecord.UnsizedEnvelopeEnd) {
                said.add(Hex.of(envelope.toByteArray()));
                envelope.reset();
            } else if (!(record instanceof FramingRecord.UnsizedEnvelopeStart)) {
                said.add(record.type().toString());
            }
            record.release();
        }
        assertThat(in.isReadable()).isFalse();
        return said;
    }

    @TestFactory
    Stream<DynamicTest> ourClientUnderstandsTheRecordedServer() {
        return recorded().map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> playToClient(transcript)));
    }

    private static void playToClient(Transcript transcript) throws Exception {
        for (byte[] reply : replies(transcript)) {
            try (ScriptedListener listener = ScriptedListener.open();
                    NetTcpClient client = NetTcpClient.to("net.tcp://127.0.0.1:" + listener.port() + PATH, binding())) {
                CompletableFuture<Message> call = client.requestAsync(Message.empty("urn:recorded"));
                ScriptedPeer server = listener.accept();
                receivePreamble(server);
                server.sends(reply);
                check(transcript.name(), call);
            }
        }
    }

    /** The calls of a recorded server: acknowledgement, reply, End. */
    private static List<byte[]> replies(Transcript transcript) {
        byte[] all = transcript.bytesFrom(From.SERVER);
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT.withMaxEnvelopeBytes(Integer.MAX_VALUE));
        ByteBuf in = Unpooled.wrappedBuffer(all);
        List<byte[]> replies = new ArrayList<>();
        int start = 0;
        for (FramingRecord record = decoder.decode(in); record != null; record = decoder.decode(in)) {
            if (record instanceof FramingRecord.End) {
                replies.add(Arrays.copyOfRange(all, start, in.readerIndex()));
                start = in.readerIndex();
            }
            record.release();
        }
        return replies;
    }

    private static void receivePreamble(ScriptedPeer server) {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT);
        ByteBuf in = Unpooled.buffer();
        while (true) {
            FramingRecord record = decoder.decode(in);
            if (record == null) {
                in.writeBytes(server.receives(1));
            } else if (record instanceof FramingRecord.PreambleEnd) {
                return;
            }
        }
    }

    private static void check(String name, CompletableFuture<Message> call) throws Exception {
        if (name.endsWith("declared-fault")) {
            assertThatThrownBy(() -> Waiting.result("a reply", call)).hasRootCauseInstanceOf(SoapFaultException.class);
            return;
        }
        Message reply = Waiting.result("a reply", call);
        if (name.contains("download") || name.contains("echo")) {
            long size = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
            assertThat(StreamingService.sha1(StreamingService.stream(reply)))
                    .isEqualTo(StreamingService.sha1(new StreamingService.Pattern(size)));
        } else {
            assertThat(StreamingService.argument(reply).getElementText()).isNotEmpty();
        }
    }
}
