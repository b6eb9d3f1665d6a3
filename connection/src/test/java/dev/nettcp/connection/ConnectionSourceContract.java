package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.connection.TestAcceptor.Landed;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link ConnectionSource} does, whether it owns its port or shares it. A subclass says how to make a source, and keeps whatever its
 * sources need running between {@link #prepare} and {@link #tidyUp}.
 */
@ExtendWith(NoLeftovers.class)
public abstract class ConnectionSourceContract {

    protected EventLoops loops;
    private final List<ConnectionSource> sources = new ArrayList<>();

    /** A source for the address; the limits and event loops of the request count. */
    protected abstract ConnectionSource newSource(ListenRequest request);

    /** An address that nobody listens on yet, with a port that clients can be told. */
    protected abstract BaseAddress freeAddress();

    /** Starts what sources need beside event loops. */
    protected void prepare() {}

    /** Ends what {@link #prepare} started; all sources have been stopped. */
    protected void tidyUp() {}

    @BeforeEach
    final void start() {
        loops = EventLoops.create("source", 2);
        prepare();
    }

    @AfterEach
    final void end() {
        sources.forEach(source -> Waiting.result("a source is stopped", source.stop()));
        tidyUp();
        loops.close();
    }

    @Test
    void aConnectionArrivesUntouchedWithBothAddressesAndEveryByte() {
        BaseAddress address = freeAddress();
        TestAcceptor acceptor = new TestAcceptor(1);
        open(request(address), acceptor);

        try (ScriptedPeer client = connect(address)) {
            byte[] preamble = preambleFor(address);
            client.sends(preamble);
            Landed landed = acceptor.next();

            assertThat(landed.cameUntouched()).isTrue();
            assertThat(landed.receives(preamble.length)).isEqualTo(preamble);
            assertThat(landed.connection().addresses().remote()).isEqualTo(client.localAddress());
            assertThat(landed.connection().addresses().local()).isEqualTo(client.remoteAddress());
            landed.close();
        }
    }

    @Test
    void whatIsSentAfterTheConnectionArrivedFollowsTheReplayedBytes() {
        BaseAddress address = freeAddress();
        TestAcceptor acceptor = new TestAcceptor(1);
        open(request(address), acceptor);

        try (ScriptedPeer client = connect(address)) {
            client.sendsByteByByte(Hex.of(preambleFor(address)));
            Landed landed = acceptor.next();
            client.sends("0c 06 01 55");

            byte[] all = landed.receives(preambleFor(address).length + 4);
            assertThat(Hex.of(all)).isEqualTo(Hex.of(preambleFor(address)) + "0c060155");
            landed.sends(Hex.bytes("0b"));
            client.expects("0b");
            landed.close();
            client.expectsEnd();
        }
    }

    @RepeatedTest(20) // how the end of the stream and the request to read meet is a matter of luck
    void aClientThatHasEndedItsDirectionIsStillAnswered() {
        BaseAddress address = freeAddress();
        TestAcceptor acceptor = new TestAcceptor(1);
        open(request(address), acceptor);

        try (ScriptedPeer client = connect(address)) {
            client.sends(preambleFor(address));
            client.endsItsDirection();
            Landed landed = acceptor.next();
            landed.awaitsEnd();

            landed.sends(Hex.bytes("0b 07"));
            client.expects("0b 07");
            landed.close();
            client.expectsEnd();
        }
    }

    @Test
    void noMoreConnectionsAreDeliveredThanThereArePlaces() {
        BaseAddress address = freeAddress();
        TestAcceptor acceptor = new TestAcceptor(2);
        open(request(address), acceptor);

        List<ScriptedPeer> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(connect(address));
            clients.get(i).sends(preambleFor(address));
        }
        List<Landed> landed = new ArrayList<>(List.of(acceptor.next(), acceptor.next()));
        clients.get(0).expectsSilence(Duration.ofMillis(100));
        assertThat(acceptor.isEmpty()).isTrue();
        for (int i = 2; i < 5; i++) {
            acceptor.addPlace();
            landed.add(acceptor.next());
        }
        assertThat(acceptor.freePlaces()).isZero();
        landed.forEach(Landed::close);
        clients.forEach(ScriptedPeer::close);
    }

    @Test
    void clientsThatResetAtOnceDoNoHarm() {
        BaseAddress address = freeAddress();
        TestAcceptor acceptor = new TestAcceptor(100);
        open(request(address), acceptor);

        for (int i = 0; i < 20; i++) {
            connect(address).resets();
        }
        try (ScriptedPeer client = connect(address)) {
            client.sends(preambleFor(address));
            Landed landed = acceptor.next();
            while (!landed.connection().addresses().remote().equals(client.localAddress())) {
                landed.close();
                landed = acceptor.next();
            }
            landed.receives(preambleFor(address).length);
            landed.close();
        }
        while (!acceptor.isEmpty()) {
            acceptor.next().close();
        }
    }

    @Test
    void stoppingRefusesNewClientsAndLeavesDeliveredConnectionsAlone() {
        BaseAddress address = freeAddress();
        TestAcceptor acceptor = new TestAcceptor(1);
        ConnectionSource source = open(request(address), acceptor);

        try (ScriptedPeer client = connect(address)) {
            client.sends(preambleFor(address));
            Landed landed = acceptor.next();
            landed.receives(preambleFor(address).length);
            Waiting.result("stopped", source.stop());

            landed.sends(Hex.bytes("0b"));
            client.expects("0b");
            landed.close();
            client.expectsEnd();
        }
    }

    @Test
    void anAddressThatWasStoppedCanBeOpenedAgainAtOnce() {
        BaseAddress address = freeAddress();
        for (int i = 0; i < 3; i++) {
            TestAcceptor acceptor = new TestAcceptor(1);
            ConnectionSource source = open(request(address), acceptor);
            try (ScriptedPeer client = connect(address)) {
                client.sends(preambleFor(address));
                acceptor.next().close();
            }
            Waiting.result("stopped", source.stop());
        }
    }

    @Test
    void anAddressThatIsTakenIsRefusedWithOneExceptionWhoeverHoldsIt() {
        BaseAddress address = freeAddress();
        open(request(address), new TestAcceptor(1));
        ConnectionSource second = newSource(request(address));

        assertThatThrownBy(() -> second.open(new TestAcceptor(1)).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(AddressInUseException.class)
                .hasMessageContaining(address.toString());
    }

    @Test
    void theAddressesAreToldWhileTheSourceIsOpen() {
        BaseAddress address = freeAddress();
        List<SourceEvent> events = Collections.synchronizedList(new ArrayList<>());
        ConnectionSource source = open(request(address).withListener(events::add), new TestAcceptor(1));

        assertThat(source.localAddresses())
                .extracting(InetSocketAddress::getPort)
                .containsOnly(address.port());
        assertThat(events).first().isInstanceOf(SourceEvent.Listening.class);
        Waiting.result("stopped", source.stop());
        Waiting.until("the end is told", () -> events.get(events.size() - 1) instanceof SourceEvent.Stopped);
    }

    /** The request of a test, for its own event loops. */
    protected final ListenRequest request(BaseAddress address) {
        return ListenRequest.of(address, loops);
    }

    /** Opens a source that is stopped when the test is over. */
    protected final ConnectionSource open(ListenRequest request, ConnectionAcceptor acceptor) {
        ConnectionSource source = newSource(request);
        Waiting.result("the source is open", source.open(acceptor));
        sources.add(source);
        return source;
    }

    protected static ScriptedPeer connect(BaseAddress address) {
        return ScriptedPeer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.port()));
    }

    /** A duplex preamble up to its encoding record, which is as much as a service reads before it passes a connection on. */
    protected static byte[] preambleFor(BaseAddress address) {
        byte[] via = address.toString().getBytes(StandardCharsets.UTF_8);
        return Hex.bytes("00 01 00 01 02 02 " + HexFormat.of().toHexDigits((byte) via.length) + Hex.of(via) + "03 08");
    }
}
