package dev.nettcp.interop;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.testkit.FreePort;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Bad clients of a worker behind the port sharing service, and of the service. */
class AbuseOnASharedPortTest extends AbuseContract {

    @TempDir
    private Path directory;

    private PortSharingService service;

    @Override
    NetTcpServer open(NetTcpBinding.Builder binding, MessageHandler handler) throws Exception {
        Path socket = directory.resolve("control.sock");
        String configuration =
                "{receiveTimeout: %dms, maxPendingConnections: 8}".formatted(PATIENCE_WITH_PREAMBLES.toMillis());
        service = PortSharingService.launch(
                ServiceConfig.parse("test", configuration).withControlSocket(socket));
        return NetTcpServer.builder(binding.portSharingEnabled(true).build())
                .endpoint("net.tcp://localhost:%d/calc".formatted(FreePort.next()), handler)
                .controlSocket(socket)
                .open();
    }

    @Override
    void afterwards() {
        service.close();
    }
}
