package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Event loops, servers, a pool and a connector for each test; whatever is left of them afterwards fails it. */
@ExtendWith(NoLeftovers.class)
abstract class TransportFixture {

    EventLoops loops;
    ConnectionPool pool;
    Connector connector;
    private final List<Server> servers = new ArrayList<>();

    EventLoops newLoops() {
        return EventLoops.create("transport", 2);
    }

    @BeforeEach
    final void openLoops() {
        loops = newLoops();
        pool = new ConnectionPool(PoolSettings.DEFAULT);
        connector = new Connector(loops, pool);
    }

    @AfterEach
    final void closeEverything() {
        pool.close();
        servers.forEach(Server::close);
        loops.close();
    }

    /** Where the connections of a port come from. */
    ConnectionSource source(ConnectionSource port) {
        return port;
    }

    final Server serve(AcceptorSettings settings, Endpoint... endpoints) {
        return serve(new Acceptor(settings), endpoints);
    }

    final Server serve(Acceptor acceptor, Endpoint... endpoints) {
        Server server = Server.open(loops, acceptor, this::source, endpoints);
        servers.add(server);
        return server;
    }

    final Server serve(SessionListener sessions) {
        return serve(AcceptorSettings.DEFAULT, calc(sessions));
    }

    static Endpoint calc(SessionListener sessions) {
        return endpoint("/calc", sessions);
    }

    static Endpoint endpoint(String path, SessionListener sessions) {
        return Endpoint.duplex(BaseAddress.parse("net.tcp://localhost" + path), sessions);
    }

    /** A session of our client for /calc. */
    final Session open(Server server, Recorder client) {
        return open(SessionRequest.duplex(server.via("/calc")), client);
    }

    final Session open(SessionRequest request, Recorder client) {
        return Waiting.result("the session is open", connector.open(request, client));
    }

    /** A scripted client with an acknowledged session for /calc. */
    static ScriptedPeer introduced(Server server) {
        ScriptedPeer client = ScriptedPeer.connect(server.address());
        client.sends(Preambles.whole(server.via("/calc")));
        client.expects("0b");
        return client;
    }

    static ByteBuf bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Unpooled.wrappedBuffer(bytes);
    }
}
