package dev.nettcp.benchmarks;

import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** HAProxy in TCP mode in front of one server, with its own defaults for threads and buffers, in a process of its own. */
final class HaProxy implements AutoCloseable {

    private final InetSocketAddress address;
    private final ChildProcess process;

    private HaProxy(InetSocketAddress address, ChildProcess process) {
        this.address = address;
        this.process = process;
    }

    /** The program, where it is installed. */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(":")))
                .map(directory -> Path.of(directory, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static HaProxy inFrontOf(InetSocketAddress server, Path program, Path directory) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
        Path file = directory.resolve("haproxy.cfg");
        Files.writeString(file, """
                global
                    maxconn 2000
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                listen calculators
                    bind 127.0.0.1:%d
                    server worker 127.0.0.1:%d
                """.formatted(address.getPort(), server.getPort()));
        ChildProcess process = ChildProcess.start(List.of(program.toString(), "-db", "-f", file.toString()));
        var proxy = new HaProxy(address, process);
        Waiting.until("haproxy listens", proxy::listens);
        return proxy;
    }

    InetSocketAddress address() {
        return address;
    }

    private boolean listens() {
        if (!process.isAlive()) throw new IllegalStateException("haproxy ended: " + process.describe());
        try (SocketChannel channel = SocketChannel.open(address)) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
