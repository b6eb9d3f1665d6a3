package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.FailureKind;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Vectors;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.Unpooled;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What our client makes of servers that refuse, break the protocol or break off, over real sockets. */
class FramingErrorsToClientTest {

    private static EventLoops loops;

    @BeforeAll
    static void start() {
        loops = EventLoops.create("client-errors", 2);
    }

    @AfterAll
    static void end() {
        loops.close();
    }

    @Test
    void everyRowIsHere() {
        assertThat(rows()).hasSize(28);
    }

    @TestFactory
    Stream<DynamicTest> rowsToTheClient() {
        return rows().stream()
                .flatMap(row -> Stream.of(Fragments.whole(row.bytes()), Fragments.byteByByte(row.bytes()))
                        .map(cut -> DynamicTest.dynamicTest(row + ", " + cut, () -> run(row, cut))));
    }

    private static List<Row> rows() {
        return Vectors.rows("framing-errors", row -> row.text("to").equals("client"));
    }

    private static void run(Row row, Fragments cut) {
        try (ScriptedListener listener = ScriptedListener.open();
                ConnectionPool pool = new ConnectionPool(PoolSettings.DEFAULT)) {
            String sent = row.row("config").text("clientSent");
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            SessionRequest request = SessionRequest.duplex(via);
            if (sent.startsWith("upgrade request")) {
                request = request.withUpgrade(new Scrambling("application/ssl-tls"));
            }
            Recorder client = new Recorder();
            CompletableFuture<Session> opening = new Connector(loops, pool).open(request, client);
            ScriptedPeer server = listener.accept();
            server.expects(Preambles.upToEncoding(via));
            server.expects(sent.startsWith("upgrade request") ? "09 13" + hex("application/ssl-tls") : "0c");
            if (sent.startsWith("preamble and")) {
                exchangeRequests(server, opening, sent.contains("two requests") ? 2 : 1);
            }
            sendsWhileTheClientListens(server, cut);
            if (row.bytes().length == 0 || row.text("note").contains("end of stream")) {
                server.endsItsDirection();
            }
            expect(row, opening, client, server);
        }
    }

    /** The client may have heard enough before the last piece. */
    private static void sendsWhileTheClientListens(ScriptedPeer server, Fragments cut) {
        try {
            server.sends(cut);
        } catch (UncheckedIOException reset) {
            assertThat(reset).hasMessageContaining("cannot send");
        }
    }

    private static void exchangeRequests(ScriptedPeer server, CompletableFuture<Session> opening, int requests) {
        server.sends("0b");
        Session session = Waiting.result("the session is open", opening);
        for (int i = 0; i < requests; i++) {
            session.send(Unpooled.wrappedBuffer(Hex.bytes("56 01")));
            server.expects("06 02 56 01");
            if (i > 0) {
                continue;
            }
            if (requests > 1) {
                server.sends("06 01 56");
            }
        }
    }

    private static void expect(Row row, CompletableFuture<Session> opening, Recorder client, ScriptedPeer server) {
        if (row.id().equals("frame-err-81") || row.id().equals("frame-err-82")) {
            // An orderly end: that a reply was due is known above, where requests are counted.
            Waiting.until("the end is told", () -> client.events.contains("closed"));
            server.expects("07");
            return;
        }
        TransportException failure = failure(opening, client);
        Row expected = row.row("expect");
        assertThat(dotNetName(failure.kind())).isEqualTo(expected.text("exception"));
        assertThat(failure.kind() == FailureKind.QUOTA_EXCEEDED).isEqualTo(expected.has("inner"));
        if (expected.has("hint")) {
            assertThat(failure).hasMessageContaining("HTTP");
        }
        if (expected.has("sends")) {
            server.expects(expected.text("sends"));
        }
    }

    /** Opening fails, or the session does if it was open. */
    private static TransportException failure(CompletableFuture<Session> opening, Recorder client) {
        return Waiting.value(
                "a failure", () -> Optional.ofNullable(client.cause != null ? client.cause : cause(opening)));
    }

    private static @Nullable TransportException cause(CompletableFuture<Session> opening) {
        if (!opening.isCompletedExceptionally()) {
            return null;
        }
        try {
            opening.join();
            return null;
        } catch (CompletionException e) {
            return (TransportException) e.getCause();
        }
    }

    private static String dotNetName(FailureKind kind) {
        return switch (kind) {
            case ENDPOINT_NOT_FOUND -> "EndpointNotFoundException";
            case SERVICE_ACTIVATION_FAILED -> "ServiceActivationException";
            case SERVER_TOO_BUSY -> "ServerTooBusyException";
            case SECURITY -> "MessageSecurityException";
            case PROTOCOL -> "ProtocolException";
            case QUOTA_EXCEEDED, COMMUNICATION -> "CommunicationException";
        };
    }

    private static String hex(String text) {
        return Hex.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
