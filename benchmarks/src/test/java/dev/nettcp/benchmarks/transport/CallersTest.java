package dev.nettcp.benchmarks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.benchmarks.transport.Peer.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallersTest {

    @Test
    void makesExactlySoManyCallsAndTellsHowLongTheyTook() throws Exception {
        var made = new AtomicInteger();
        Turn turn = new Callers().calls(1000, 8, caller -> made::incrementAndGet);
        assertThat(turn.calls()).isEqualTo(1000);
        assertThat(made).hasValue(1000);
        assertThat(turn.nanos()).isPositive();
        assertThat(turn.p50()).isPositive().isLessThanOrEqualTo(turn.p99());
        assertThat(Turn.parse(turn.toLine())).isEqualTo(turn);
    }

    @Test
    void callsForATimeAndReportsTheFirstFailure() throws Exception {
        assertThat(new Callers()
                        .callFor(Duration.ofMillis(20), 2, caller -> () -> {})
                        .calls())
                .isPositive();
        assertThatThrownBy(() -> new Callers().callFor(Duration.ofMinutes(5), 1, caller -> () -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
    }

    @Test
    void aCallWhoseBytesComeBackChangedFails() {
        EchoCall call = new EchoCall(spoiling(), 3, 100);
        assertThatThrownBy(call::make).hasMessage("caller 3 sent 100 bytes and something else of 100 came back");
    }

    @Test
    void noPayloadIsLikeAnother() throws Exception {
        List<String> payloads = new ArrayList<>();
        Client client = new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) {
                payloads.add(Arrays.toString(payload));
                return payload;
            }

            @Override
            public void close() {}
        };
        for (int caller = 0; caller < 5; caller++) {
            EchoCall call = new EchoCall(client, caller, 20);
            for (int i = 0; i < 50; i++) {
                call.make();
            }
        }
        assertThat(payloads).hasSize(250).doesNotHaveDuplicates();
    }

    private static Client spoiling() {
        return new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) {
                byte[] answer = payload.clone();
                answer[50] = 0;
                return answer;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void blocksThatAreMissingOrOutOfOrderAreFound() throws IOException {
        byte[] all = Blocks.of(2 * Blocks.SIZE + 10).readAllBytes();
        assertThat(Blocks.check(new ByteArrayInputStream(all))).isEqualTo(2 * Blocks.SIZE + 10);
        byte[] late = Arrays.copyOfRange(all, Blocks.SIZE, all.length);
        assertThatThrownBy(() -> Blocks.check(new ByteArrayInputStream(late)))
                .hasMessage("block 0 is not what was sent");
    }

    @Test
    void processorTimeIsThatOfTheWholeProcess() throws IOException {
        assertThat(ProcessTime.ofThis()).isPositive();
    }
}
