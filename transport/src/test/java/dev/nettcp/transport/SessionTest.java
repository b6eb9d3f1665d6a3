package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeftovers.class)
class SessionTest {

    private EventLoops loops;
    private Server server;
    private ConnectionPool pool;
    private Connector connector;

    @BeforeEach
    void open() {
        loops = EventLoops.create("test", 2);
        server = Server.open(
                loops,
                AcceptorSettings.DEFAULT,
                Endpoint.duplex(BaseAddress.parse("net.tcp://localhost/calc"), Echo.LISTENER));
        pool = new ConnectionPool(PoolSettings.DEFAULT);
        connector = new Connector(loops, pool);
    }

    @AfterEach
    void close() {
        pool.close();
        server.close();
        loops.close();
    }

    @Test
    void envelopesGoThereAndBackAndBothSidesClose() {
        Recorder client = new Recorder();
        Session session = Waiting.result("opened", connector.open(SessionRequest.duplex(server.via("/calc")), client));

        session.send(Unpooled.wrappedBuffer(Hex.bytes("01 02 03")));
        client.awaits("opened", "010203");
        session.close();
        client.awaits("opened", "010203", "ended", "closed");

        Waiting.until("pooled", () -> pool.idleConnections() == 1 && server.acceptor.pooledConnections() == 1);
        assertThat(server.acceptor.pendingConnections()).isZero();
    }
}
