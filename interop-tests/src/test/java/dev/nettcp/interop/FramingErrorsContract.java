package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.Operations;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.interop.services.XmlText;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Vectors;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The golden rows of what a server must refuse, and how, against the assembled server: each whole and byte by byte. Rows for
 * streamed endpoints and for endpoints with TLS wait for these.
 */
abstract class FramingErrorsContract {

    static final String PATH = "/calc";

    private static final int SMALL_LIMIT = 256;

    private static boolean isForABufferedEndpoint(Row row) {
        return row.text("to").equals("server")
                && row.row("config").text("endpoint").equals("buffered");
    }

    private static boolean hasSmallLimit(Row row) {
        Row config = row.row("config");
        return config.has("maxReceivedMessageSize") && config.integer("maxReceivedMessageSize") == SMALL_LIMIT;
    }

    /** The address of the endpoint with the default limit of a message, and of one with a small limit. */
    abstract InetSocketAddress endpoint();

    abstract InetSocketAddress endpointWithSmallLimit();

    /** What the messages of the rows are for. */
    static MessageHandler handler() {
        return Operations.of(Map.of(
                "http://tempuri.org/ICalculator/Add",
                (message, session) -> Message.of("http://tempuri.org/ICalculator/AddResponse", XmlText.body("<r/>"))));
    }

    static NetTcpBinding binding(boolean shared, boolean smallLimit) {
        return NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .portSharingEnabled(shared)
                .maxReceivedMessageSize(smallLimit ? SMALL_LIMIT : 65_536)
                .build();
    }

    @TestFactory
    Stream<DynamicTest> everyRowForBufferedEndpointsIsAnsweredAsItSays() {
        List<Row> rows = Vectors.rows("framing-errors", FramingErrorsContract::isForABufferedEndpoint);
        assertThat(rows).hasSize(44);
        return rows.stream()
                .flatMap(row -> Stream.of(
                        dynamicTest(row + ", whole", () -> play(row, Fragments.whole(row.bytes()))),
                        dynamicTest(row + ", byte by byte", () -> play(row, Fragments.byteByByte(row.bytes())))));
    }

    private void play(Row row, Fragments bytes) {
        InetSocketAddress address = hasSmallLimit(row) ? endpointWithSmallLimit() : endpoint();
        try (ScriptedPeer client = ScriptedPeer.connect(address)) {
            boolean wasReset = !client.sendsUntilReset(bytes);
            if (!wasReset && row.row("config").flag("clientShutdown")) {
                client.endsItsDirection();
            }
            expectWhatComesBefore(client, row);
            expectReaction(client, row, wasReset);
        }
    }

    private static void expectWhatComesBefore(ScriptedPeer client, Row row) {
        Row expected = row.row("expect");
        for (String record : expected.optionalText("after").orElse("").split(", ", -1)) {
            switch (record) {
                case "PreambleAck" -> client.expects("0b");
                case "SizedEnvelope" -> readSizedEnvelope(client);
                case "End" -> client.expects("07");
                default -> assertThat(record).isEmpty();
            }
        }
    }

    private static void expectReaction(ScriptedPeer client, Row row, boolean wasReset) {
        Row expected = row.row("expect");
        if (expected.has("fault")) {
            client.expects(expected.bytes());
            client.expectsEnd();
        } else if (expected.has("alternative")) {
            client.expects(fault(expected.text("alternative")));
            client.expectsEnd();
        } else if (expected.flag("abort") && wasReset) {
            client.expectsEndOrReset();
        } else if (expected.flag("abort")) {
            client.expectsReset();
        } else if (expected.flag("close")) {
            client.expectsEnd();
        } else {
            assertThat(expected.flag("accept")).as("%s", expected).isTrue();
            client.expects("0b");
        }
    }

    /** The record that carries a fault of message framing. */
    static byte[] fault(String name) {
        String uri = "http://schemas.microsoft.com/ws/2006/05/framing/faults/" + name;
        return Hex.bytes("08%02x".formatted(uri.length()) + Hex.of(uri.getBytes(StandardCharsets.US_ASCII)));
    }

    static void readSizedEnvelope(ScriptedPeer client) {
        client.expects("06");
        int size = 0;
        for (int shift = 0; ; shift += 7) {
            int next = client.receives(1)[0];
            size |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        client.receives(size);
    }
}
