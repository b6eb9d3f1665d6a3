package dev.nettcp.sharing.service;

import dev.nettcp.sharing.service.config.ServiceConfig;
import java.nio.file.Path;

/** A service in a process of its own: {@code SOCKET}. */
final class ServiceMain {
    private ServiceMain() {}

    public static void main(String[] args) throws Exception {
        try (PortSharingService service = PortSharingService.launch(
                ServiceConfig.parse("defaults", "{maxPendingConnections: 1000, listenBacklog: 1000}")
                        .withControlSocket(Path.of(args[0])))) {
            System.out.println("ready " + service.controlSocket());
            service.awaitStopped();
        }
    }
}
