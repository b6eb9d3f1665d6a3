package dev.nettcp.benchmarks;

import dev.nettcp.benchmarks.CallLoad.Call;
import dev.nettcp.benchmarks.Handovers.Target;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.examples.Calculator;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.JavaProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What is measured, each part in a process of its own: the service, a worker with a shared port and an own one, HAProxy before the latter. */
final class TestBed implements AutoCloseable {

    /**
     * Of whatever listens here. With the default, 12 for each processor, more clients than that at once overflow the kernel's queue on a
     * small machine; who is dropped there tries again after a second, and then that second is what is measured.
     */
    static final int LISTEN_BACKLOG = 256;

    /** How the parts are closed, the last one first. */
    private final Deque<Closeable> parts = new ArrayDeque<>();

    private final Path controlSocket;
    private final ServiceProcess service;
    private final Target shared;
    private final Target own;
    private final Optional<Target> proxied;

    TestBed(Path directory) throws IOException {
        controlSocket = directory.resolve("control.sock");
        shared = target(FreePort.next());
        own = target(FreePort.next());
        Path configuration =
                Files.writeString(directory.resolve("service.yaml"), "listenBacklog: %d%n".formatted(LISTEN_BACKLOG));
        service = new ServiceProcess(controlSocket, configuration);
        parts.push(service::close);
        startWorker(shared, own);
        Optional<Path> haproxy = HaProxy.program();
        if (haproxy.isPresent()) {
            HaProxy proxy = HaProxy.inFrontOf(own.address(), haproxy.get(), directory);
            parts.push(proxy::close);
            proxied = Optional.of(new Target(proxy.address(), own.via()));
        } else {
            proxied = Optional.empty();
        }
    }

    private void startWorker(Target shared, Target own) {
        ChildProcess worker = JavaProcess.of(BenchWorker.class)
                .jvmOptions("-XX:TieredStopAtLevel=4", "-Xmx256m")
                .env("NETTCP_SOCKET", controlSocket.toString())
                .args(shared.via(), own.via())
                .start();
        parts.push(worker::close);
        worker.awaitLine(BenchWorker.READY::equals);
    }

    private static Target target(int port) {
        return target(port, "calculator");
    }

    private static Target target(int port, String path) {
        return new Target(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                "net.tcp://localhost:%d/%s".formatted(port, path));
    }

    ServiceProcess service() {
        return service;
    }

    Target shared() {
        return shared;
    }

    Target own() {
        return own;
    }

    /** Starts one more worker behind the shared port, in a process of its own. */
    Target startNeighbour(String path) {
        Target neighbour = target(shared.address().getPort(), path);
        startWorker(neighbour, target(FreePort.next()));
        return neighbour;
    }

    /** HAProxy, where it is installed. */
    Optional<Target> proxied() {
        return proxied;
    }

    /** A session of its own, open after this. The call checks its answer. */
    Call session(Target target) throws Exception {
        NetTcpClient client = NetTcpClient.to(target.via(), BenchWorker.binding(false));
        parts.push(client::close);
        Call call = () -> {
            double sum = Calculator.result(client.request(Calculator.request("Add", 100, 15.99)));
            if (sum != 115.99) throw new IOException("100 + 15.99 = " + sum);
        };
        call.make();
        return call;
    }

    @Override
    public void close() throws IOException {
        for (Closeable part : parts) part.close();
    }
}
