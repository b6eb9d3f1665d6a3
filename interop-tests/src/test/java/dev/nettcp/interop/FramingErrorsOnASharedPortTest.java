package dev.nettcp.interop;

import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.testkit.FreePort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The rows against the service and a worker behind it: what the one does not answer, the other does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingErrorsOnASharedPortTest extends FramingErrorsContract {

    private final int port = FreePort.next();
    private final int portWithSmallLimit = FreePort.next();
    private PortSharingService service;
    private NetTcpServer server;
    private NetTcpServer serverWithSmallLimit;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("control.sock");
        service = PortSharingService.launch(ServiceConfig.defaults().withControlSocket(socket));
        server = openShared(port, false, socket);
        serverWithSmallLimit = openShared(portWithSmallLimit, true, socket);
    }

    private static NetTcpServer openShared(int port, boolean smallLimit, Path socket) throws Exception {
        return NetTcpServer.builder(binding(true, smallLimit))
                .endpoint("net.tcp://localhost:" + port + PATH, handler())
                .controlSocket(socket)
                .open();
    }

    @AfterAll
    void close() {
        server.close();
        serverWithSmallLimit.close();
        service.close();
    }

    @Override
    InetSocketAddress endpoint() {
        return new InetSocketAddress("localhost", port);
    }

    @Override
    InetSocketAddress endpointWithSmallLimit() {
        return new InetSocketAddress("localhost", portWithSmallLimit);
    }
}
