package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FaultPolicy;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the assembled server does with refused and malformed input, over real sockets, under both fault policies. */
class FramingErrorsToServerTest {

    private static final String ACK = "0b";
    private static final String END = "07";

    private static EventLoops loops;

    @BeforeAll
    static void start() {
        loops = EventLoops.create("errors", 2);
    }

    @AfterAll
    static void end() {
        loops.close();
    }

    @Test
    void everyRowIsHere() {
        assertThat(rows()).hasSize(54);
    }

    @TestFactory
    Stream<DynamicTest> friendly() {
        return tests(FaultPolicy.FRIENDLY);
    }

    @TestFactory
    Stream<DynamicTest> strict() {
        return tests(FaultPolicy.STRICT);
    }

    private static List<Row> rows() {
        return Vectors.rows("framing-errors", row -> row.text("to").equals("server"));
    }

    private static Stream<DynamicTest> tests(FaultPolicy policy) {
        return rows().stream()
                .flatMap(row -> Stream.of(Fragments.whole(row.bytes()), Fragments.byteByByte(row.bytes()))
                        .map(cut -> DynamicTest.dynamicTest(row + ", " + cut, () -> run(row, cut, policy))));
    }

    private static void run(Row row, Fragments cut, FaultPolicy policy) {
        AcceptorSettings settings = AcceptorSettings.DEFAULT.withFaultPolicy(policy);
        Row config = row.row("config");
        try (Server server = Server.open(loops, settings, endpoint(config));
                ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            boolean reset = !sendsAll(client, cut);
            if (config.flag("clientShutdown")) {
                client.endsItsDirection();
            }
            if (reset) {
                assertThat(row.row("expect").flag("abort")).isTrue();
            } else {
                expect(row.row("expect"), policy, config.flag("clientShutdown"), client);
            }
        }
    }

    private static Endpoint endpoint(Row config) {
        BaseAddress address = BaseAddress.parse("net.tcp://localhost:8808/calc");
        SessionListener listener = SessionListener.of(session -> new Picky());
        Endpoint endpoint = config.text("endpoint").startsWith("streamed")
                ? Endpoint.singleton(address, listener)
                : Endpoint.duplex(address, listener);
        if (config.has("maxReceivedMessageSize")) {
            endpoint = endpoint.withMaxReceivedMessageSize(config.integer("maxReceivedMessageSize"));
        }
        return config.text("endpoint").contains("TLS required")
                ? endpoint.withUpgrade(new Scrambling("application/ssl-tls"))
                : endpoint;
    }

    /** Sends one piece after the other; false if the server reset the connection meanwhile. */
    private static boolean sendsAll(ScriptedPeer client, Fragments cut) {
        try {
            client.sends(cut);
            return true;
        } catch (UncheckedIOException reset) {
            return false;
        }
    }

    private static void expect(Row expected, FaultPolicy policy, boolean clientShutdown, ScriptedPeer client) {
        if (expected.flag("accept")) {
            client.expects(ACK);
            if (clientShutdown) {
                client.expects(END);
                client.expectsEnd();
            }
        } else if (expected.flag("close")) {
            client.expectsEnd();
        } else if (expected.has("fault")) {
            client.expects(expected.has("after") ? ACK : "", expected.text("hex"));
            client.expectsEnd();
        } else if (policy == FaultPolicy.FRIENDLY && expected.has("alternative")) {
            client.expects(fault(expected.text("alternative")));
            client.expectsEnd();
        } else {
            expectAbort(client, before(expected));
        }
    }

    /** What the server had sent before; a reset may overtake it. */
    private static String before(Row expected) {
        return switch (expected.optionalText("after").orElse("")) {
            case "PreambleAck" -> ACK;
            case "PreambleAck, SizedEnvelope, End" -> ACK + END; // the handler of these tests answers nothing
            default -> "";
        };
    }

    private static void expectAbort(ScriptedPeer client, String before) {
        byte[] received = client.receivesUntilReset();
        assertThat(before).startsWith(Hex.of(received));
    }

    private static String fault(String name) {
        ByteBuf out = Unpooled.buffer();
        FramingEncoder.encode(
                new FramingRecord.Fault(
                        new FaultCode("http://schemas.microsoft.com/ws/2006/05/framing/faults/" + name)),
                out);
        return Hex.of(out);
    }

    /** Fails on payloads that no message can begin with, as a handler with an encoder does. */
    private static final class Picky implements SessionHandler {

        @Override
        public void envelope(Session session, ByteBuf envelope) {
            if (envelope.getByte(envelope.readerIndex()) == 0) {
                session.abort(new ProtocolException("no message"));
            }
        }
    }
}
