package dev.nettcp.interop;

import dev.nettcp.binding.NetTcpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The rows against a server that owns its port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingErrorsOnAnOwnPortTest extends FramingErrorsContract {

    private NetTcpServer server;
    private NetTcpServer serverWithSmallLimit;

    @BeforeAll
    void open() throws IOException {
        server = NetTcpServer.open("net.tcp://localhost:0" + PATH, binding(false, false), handler());
        serverWithSmallLimit = NetTcpServer.open("net.tcp://localhost:0" + PATH, binding(false, true), handler());
    }

    @AfterAll
    void close() {
        server.close();
        serverWithSmallLimit.close();
    }

    @Override
    InetSocketAddress endpoint() {
        return socketAddress(server);
    }

    @Override
    InetSocketAddress endpointWithSmallLimit() {
        return socketAddress(serverWithSmallLimit);
    }

    private static InetSocketAddress socketAddress(NetTcpServer server) {
        return new InetSocketAddress("localhost", URI.create(server.address()).getPort());
    }
}
