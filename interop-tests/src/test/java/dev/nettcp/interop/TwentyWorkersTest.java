package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.CalculatorClient;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.testkit.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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

            AtomicBoolean killed = new AtomicBoolean();
            List<String> living = addresses.subList(WORKERS / 2, WORKERS);
            Callable<Integer> caller = () -> {
                int calls = 0;
                for (boolean last = false; !last; ) {
                    last = killed.get(); // one more round when all of them are dead
                    for (String address : living) {
                        call(address);
                        calls++;
                    }
                }
                return calls;
            };
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                counts.add(callers.submit(caller));
            }
            workers.subList(0, WORKERS / 2).forEach(ChildProcess::kill);
            killed.set(true);

            for (Future<Integer> count : counts) {
                assertThat(count.get()).isGreaterThanOrEqualTo(living.size());
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
