package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.ConnectionPoolSettings;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.examples.Calculator;
import dev.nettcp.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Two calculators on one port: sessions one after the other share a connection, whosever they are. */
final class PoolingScenarios {

    private PoolingScenarios() {}

    static Map<String, Scenario> all() {
        return new Scenario.Names()
                .add("pool-a-then-b", onOneConnection(pool -> {
                    pool.session(pool.a(), 1);
                    pool.session(pool.b(), 1);
                }))
                .add("pool-a-then-b-then-a", onOneConnection(pool -> {
                    pool.session(pool.a(), 3);
                    pool.session(pool.b(), 3);
                    pool.session(pool.a(), 3);
                }))
                .add("pool-alternate-100", onOneConnection(pool -> pool.alternate(50, 1)))
                .add("pool-empty-sessions", onOneConnection(pool -> pool.alternate(10, 0)))
                .add("pool-idle-then-b", onOneConnection(pool -> {
                    pool.session(pool.a(), 1);
                    new CompletableFuture<>()
                            .completeOnTimeout("idle", 3, TimeUnit.SECONDS)
                            .join();
                    pool.session(pool.b(), 1);
                }))
                .add("pool-abort-then-b", in(pool -> {
                    NetTcpClient client = pool.client(pool.a());
                    multiply(client, 1);
                    client.abort();
                    pool.session(pool.b(), 1);
                }))
                .add("pool-sessions-side-by-side", in(PoolingScenarios::sideBySide))
                .add("pool-concurrent-mix", in(PoolingScenarios::concurrentMix))
                .all();
    }

    /**
     * A pool of its own.
     *
     * @param ports of this side: one for each connection
     */
    private record Pool(OurClient site, String group, Set<Integer> ports) {

        String a() {
            return site.address("/calculator");
        }

        String b() {
            return site.server().other() + "/calculator";
        }

        NetTcpClient client(String address) {
            ConnectionPoolSettings defaults = ConnectionPoolSettings.DEFAULT;
            NetTcpBinding binding = site.buffered()
                    .connectionPoolSettings(new ConnectionPoolSettings(
                            group,
                            defaults.idleTimeout(),
                            defaults.leaseTimeout(),
                            defaults.maxOutboundConnectionsPerEndpoint()))
                    .build();
            return NetTcpClient.to(address, binding);
        }

        void session(String address, int calls) throws Exception {
            try (NetTcpClient client = client(address)) {
                ports.add(client.open().localAddress().getPort());
                for (int i = 0; i < calls; i++) {
                    multiply(client, i);
                }
            }
        }

        void alternate(int rounds, int calls) throws Exception {
            for (int i = 0; i < rounds; i++) {
                session(a(), calls);
                session(b(), calls);
            }
        }
    }

    @FunctionalInterface
    private interface Calls {
        void run(Pool pool) throws Exception;
    }

    private static Scenario in(Calls calls) {
        return site -> calls.run(new Pool(site, UUID.randomUUID().toString(), new TreeSet<>()));
    }

    private static Scenario onOneConnection(Calls calls) {
        return in(pool -> {
            calls.run(pool);
            assertThat(pool.ports()).hasSize(1);
        });
    }

    private static void multiply(NetTcpClient client, int number) throws Exception {
        assertThat(Calculator.result(client.request(Calculator.request("Multiply", number, 2.5))))
                .isEqualTo(number * 2.5);
    }

    private static void sideBySide(Pool pool) throws Exception {
        List<NetTcpClient> clients = IntStream.range(0, 10)
                .mapToObj(i -> pool.client(i % 2 == 0 ? pool.a() : pool.b()))
                .toList();
        for (int round = 0; round < 5; round++) {
            for (NetTcpClient client : clients) {
                multiply(client, round);
            }
        }
        for (NetTcpClient client : clients) {
            client.close();
        }
    }

    private static void concurrentMix(Pool pool) {
        List<CompletableFuture<Void>> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Random random = new Random(i);
            Pool own = new Pool(pool.site(), pool.group(), new TreeSet<>());
            users.add(CompletableFuture.runAsync(() -> sessions(own, random), task -> new Thread(task).start()));
        }
        users.forEach(user -> Waiting.result("25 sessions", user));
    }

    private static void sessions(Pool pool, Random random) {
        try {
            for (int i = 0; i < 25; i++) {
                pool.session(random.nextBoolean() ? pool.a() : pool.b(), random.nextInt(4));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
