package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Transcripts;
import dev.nettcp.testkit.Vectors;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole conversations played against the assembled server, and against the assembled client: the bytes of the other side are scripted, those
 * of the side under test must be the recorded ones. Envelopes are opaque here.
 */
class ConversationsTest {

    /** Without an upgrade; 06 to 08 are singleton. Among the others are the refused upgrade, and what no client of ours sends. */
    private static final Set<String> TO_SERVER = Set.of(
            "conv-01", "conv-02", "conv-03", "conv-06", "conv-07", "conv-08", "conv-09", "conv-10", "conv-11",
            "conv-12", "conv-13", "conv-14", "conv-15", "conv-16");

    private static final Set<String> TO_CLIENT =
            Set.of("conv-01", "conv-02", "conv-03", "conv-06", "conv-07", "conv-08", "conv-09", "conv-10");

    private static EventLoops loops;

    @BeforeAll
    static void start() {
        loops = EventLoops.create("conversations", 2);
    }

    @AfterAll
    static void end() {
        loops.close();
    }

    @TestFactory
    Stream<DynamicTest> vectorsToTheServerWhole() {
        return tests(vectors(TO_SERVER), dialogue -> playToServer(dialogue, Fragments::whole));
    }

    @TestFactory
    Stream<DynamicTest> vectorsToTheServerByteByByte() {
        return tests(vectors(TO_SERVER), dialogue -> playToServer(dialogue, Fragments::byteByByte));
    }

    @TestFactory
    Stream<DynamicTest> vectorsToTheClientWhole() {
        return tests(vectors(TO_CLIENT), dialogue -> playToClient(dialogue, Fragments::whole));
    }

    @TestFactory
    Stream<DynamicTest> vectorsToTheClientByteByByte() {
        return tests(vectors(TO_CLIENT), dialogue -> playToClient(dialogue, Fragments::byteByByte));
    }

    @TestFactory
    Stream<DynamicTest> recordedDotNetClientsAgainstTheServer() {
        List<Dialogue> recorded =
                Transcripts.all("dotnet/buffered-").stream().map(Dialogue::of).toList();
        assertThat(recorded).hasSizeGreaterThan(30);
        return tests(recorded.stream(), dialogue -> playToServer(dialogue, Fragments::whole));
    }

    @TestFactory
    Stream<DynamicTest> recordedDotNetClientsAgainstTheStreamedServer() {
        List<Dialogue> recorded =
                Transcripts.all("dotnet/streamed-").stream().map(Dialogue::of).toList();
        assertThat(recorded).hasSizeGreaterThan(10);
        return Stream.concat(
                tests(recorded.stream(), dialogue -> playToServer(dialogue, Fragments::whole)),
                tests(
                        recorded.stream().filter(small -> small.size() < 5_000),
                        dialogue -> playToServer(dialogue, Fragments::byteByByte)));
    }

    @TestFactory
    Stream<DynamicTest> recordedServersAgainstTheStreamedClient() {
        return tests(
                Transcripts.all("dotnet/streamed-").stream().map(Dialogue::of).map(Dialogue::withoutEndsOfStream),
                dialogue -> playToClient(dialogue, Fragments::whole));
    }

    private static Stream<Dialogue> vectors(Set<String> ids) {
        List<Dialogue> rows = Vectors.rows("framing-conversations", row -> ids.contains(row.id())).stream()
                .map(Dialogue::of)
                .toList();
        assertThat(rows).hasSize(ids.size());
        return rows.stream();
    }

    private static Stream<DynamicTest> tests(Stream<Dialogue> dialogues, Consumer<Dialogue> test) {
        return dialogues.map(
                dialogue -> DynamicTest.dynamicTest(dialogue.name(), () -> test.accept(dialogue.inTurns())));
    }

    private static void playToServer(Dialogue dialogue, Function<byte[], Fragments> cut) {
        Sessions sessions = new Sessions();
        try (Server server = Server.open(loops, AcceptorSettings.DEFAULT, sessions.endpoints(dialogue.isSingleton()));
                ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            for (Dialogue.Step step : dialogue.steps()) {
                if (step instanceof Dialogue.Says says && says.client()) {
                    client.sends(cut.apply(Hex.bytes(says.hex())));
                } else if (step instanceof Dialogue.Says says) {
                    serverSays(says.hex(), sessions);
                    client.expects(says.hex());
                } else if (step instanceof Dialogue.EndsStream ends && ends.client()) {
                    client.endsItsDirection();
                } else if (step instanceof Dialogue.EndsStream) {
                    client.expectsEnd();
                } else {
                    Waiting.until(
                            "the connection waits for its next session",
                            () -> server.acceptor.pooledConnections() == 1);
                }
            }
        }
    }

