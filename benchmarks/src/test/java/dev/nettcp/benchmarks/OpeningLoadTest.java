package dev.nettcp.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.benchmarks.Opening.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpeningLoadTest {

    private static final byte[] PREAMBLE = Preamble.of("net.tcp://localhost/x");

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    @Test
    void opensSoManyAndCountsThem() throws Exception {
        answer(socket -> socket.getOutputStream().write(0x0B));
        OpeningLoad.Result result = load(4).run(100, Duration.ofSeconds(20));
        assertThat(result.outcomes()).isEqualTo(Map.of(Outcome.OPENED, 100L));
        assertThat(result.latencies().size()).isEqualTo(100);
        assertThat(result.failed()).isZero();
        assertThat(result.openedPerSecond()).isPositive();
    }

    @Test
    void stopsByItselfWhenTheTimeIsOver() throws Exception {
        answer(socket -> socket.getOutputStream().write(0x0B));
        OpeningLoad.Result result = load(1).runFor(Duration.ofMillis(50));
        assertThat(result.outcomes()).containsOnlyKeys(Outcome.OPENED);
    }

    @Test
    void theEndOfTheStreamInsteadOfAnAnswerIsAnEndBeforeTheAck() throws Exception {
        answer(socket -> {});
        assertThat(load(1).run(3, Duration.ofSeconds(20)).outcomes()).isEqualTo(Map.of(Outcome.ENDED_BEFORE_ACK, 3L));
    }

    @Test
    void aResetInsteadOfAnAnswerIsAnEndBeforeTheAck() throws Exception {
        answer(socket -> socket.setSoLinger(true, 0));
        assertThat(load(1).run(3, Duration.ofSeconds(20)).outcomes()).isEqualTo(Map.of(Outcome.ENDED_BEFORE_ACK, 3L));
    }

    @Test
    void aFaultIsNoAckAndIsToldByName() throws Exception {
        byte[] uri = "http://schemas.microsoft.com/ws/2006/05/framing/faults/EndpointNotFound".getBytes(US_ASCII);
        answer(socket -> {
            socket.getOutputStream().write(new byte[] {0x08, (byte) uri.length});
            socket.getOutputStream().write(uri);
        });
        var opening = new Opening(server.getLocalSocketAddress(), PREAMBLE);
        assertThat(opening.attempt()).isEqualTo(Outcome.FAULT);
        assertThat(opening.fault()).isEqualTo("EndpointNotFound");
    }

    @Test
    void anyOtherByteIsNoAck() throws Exception {
        answer(socket -> socket.getOutputStream().write('H'));
        assertThat(load(1).run(1, Duration.ofSeconds(20)).outcomes()).isEqualTo(Map.of(Outcome.ANSWERED_OTHERWISE, 1L));
    }

    @Test
    void nobodyListeningIsARefusal() throws Exception {
        server.close();
        OpeningLoad.Result result = load(1).run(2, Duration.ofSeconds(20));
        assertThat(result.outcomes()).isEqualTo(Map.of(Outcome.REFUSED, 2L));
        assertThat(result.failed()).isEqualTo(2);
    }

    @Test
    void aPeerThatNeverAnswersIsGivenUp() throws Exception {
        var opening = new Opening(server.getLocalSocketAddress(), PREAMBLE);
        var read = new CountDownLatch(1);
        answer(socket -> {
            read.countDown();
            while (socket.getInputStream().read() >= 0) {}
        });
        Thread aborter = new Thread(() -> {
            try {
                read.await();
                opening.abort();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        aborter.start();
        assertThat(opening.attempt()).isEqualTo(Outcome.UNANSWERED);
        aborter.join();
    }

    private OpeningLoad load(int atOnce) {
        return new OpeningLoad((InetSocketAddress) server.getLocalSocketAddress(), PREAMBLE, atOnce);
    }

    private interface Answer {
        void to(Socket socket) throws IOException;
    }

    /** Answers every connection the same way once its preamble is there. */
    private void answer(Answer answer) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    assertThat(socket.getInputStream().readNBytes(PREAMBLE.length))
                            .isEqualTo(PREAMBLE);
                    answer.to(socket);
                } catch (IOException e) {
                    // The client has reset it, or the test is over and the loop ends.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
