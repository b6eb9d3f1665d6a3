package dev.nettcp.sharing.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.ReusePolicy;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.Objection;
import dev.nettcp.sharing.PassedSocket;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final InetSocketAddress END = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);
    private static final HandoverHeader HEADER =
            new HandoverHeader("net.tcp://localhost:9000/a", END, END, Unpooled.EMPTY_BUFFER);
    private static final PassedSocket UNTOUCHED = new PassedSocket(new FileDescriptor(Integer.MAX_VALUE));

    private final EventLoops loops = EventLoops.create("arrivals", 1);
    private final Arrivals arrivals = new Arrivals(
            new AlwaysRoom(),
            loops,
            ReusePolicy.KEEP,
            why -> fail(why),
            new DescriptorLimitLog(BaseAddress.parse(HEADER.via()), System::nanoTime));

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void afterTheStopNothingIsTakenEvenWhereAPlaceWasKeptForIt() {
        HandoverReceiver.Place kept = arrivals.reserveAhead().orElseThrow();
        assertThat(kept.objection(HEADER, UNTOUCHED)).isEmpty();

        arrivals.stop();

        assertThat(kept.objection(HEADER, UNTOUCHED)).map(Objection::reason).contains(DeclineReason.CLOSING);
        assertThat(arrivals.reserve(HEADER)).isEmpty();
        assertThat(arrivals.reserveAhead()).isEmpty();
        arrivals.whenRoom(() -> fail("there is no room any more, and nobody may ask again and again"));
    }

    private static final class AlwaysRoom implements ConnectionAcceptor, ConnectionAcceptor.Place {
        @Override
        public Optional<ConnectionAcceptor.Place> reserve() {
            return Optional.of(this);
        }

        @Override
        public Optional<ConnectionAcceptor.Place> reserveAhead() {
            return Optional.of(this);
        }

        @Override
        public void whenRoom(Runnable action) {
            action.run();
        }

        @Override
        public void accept(AcceptedConnection connection) {
            connection.abort();
        }

        @Override
        public void release() {}
    }
}
