package dev.nettcp.benchmarks;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.Calculator;
import java.io.IOException;

/** The calculator twice in one process: on a shared port and on a port of its own. */
final class BenchWorker {

    static final String READY = "ready";

    private BenchWorker() {}

    /** The addresses on the shared port and on the own one. */
    public static void main(String[] addresses) throws IOException, InterruptedException {
        try (NetTcpServer shared = NetTcpServer.open(addresses[0], binding(true), Calculator.service());
                NetTcpServer own = NetTcpServer.open(addresses[1], binding(false), Calculator.service())) {
            System.out.println(READY);
            shared.awaitClosed();
            own.awaitClosed();
        }
    }

    static NetTcpBinding binding(boolean portSharing) {
        return NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .portSharingEnabled(portSharing)
                .listenBacklog(TestBed.LISTEN_BACKLOG)
                .build();
    }
}
