package dev.nettcp.examples;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import java.io.IOException;
import java.time.Duration;

/**
 * A calculator in a process of its own: {@code CalculatorWorker ADDRESS [--own-port]}. Registers with the port sharing service, or owns the
 * port. Prints {@code READY}, its address and its process id when clients can call; ends in good order when it is told to by a signal.
 */
public final class CalculatorWorker {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private CalculatorWorker() {}

    /** Exit status 2: wrong arguments. 1: the address cannot be opened, and the reason is printed. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length == 0 || args.length > 2 || (args.length == 2 && !args[1].equals("--own-port"))) {
            System.err.println("usage: CalculatorWorker net.tcp://HOST:PORT/PATH [--own-port]");
            System.exit(2);
        }
        NetTcpBinding binding = NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .portSharingEnabled(args.length == 1)
                .build();
        try {
            serve(args[0], binding);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(String address, NetTcpBinding binding) throws IOException, InterruptedException {
        NetTcpServer server = NetTcpServer.open(address, binding, Calculator.service());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.close(PATIENCE), "close"));
        System.out.println(
                "READY " + server.address() + " " + ProcessHandle.current().pid());
        server.awaitClosed();
    }
}
