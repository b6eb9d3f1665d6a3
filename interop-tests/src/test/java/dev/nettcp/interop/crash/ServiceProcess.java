package dev.nettcp.interop.crash;

import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.config.ServiceConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The port sharing service with short limits, in a process that can be held at a step: {@code ServiceProcess CONTROL_SOCKET}. */
final class ServiceProcess {

    /** Far more than anything takes on a busy machine that is not held, and little for whoever waits for it. */
    private static final String LIMITS = """
            receiveTimeout: 20s
            handover:
              queueTimeout: %dms
              takeTimeout: %dms
            """.formatted(Limits.QUEUE.toMillis(), Limits.TAKEN.toMillis());

    private ServiceProcess() {}

    public static void main(String[] arguments) throws Exception {
        HeldSteps steps = new HeldSteps();
        ServiceConfig config = ServiceConfig.parse("limits", LIMITS).withControlSocket(Path.of(arguments[0]));
        PortSharingService service = PortSharingService.launch(config, steps);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("READY");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                steps.told(line);
            }
        } finally {
            service.close();
        }
    }
}
