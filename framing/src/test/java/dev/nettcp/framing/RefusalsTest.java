package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Malformed and refused input, and the exact reaction: all golden rows, under both policies, however they are cut. */
class RefusalsTest {
    private static final int MOST_CUTS = 100;

    @TestFactory
    Stream<DynamicTest> aFriendlyServerSaysWhatIsWrong() {
        return toServer(FaultPolicy.FRIENDLY);
    }

    @TestFactory
    Stream<DynamicTest> aStrictServerIsAsSilentAsTheOriginal() {
        return toServer(FaultPolicy.STRICT);
    }

    private static Stream<DynamicTest> toServer(FaultPolicy policy) {
        return Vectors.tests(
                Vectors.rows("framing-errors", row -> row.text("to").equals("server")),
                row -> Fragments.of(row.bytes(), MOST_CUTS).forEach(fragments -> serverReacts(row, fragments, policy)));
    }

    private static void serverReacts(Row row, Fragments fragments, FaultPolicy policy) {
        try (ServerTester server = new ServerTester(terms(row), policy)) {
            server.receives(fragments);
            if (row.row("config").flag("clientShutdown")) {
                server.endOfStream();
            }
            Row expected = row.row("expect");
            String fault = expectedFault(expected, policy);
            if (fault != null) {
                byte[] record = faultRecord(expected, fault);
                assertThat(server.end()).as(fragments.how()).containsInstanceOf(ReceiverEvent.Refused.class);
                assertThat(tail(server.written(), record.length)).isEqualTo(record);
                assertThat(names(server, record.length)).isEqualTo(expectedBefore(expected));
            } else if (contentIsWhatIsWrong(row)) {
                assertThat(server.happened()).contains("Envelope");
            } else if (expected.flag("abort")) {
                assertThat(server.end()).as(fragments.how()).containsInstanceOf(ReceiverEvent.Aborted.class);
                assertThat(names(server, 0)).as(fragments.how()).isEqualTo(expectedBefore(expected));
            } else if (expected.flag("close")) {
                assertThat(server.end()).containsInstanceOf(ReceiverEvent.Closed.class);
            } else {
                assertThat(expected.flag("accept")).isTrue();
                assertThat(server.end()).as(fragments.how()).isEmpty();
                assertThat(server.happened()).contains("Opened");
            }
        }
    }

    private static EndpointTerms terms(Row row) {
        Row config = row.row("config");
        EndpointTerms terms = switch (config.text("endpoint")) {
            case "buffered" -> ServerTester.BUFFERED;
            case "streamed" -> ServerTester.STREAMED;
            case "buffered, TLS required" -> ServerTester.TLS_REQUIRED;
            default -> throw new IllegalArgumentException(config.text("endpoint"));
        };
        return config.has("maxReceivedMessageSize")
                ? new EndpointTerms(
                        terms.mode(), terms.contentTypes(), terms.upgrades(), config.integer("maxReceivedMessageSize"))
                : terms;
    }

    /** Where the specification has a fault for something the original is silent about, the friendly policy sends it. */
    private static @Nullable String expectedFault(Row expected, FaultPolicy policy) {
        return expected.optionalText("fault")
                .or(() -> policy == FaultPolicy.FRIENDLY ? expected.optionalText("alternative") : Optional.empty())
                .orElse(null);
    }

    private static byte[] faultRecord(Row expected, String fault) {
        return expected.has("hex")
                ? expected.bytes()
                : GoldenRecords.encode(List.of(new FramingRecord.Fault(
                        new FaultCode("http://schemas.microsoft.com/ws/2006/05/framing/faults/" + fault))));
    }

    private static List<String> expectedBefore(Row expected) {
        return expected.optionalText("after")
                .map(names -> List.of(names.split(", ")))
                .orElse(List.of());
    }

    private static List<String> names(ServerTester server, int tail) {
        byte[] written = server.written();
        byte[] before = Arrays.copyOf(written, written.length - tail);
        return ConversationNames.of(GoldenRecords.decode(Fragments.whole(before), GoldenRecords.GENEROUS));
    }

    private static byte[] tail(byte[] written, int length) {
        return Arrays.copyOfRange(written, written.length - length, written.length);
    }

    /** The envelope itself is fine for this layer; the message in it is garbage. */
    private static boolean contentIsWhatIsWrong(Row row) {
        return row.text("note").contains("the message itself fails");
    }

    @TestFactory
    Stream<DynamicTest> aClientTellsFailuresApartAsDotNetDoes() {
        return Vectors.tests(
                Vectors.rows("framing-errors", row -> row.text("to").equals("client")),
                row -> Fragments.of(row.bytes(), MOST_CUTS).forEach(fragments -> clientReacts(row, fragments)));
    }

    private static void clientReacts(Row row, Fragments fragments) {
        try (ClientTester client = ClientTester.afterSending(row.row("config").text("clientSent"))) {
            client.receives(fragments);
            if (client.failure().isEmpty()) {
                client.endOfStream();
            }
            Row expected = row.row("expect");
            assertThat(client.failure()).as(fragments.how()).contains(kind(expected));
            assertThat(Hex.of(client.farewell()))
                    .isEqualTo(expected.optionalText("sends").orElse(""));
            if (expected.has("hint")) {
                assertThat(client.message()).contains("may speak HTTP");
            }
        }
    }

    private static FailureKind kind(Row expected) {
        return switch (expected.text("exception")) {
            case "EndpointNotFoundException" -> FailureKind.ENDPOINT_NOT_FOUND;
            case "ServiceActivationException" -> FailureKind.SERVICE_ACTIVATION_FAILED;
            case "ServerTooBusyException" -> FailureKind.SERVER_TOO_BUSY;
            case "MessageSecurityException" -> FailureKind.SECURITY;
            case "ProtocolException" -> FailureKind.PROTOCOL;
            case "CommunicationException" ->
                expected.has("inner") ? FailureKind.QUOTA_EXCEEDED : FailureKind.COMMUNICATION;
            default -> throw new IllegalArgumentException(expected.text("exception"));
        };
    }
}
