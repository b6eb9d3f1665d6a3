package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OwnPortSourceTest extends ConnectionSourceContract {

    @Override
    protected ConnectionSource newSource(ListenRequest request) {
        return new OwnPortSource(request);
    }

    @Override
    protected BaseAddress freeAddress() {
        return BaseAddress.parse("net.tcp://localhost:" + FreePort.next() + "/calc");
    }

    @Test
    void aNameStandsForAllAddressesOfTheHostInBothFamilies() throws IOException {
        BaseAddress address = freeAddress();
        TestAcceptor acceptor = new TestAcceptor(2);
        open(request(address), acceptor);

        for (String host : new String[] {"127.0.0.1", "::1"}) {
            try (ScriptedPeer client = ScriptedPeer.connect(new InetSocketAddress(host, address.port()))) {
                TestAcceptor.Landed landed = acceptor.next();
                assertThat(landed.connection().addresses().local().getAddress()).isEqualTo(InetAddress.getByName(host));
                landed.close();
                client.expectsEnd();
            }
        }
    }

    @Test
    void anAddressLiteralStandsForThatAddressOnly() {
        BaseAddress address = BaseAddress.parse("net.tcp://127.0.0.2:" + FreePort.next() + "/");
        open(request(address), new TestAcceptor(1));

        assertThatThrownBy(() -> connect(address)).hasMessageContaining("cannot connect");
        ScriptedPeer.connect("127.0.0.2", address.port()).close();
    }

    @Test
    void portZeroAsksForAnyFreePortAndTellsWhich() {
        TestAcceptor acceptor = new TestAcceptor(1);
        ConnectionSource source = open(request(BaseAddress.parse("net.tcp://localhost:0/")), acceptor);

        InetSocketAddress bound = source.localAddresses().get(0);
        assertThat(bound.getPort()).isPositive();
        try (ScriptedPeer client = ScriptedPeer.connect("127.0.0.1", bound.getPort())) {
            acceptor.next().close();
            client.expectsEnd();
        }
    }

    /** While one of them was served the others would fill the kernel's queue, and the next would be dropped. */
    @Test
    void clientsThatWaitAreAllAcceptedBeforeTheFirstIsServed() {
        int clients = AcceptLimits.DEFAULT.maxPendingAccepts() + 20;
        BaseAddress address = freeAddress();
        Queue<String> order = new ConcurrentLinkedQueue<>();
        TestAcceptor places = new TestAcceptor(clients);
        ConnectionAcceptor acceptor = new ConnectionAcceptor() {
            @Override
            public Optional<Place> reserve() {
                return places.reserve().map(place -> {
                    order.add("accepted");
                    return new Place() {
                        @Override
                        public void accept(AcceptedConnection connection) {
                            order.add("served");
                            place.accept(connection);
                        }

                        @Override
                        public void release() {
                            place.release();
                        }
                    };
                });
            }

            @Override
            public void whenRoom(Runnable action) {
                places.whenRoom(action);
            }
        };
        try (EventLoops oneLoop = EventLoops.create("busy", 1)) {
            ConnectionSource source = newSource(
                    ListenRequest.of(address, oneLoop).withLimits(AcceptLimits.DEFAULT.withListenBacklog(2 * clients)));
            Waiting.result("the source is open", source.open(acceptor));
            List<ScriptedPeer> peers = new ArrayList<>();
            CountDownLatch begins = new CountDownLatch(1);
            CountDownLatch busy = new CountDownLatch(1);
            oneLoop.group().execute(() -> {
                begins.countDown();
                awaits(busy);
            });
            awaits(begins);
            for (int i = 0; i < clients; i++) {
                peers.add(connect(address));
            }
            busy.countDown();
            for (int i = 0; i < clients; i++) {
                places.next().close();
            }
            peers.forEach(ScriptedPeer::close);
            Waiting.result("stopped", source.stop());
        }

        assertThat(order).startsWith(Collections.nCopies(clients, "accepted").toArray(String[]::new));
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPortThatIsGivenUpWithinASecondIsTakenOver() throws IOException {
        BaseAddress address = freeAddress();
        CompletableFuture<Void> opened;
        try (ServerSocket holder = new ServerSocket(address.port())) {
            ConnectionSource source = newSource(request(address));
            opened = source.open(new TestAcceptor(1));
            opened.thenCompose(open -> source.stop());
            assertThat(holder.isBound()).isTrue();
        }
        Waiting.result("the port is open", opened);
    }

    @Test
    void aSourceThatIsStoppedWhileItWaitsForThePortNeverListens() throws IOException {
        BaseAddress address = freeAddress();
        CompletableFuture<Void> opened;
        ConnectionSource source = newSource(request(address));
        try (ServerSocket holder = new ServerSocket(address.port())) {
            opened = source.open(new TestAcceptor(1));
            Waiting.result("stopped", source.stop());
            assertThat(holder.isBound()).isTrue();
        }

        assertThatThrownBy(() -> Waiting.result("not opened", opened))
                .hasStackTraceContaining("another program has port");
        assertThat(source.localAddresses()).isEmpty();
    }

    @Test
    void aPortOfAnotherProgramIsRefusedWithWhatStandsInTheWayAndTheRemedy() throws IOException {
        BaseAddress address = freeAddress();
        try (ServerSocket holder = new ServerSocket(address.port())) {
            assertThatThrownBy(() -> newSource(request(address))
                            .open(new TestAcceptor(1))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(AddressInUseException.class)
                    .hasMessageContaining(address.toString())
                    .hasMessageContaining("another program has port " + holder.getLocalPort())
                    .hasMessageContaining("portSharingEnabled");
        }
    }

    @Test
    void aShortOpenTimeoutStillTellsWhatStandsInTheWay() throws IOException {
        BaseAddress address = freeAddress();
        try (ServerSocket holder = new ServerSocket(address.port())) {
            assertThatThrownBy(() -> newSource(request(address).withOpenTimeout(Duration.ofMillis(1)))
                            .open(new TestAcceptor(1))
                            .join())
                    .cause()
                    .isInstanceOf(AddressInUseException.class)
                    .hasMessageContaining("another program has port " + holder.getLocalPort());
        }
    }

    @Test
    void aPortOfThisProcessIsRefusedWithTheAddressThatHasIt() {
        BaseAddress address = freeAddress();
        ConnectionSource holder = newSource(request(address));
        Waiting.result("the port is open", holder.open(new TestAcceptor(1)));

        assertThatThrownBy(() ->
                        newSource(request(address)).open(new TestAcceptor(1)).join())
                .cause()
                .isInstanceOf(AddressInUseException.class)
                .hasMessageContaining("this process has port %d already, for %s", address.port(), address)
                .hasMessageContaining("endpoints of one NetTcpServer");
    }

    @Test
    void anAddressThatTheHostDoesNotHaveIsRefusedAsSuch() {
        BaseAddress address = BaseAddress.parse("net.tcp://192.0.2.1:" + FreePort.next() + "/");

        assertThatThrownBy(() ->
                        newSource(request(address)).open(new TestAcceptor(1)).join())
                .cause()
                .isInstanceOfSatisfying(
                        ListenException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ListenException.Reason.ADDRESS_NOT_AVAILABLE))
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("no such address");
    }

    @Test
    void aSourceThatWasNeverOpenedStops() {
        Waiting.result("stopped", newSource(request(freeAddress())).stop());
    }
}
