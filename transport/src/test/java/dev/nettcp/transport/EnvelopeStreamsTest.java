package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Envelopes of singleton sessions as streams of bytes. */
class EnvelopeStreamsTest extends TransportFixture {

    /** Both directions of a session as streams. */
    private static final class Streams implements SessionHandler {

        private final Duration patience;
        final CompletableFuture<Session> opened = new CompletableFuture<>();
        final CompletableFuture<TransportException> faulted = new CompletableFuture<>();
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        volatile EnvelopeInput in;
        volatile EnvelopeOutput out;

        Streams(Duration patience) {
            this.patience = patience;
        }

        Streams() {
            this(SessionTimeouts.INFINITE);
        }

        @Override
        public void opened(Session session) {
            in = new EnvelopeInput(session, patience);
            out = new EnvelopeOutput(session);
            opened.complete(session);
        }

        @Override
        public void envelope(Session session, ByteBuf part) {
            in.add(part);
        }

        @Override
        public void ended(Session session) {
            in.end();
        }

        @Override
        public void closed(Session session) {
            closed.complete(null);
        }

        @Override
        public void faulted(Session session, TransportException cause) {
            in.fail(cause);
            faulted.complete(cause);
        }

        Streams awaitOpen() {
            Waiting.result("open", opened);
            return this;
        }
    }

    private final Streams served = new Streams();

    private Server server(Endpoint endpoint) {
        return serve(AcceptorSettings.DEFAULT, endpoint.withMaxReceivedMessageSize(Long.MAX_VALUE));
    }

    private static Endpoint endpoint(Streams handler) {
        return Endpoint.singleton(
                BaseAddress.parse("net.tcp://localhost/stream"), SessionListener.of(session -> handler));
    }

    private Streams call(Server server) {
        Streams client = new Streams();
        connector.open(
                SessionRequest.singleton(server.via("/stream")).withMaxReceivedMessageSize(Long.MAX_VALUE), client);
        return client.awaitOpen();
    }

