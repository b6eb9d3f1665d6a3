package dev.nettcp.interop.services;

import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.config.ServiceConfig;

/** The port sharing service with the defaults, in a process of its own. */
final class Service {

    private Service() {}

    public static void main(String[] arguments) throws Exception {
        try (PortSharingService service = PortSharingService.launch(ServiceConfig.defaults())) {
            System.out.println("READY " + service.controlSocket());
            service.awaitStopped();
        }
    }
}
