package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Both sessions live through every golden conversation: each must take what the other sends, and say by itself to send
 * what belongs to the protocol; envelopes and Ends are the application's and come from the script.
 */
class ConversationsTest {
    @TestFactory
    Stream<DynamicTest> bothSidesLiveThroughEveryConversationHoweverItIsCut() {
        return Vectors.tests("framing-conversations", row -> {
            Script script = Script.of(row);
            script.play(Fragments::whole);
            script.play(Fragments::byteByByte);
            for (int cut = 1; cut < script.longestStep(); cut++) {
                int at = cut;
                script.play(bytes -> at < bytes.length ? Fragments.cutAt(bytes, at) : Fragments.whole(bytes));
            }
        });
    }

    /**
     * A conversation, read once and played many times.
     *
     * @param upgrade what the client asks for, if it asks for an upgrade
     * @param offered what the server offers
     */
    private record Script(
            Row conversation, List<Step> steps, @Nullable String upgrade, Set<String> offered) {
        static Script of(Row conversation) {
            List<Step> steps = conversation.rows("steps").stream().map(Step::of).toList();
            return new Script(conversation, steps, upgrade(steps), offered(steps));
        }

        int longestStep() {
            return steps.stream().mapToInt(step -> step.bytes().length).max().orElseThrow();
        }

        private static @Nullable String upgrade(List<Step> steps) {
            return steps.stream()
                    .flatMap(step -> step.records().stream())
                    .filter(FramingRecord.UpgradeRequest.class::isInstance)
                    .map(request -> ((FramingRecord.UpgradeRequest) request).protocol())
                    .findFirst()
                    .orElse(null);
        }

        private static Set<String> offered(List<Step> steps) {
            boolean secured = steps.stream().anyMatch(step -> step.what().equals("secure"));
            return secured ? Set.of("application/ssl-tls", "application/negotiate") : Set.of();
        }

        void play(Function<byte[], Fragments> cut) {
            // A client of ours waits for the acknowledgement; in this one the first message comes before it.
            boolean oursIsTheClient = !conversation.text("note").startsWith("pipelining");
            try (Server server = new Server(offered);
                    Client client = new Client(upgrade)) {
                for (Step step : steps) {
                    switch (step.what()) {
                        case "from client" -> {
                            if (oursIsTheClient) {
                                client.sends(step.records());
                            }
                            server.receives(cut.apply(step.bytes()));
                        }
                        case "from server" -> {
                            server.sends(step.records());
                            if (oursIsTheClient) {
                                client.receives(cut.apply(step.bytes()));
                            }
                        }
                        case "secure" -> {
                            client.secured();
                            server.secured();
                        }
                        case "shutdown client" -> server.peerShutDown();
                        case "shutdown server" -> client.peerShutDown();
                        case "pooled" -> {
                            assertThat(server.last).isEqualTo(new SessionEvent.Finished(true));
                            assertThat(client.last).isEqualTo(new SessionEvent.Finished(true));
                        }
                        default -> assertThat(step.what()).isEqualTo("plain"); // nothing is seen of it here
                    }
                }
                assertThat(server.toSend).isEmpty();
                assertThat(client.toSend).isEmpty();
            }
        }
    }

    /** Bytes and records are empty in steps of other kinds; the records also where only a part of one is sent. */
    private record Step(String what, ByteBuf content, List<FramingRecord> records) {
        static Step of(Row step) {
            if (step.has("from")) {
                return new Step("from " + step.text("from"), step.buffer(), script(step));
            }
            String what = step.optionalText("shutdown")
                    .map(side -> "shutdown " + side)
                    .orElseGet(() -> step.json().fieldNames().next());
            return new Step(what, Unpooled.EMPTY_BUFFER, List.of());
        }

        byte[] bytes() {
            return ByteBufUtil.getBytes(content);
        }

        private static List<FramingRecord> script(Row step) {
            return step.flag("partial")
                    ? List.of()
                    : GoldenRecords.decode(Fragments.whole(step.bytes()), GoldenRecords.GENEROUS);
        }
    }

