package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.CalculatorClient;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Not only two: many workers come at once, half of them die, nobody else notices. */
@Timeout(300)
class TwentyWorkersTest {

    private static final int WORKERS = 20;
    private static final int CALLERS = 4;

    private static final NetTcpBinding BINDING =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private static void call(String address) throws Exception {
        try (CalculatorClient client = new CalculatorClient(address, BINDING)) {
            assertThat(client.add(1, 2)).isEqualTo(3);
        }
    }

    /** Calls one worker after the other, round after round, until it is stopped or a call fails. */
    private static final class Caller implements Callable<Object> {
        private final List<String> addresses;
        private volatile int rounds;
        private volatile boolean stopped;

        Caller(List<String> addresses) {
            this.addresses = addresses;
        }

        @Override
        public Object call() throws Exception {
            for (int round = 1; !stopped; round++) {
                for (String address : addresses) {
                    TwentyWorkersTest.call(address);
                }
                rounds = round;
            }
            return rounds;
        }
    }

    /** Until each has finished the round that is under way, or has failed. */
    private static void awaitEndOfRound(List<Caller> calling, List<Future<?>> ends) {
        List<Integer> enough = calling.stream().map(caller -> caller.rounds + 1).toList();
        for (int i = 0; i < calling.size(); i++) {
            Caller caller = calling.get(i);
            Future<?> end = ends.get(i);
            int rounds = enough.get(i);
            Waiting.until("the end of a round", () -> end.isDone() || caller.rounds >= rounds);
        }
    }

    @Test
    void everyCallToTheWorkersThatLiveSucceedsWhileTheOthersAreKilled() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (SharedPort shared = SharedPort.open()) {
            List<ChildProcess> workers = new ArrayList<>();
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                addresses.add(shared.address("/calculator/" + i));
                workers.add(shared.launchWorker("calculator", addresses.get(i)));
            }
            workers.forEach(SharedPort::awaitReady);
            for (String address : addresses) {
                call(address);
            }

            List<Caller> calling = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calling.add(new Caller(addresses.subList(WORKERS / 2, WORKERS)));
            }
            List<Future<?>> ends = new ArrayList<>();
            calling.forEach(caller -> ends.add(callers.submit(caller)));
            awaitEndOfRound(calling, ends);
            for (ChildProcess dying : workers.subList(0, WORKERS / 2)) {
                dying.kill();
                awaitEndOfRound(calling, ends);
            }
            calling.forEach(caller -> caller.stopped = true);

            for (Future<?> end : ends) {
                end.get();
            }
            assertThatThrownBy(() -> call(addresses.get(0)))
                    .isInstanceOfSatisfying(
                            NetTcpException.class,
                            e -> assertThat(e.framingFault())
                                    .hasValueSatisfying(
                                            fault -> assertThat(fault).endsWith("/EndpointNotFound")));
        } finally {
            callers.shutdownNow();
        }
    }
}