    /** The server sends by itself: acknowledgements, faults, and End in answer to the client's. */
    private static void serverSays(String hex, Sessions sessions) {
        for (FramingRecord record : Dialogue.records(hex)) {
            if (record instanceof FramingRecord.PreambleAck) {
                sessions.next();
            } else if (record instanceof FramingRecord.SizedEnvelope envelope) {
                sessions.current().send(envelope.payload());
            } else if (record instanceof FramingRecord.UnsizedEnvelopeChunk chunk) {
                sessions.current().send(chunk.content());
            } else if (record instanceof FramingRecord.UnsizedEnvelopeEnd || record instanceof FramingRecord.End) {
                sessions.current().closeOutput();
            }
        }
    }

    private static void playToClient(Dialogue dialogue, Function<byte[], Fragments> cut) {
        try (ScriptedListener listener = ScriptedListener.open();
                ConnectionPool pool = new ConnectionPool(PoolSettings.DEFAULT)) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            Connector connector = new Connector(loops, pool);
            ClientPart client = new ClientPart(connector, pool, via, listener);
            for (Dialogue.Step step : dialogue.steps()) {
                if (step instanceof Dialogue.Says says && says.client()) {
                    client.says(says.hex());
                } else if (step instanceof Dialogue.Says says) {
                    client.server().sends(cut.apply(Hex.bytes(says.hex())));
                } else {
                    Waiting.until("the connection is in the pool", () -> pool.idleConnections() == 1);
                }
            }
        }
    }

    /** The client under test, told record by record what to say, and the scripted server that hears it. */
    private static final class ClientPart {

        private final Connector connector;
        private final ConnectionPool pool;
        private final ViaUri via;
        private final ScriptedListener listener;
        private ScriptedPeer server;
        private CompletableFuture<Session> session;
        private boolean singleton;
        private boolean begun;

        ClientPart(Connector connector, ConnectionPool pool, ViaUri via, ScriptedListener listener) {
            this.connector = connector;
            this.pool = pool;
            this.via = via;
            this.listener = listener;
        }

        ScriptedPeer server() {
            return server;
        }

        void says(String hex) {
            for (FramingRecord record : Dialogue.records(hex)) {
                if (record instanceof FramingRecord.PreambleEnd) {
                    Waiting.until("the connection may be reused", () -> server == null || pool.idleConnections() == 1);
                    begun = false;
                    singleton = hex.startsWith("0001000101");
                    session = connector.open(
                            singleton ? SessionRequest.singleton(via) : SessionRequest.duplex(via), new Recorder());
                    server = server == null ? listener.accept() : server;
                    server.expects(singleton ? Preambles.singleton(via) : Preambles.whole(via));
                } else if (record instanceof FramingRecord.SizedEnvelope envelope) {
                    String expected = Hex.of(envelope.payload());
                    Waiting.result("the session is open", session).send(envelope.payload());
                    server.expects(sized(expected));
                } else if (record instanceof FramingRecord.UnsizedEnvelopeChunk chunk) {
                    String expected = Hex.of(chunk.content());
                    Waiting.result("the session is open", session).send(chunk.content());
                    server.expects((begun ? "" : "05") + chunk(expected));
                    begun = true;
                } else if (record instanceof FramingRecord.End) {
                    Waiting.result("the session is open", session).closeOutput();
                    server.expects(singleton ? "00 07" : "07");
                }
            }
        }

        private static String chunk(String content) {
            ByteBuf out = Unpooled.buffer();
            FramingEncoder.chunkHeader(content.length() / 2, out);
            return Hex.of(out) + content;
        }

        private static String sized(String payload) {
            ByteBuf out = Unpooled.buffer();
            FramingEncoder.sizedEnvelopeHeader(payload.length() / 2, out);
            return Hex.of(out) + payload;
        }
    }

    /** The sessions the server under test has accepted, in order. */
    private static final class Sessions {

        private final Queue<Session> accepted = new ConcurrentLinkedQueue<>();
        private Session current;

        Endpoint[] endpoints(boolean singleton) {
            return Stream.of(
                            "net.tcp://localhost:8808/calc",
                            "net.tcp://localhost:8808/job",
                            "net.tcp://localhost:8808/mex",
                            "net.tcp://localhost:9000/peer")
                    .map(BaseAddress::parse)
                    .map(address -> singleton
                            ? Endpoint.singleton(address, SessionListener.of(this::handler))
                            : Endpoint.duplex(address, SessionListener.of(this::handler)))
                    .toArray(Endpoint[]::new);
        }

        void next() {
            current = Waiting.value("a session is accepted", () -> Optional.ofNullable(accepted.poll()));
        }

        Session current() {
            return current;
        }

        private SessionHandler handler(Session session) {
            return new Recorder() {
                @Override
                public void opened(Session opened) {
                    accepted.add(opened);
                }

                @Override
                public void ended(Session session) {
                    if (session.mode() == FramingMode.DUPLEX) {
                        super.ended(session);
                    } // else the recorded reply comes, or End in its place
                }
            };
        }
    }
}