    /** What the two sides have in common. */
    private abstract static class Side implements AutoCloseable {
        final ByteBuf in = Unpooled.buffer();
        final List<FramingRecord> toSend = new ArrayList<>();

        @Nullable
        Object last;

        abstract void advance();

        abstract void sending(FramingRecord record);

        /** Records of the protocol must be the very next ones the session wants sent; the others are the application's. */
        void sends(List<FramingRecord> script) {
            advance();
            for (FramingRecord record : script) {
                switch (record.type()) {
                    case SIZED_ENVELOPE, UNSIZED_ENVELOPE, END -> {
                        sending(record);
                        advance();
                    }
                    default -> {
                        assertThat(toSend).startsWith(record);
                        toSend.remove(0);
                    }
                }
            }
        }

        void receives(Fragments fragments) {
            for (byte[] piece : fragments.pieces()) {
                in.writeBytes(piece);
                advance();
            }
        }

        void happened(Object event) {
            last = event;
            if (event instanceof SessionEvent.Envelope envelope) {
                envelope.payload().release();
            } else if (event instanceof SessionEvent.EnvelopeChunk chunk) {
                chunk.content().release();
            }
        }

        @Override
        public void close() {
            assertThat(in.refCnt()).as("references to the bytes").isOne();
            in.release();
        }
    }

    private static final class Server extends Side {
        private final ReceiverSession session = new ReceiverSession(FramingLimits.DEFAULT, FaultPolicy.FRIENDLY);
        private final Set<String> upgrades;

        Server(Set<String> upgrades) {
            this.upgrades = upgrades;
        }

        @Override
        void advance() {
            for (ReceiverEvent event; (event = session.next(in)) != null; ) {
                toSend.addAll(event.send());
                happened(event);
                if (event instanceof ReceiverEvent.PreambleRead read) {
                    decide(read.preamble());
                }
            }
        }

        private void decide(Preamble preamble) {
            if (preamble.via().path().equals("/nosuch")) {
                session.refuse(FaultCode.ENDPOINT_NOT_FOUND, "nobody listens there");
            } else {
                session.accept(new EndpointTerms(preamble.mode(), type -> true, upgrades, 65_536));
            }
        }

        @Override
        void sending(FramingRecord record) {
            session.sending(record);
        }

        void secured() {
            session.upgraded();
            advance();
        }

        void peerShutDown() {
            session.endOfStream();
            advance();
        }
    }

    private static final class Client extends Side {
        private final @Nullable String upgrade;
        private @Nullable InitiatorSession session;

        Client(@Nullable String upgrade) {
            this.upgrade = upgrade;
        }

        /** A script that begins with a version begins a session. */
        @Override
        void sends(List<FramingRecord> script) {
            if (!script.isEmpty() && script.get(0) instanceof FramingRecord.Version) {
                session = session(script);
            }
            super.sends(script);
        }

        private InitiatorSession session(List<FramingRecord> script) {
            FramingMode mode = ((FramingRecord.Mode) script.get(1)).mode();
            ViaUri via = ViaUri.parse(((FramingRecord.Via) script.get(2)).uri());
            ContentType type = ContentType.ofKnown(((FramingRecord.KnownEncoding) script.get(3)).code());
            Preamble preamble = new Preamble(mode, via, type);
            return upgrade == null
                    ? new InitiatorSession(preamble, FramingLimits.DEFAULT)
                    : InitiatorSession.withUpgrade(preamble, upgrade, FramingLimits.DEFAULT);
        }

        @Override
        void advance() {
            if (session == null) {
                return;
            }
            for (InitiatorEvent event; (event = session.next(in)) != null; ) {
                happened(event);
                if (!(event instanceof InitiatorEvent.Refused)) {
                    toSend.addAll(event.send()); // the End that answers a fault is not in the scripts
                }
            }
        }

        @Override
        void sending(FramingRecord record) {
            Objects.requireNonNull(session).sending(record);
        }

        void secured() {
            Objects.requireNonNull(session).upgraded();
            advance();
        }

        void peerShutDown() {
            if (session != null) {
                session.endOfStream();
                advance();
            }
        }
    }
}