    private static CompletableFuture<Void> inThread(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void write(OutputStream out, long seed, int size, int mostAtOnce) throws IOException {
        Random random = new Random(seed);
        Random sizes = new Random(seed + 1);
        byte[] bytes = new byte[mostAtOnce];
        for (int left = size; left > 0; ) {
            int count = Math.min(left, 1 + sizes.nextInt(mostAtOnce));
            byte[] some = new byte[count];
            for (int i = 0; i < count; i++) {
                some[i] = (byte) random.nextInt();
            }
            System.arraycopy(some, 0, bytes, 0, count);
            out.write(bytes, 0, count);
            left -= count;
        }
    }

    private static void expect(InputStream in, long seed, int size, int mostAtOnce) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[mostAtOnce];
        int got = 0;
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            byte[] expected = new byte[count];
            for (int i = 0; i < count; i++) {
                expected[i] = (byte) random.nextInt();
            }
            assertThat(Arrays.equals(bytes, 0, count, expected, 0, count))
                    .as("bytes from %d on", got)
                    .isTrue();
            got += count;
        }
        assertThat(got).isEqualTo(size);
    }

    @Test
    void bytesOfAnySizeArriveAsTheyWereSentInBothDirectionsAtATime() {
        Server server = server(endpoint(served));
        Streams client = call(server);
        served.awaitOpen();
        int size = 3_000_000;
        CompletableFuture<Void> all = CompletableFuture.allOf(
                inThread(() -> {
                    write(client.out, 1, size, 100_000);
                    client.out.close();
                }),
                inThread(() -> expect(served.in, 1, size, 7_000)),
                inThread(() -> {
                    write(served.out, 2, size, 900);
                    served.out.close();
                }),
                inThread(() -> expect(client.in, 2, size, 200_000)));
        Waiting.result("both directions", all);
        Waiting.result("closed", client.closed);
        Waiting.until("pooled", () -> pool.idleConnections() == 1 && server.acceptor.pooledConnections() == 1);
    }

    @Test
    void whatWasWrittenGoesOutWithFlush() throws IOException {
        Server server = server(endpoint(served));
        Streams client = call(server);
        served.awaitOpen();
        client.out.write(1);
        client.out.write(new byte[] {2, 3});
        client.out.flush();
        byte[] got = new byte[3];
        assertThat(served.in.readNBytes(got, 0, 3)).isEqualTo(3);
        assertThat(got).containsExactly(1, 2, 3);
        client.out.close();
        client.out.close();
        assertThat(served.in.read()).isEqualTo(-1);
        assertThat(served.in.isComplete()).isTrue();
        assertThatThrownBy(() -> client.out.write(new byte[1])).hasMessageContaining("complete");
        served.out.close();
        assertThat(client.in.read()).isEqualTo(-1);
    }

    @Test
    void aReaderThatDoesNotReadStopsTheWriter() throws IOException {
        Server server = server(endpoint(served));
        Streams client = call(server);
        served.awaitOpen();
        AtomicLong written = new AtomicLong();
        int size = 64 << 20;
        CompletableFuture<Void> writing = inThread(() -> {
            byte[] block = new byte[8192];
            for (int i = 0; i < size / block.length; i++) {
                client.out.write(block);
                written.addAndGet(block.length);
            }
            client.out.close();
        });
        Waiting.until("the buffer is full", () -> served.in.available() >= EnvelopeInput.MOST_KEPT);
        AtomicLong last = new AtomicLong(-1);
        AtomicLong unchanged = new AtomicLong();
        Waiting.until("the writer stands still", () -> {
            long now = written.get();
            return now == last.getAndSet(now) ? unchanged.incrementAndGet() > 100 : unchanged.getAndSet(0) < 0;
        });
        assertThat(written.get()).isLessThan(size);
        assertThat(served.in.available()).isLessThan(2 * EnvelopeInput.MOST_KEPT);
        served.in.skipNBytes(size);
        assertThat(served.in.read()).isEqualTo(-1);
        Waiting.result("written", writing);
    }

    @Test
    void theRestOfAnEnvelopeNobodyWantsIsThrownAway() throws IOException {
        Server server = server(endpoint(served));
        Streams client = call(server);
        served.awaitOpen();
        CompletableFuture<Void> writing = inThread(() -> {
            client.out.write(new byte[8 << 20]);
            client.out.close();
        });
        Waiting.until("the buffer is full", () -> served.in.available() >= EnvelopeInput.MOST_KEPT);
        served.in.close();
        assertThatThrownBy(() -> served.in.read()).hasMessageContaining("closed");
        Waiting.result("written", writing);
        Waiting.until("the envelope is complete", served.in::isComplete);
        assertThatThrownBy(() -> served.in.read()).hasMessageContaining("closed");
        served.out.close();
        Waiting.result("closed", client.closed);
    }

    @Test
    void aReaderThatHasGoneAwayIsNotWaitedForEndlessly() {
        Streams forgetful = new Streams(Duration.ofMillis(200));
        Server server = server(endpoint(forgetful));
        Streams client = call(server);
        forgetful.awaitOpen();
        CompletableFuture<Void> writing = inThread(() -> client.out.write(new byte[64 << 20]));
        assertThat(Waiting.result("faulted", forgetful.faulted))
                .isInstanceOf(TransportTimeoutException.class)
                .hasMessageContaining("Nobody has read on");
        assertThatThrownBy(writing::join).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aResetInTheMiddleEndsBothSidesWaits() {
        Server server = server(endpoint(served));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.singleton(server.via("/stream")));
            client.expects("0b");
            client.sends("05 03 aa");
            served.awaitOpen();
            CompletableFuture<Void> reading = inThread(() -> served.in.readAllBytes());
            CompletableFuture<Void> writing = inThread(() -> served.out.write(new byte[64 << 20]));
            Waiting.until("read", () -> served.in.available() == 0);
            client.resets();
            assertThatThrownBy(() -> Waiting.result("reading", reading)).hasRootCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> Waiting.result("writing", writing)).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void whatHasArrivedCompletelyIsReadableAfterTheConnectionBroke() throws IOException {
        Server server = server(endpoint(served));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.singleton(server.via("/stream")));
            client.expects("0b");
            client.sends("05 03 aa bb cc 00");
            served.awaitOpen();
            Waiting.until("complete", () -> served.in.isComplete());
            client.resets();
            Waiting.result("faulted", served.faulted);
            assertThat(served.in.readAllBytes()).containsExactly(0xaa, 0xbb, 0xcc);
        }
    }

    @Test
    void anInterruptedReaderFindsEverythingWhereItWas() throws Exception {
        Server server = server(endpoint(served));
        Streams client = call(server);
        served.awaitOpen();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                served.in.read();
            } catch (IOException e) {
                failure.set(e);
            }
        });
        reader.start();
        reader.interrupt();
        reader.join();
        assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
        client.out.write(5);
        client.out.close();
        assertThat(served.in.read()).isEqualTo(5);
    }

    @Test
    void aThreadThatCarriesConnectionsMustNotWait() {
        Server server = server(endpoint(served));
        Streams client = call(server);
        CompletableFuture<Void> read = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> client.in.read()).isInstanceOf(IllegalStateException.class),
                client.opened.join().executor());
        Waiting.result("refused", read);
    }

    @Test
    void theRingGrowsAndGoesRound() throws IOException {
        Streams client = call(server(endpoint(served)));
        EnvelopeInput in = new EnvelopeInput(client.opened.join(), SessionTimeouts.INFINITE);
        int next = 0;
        int expected = 0;
        Random random = new Random(3);
        byte[] target = new byte[3000];
        for (int round = 0; round < 500; round++) {
            byte[] part = new byte[random.nextInt(4000)];
            for (int i = 0; i < part.length; i++) {
                part[i] = (byte) next++;
            }
            in.add(Unpooled.wrappedBuffer(part));
            int count = in.available() == 0 ? 0 : in.read(target, 0, 1 + random.nextInt(target.length - 1));
            for (int i = 0; i < count; i++) {
                assertThat(target[i]).isEqualTo((byte) expected++);
            }
        }
        in.end();
        assertThat(in.readAllBytes()).hasSize(next - expected);
    }
}
