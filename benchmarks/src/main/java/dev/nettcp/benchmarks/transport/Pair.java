package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.LiveHeap;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server and its client, each in a process of its own, with the same options of the JVM as all others. */
final class Pair implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** The last one: what a full collection leaves is then free of what it did not care to move. */
    private static final String[] JVM = {"-XX:TieredStopAtLevel=4", "-Xms256m", "-Xmx1g", "-XX:MarkSweepDeadRatio=0"};

    private final Contestant contestant;
    private final Path certificates;
    private final ChildProcess server;
    private final int port;
    private final List<Load> loads = new ArrayList<>();

    Pair(Contestant contestant, Path certificates) {
        this.contestant = contestant;
        this.certificates = certificates;
        server = JavaProcess.of(PeerServer.class)
                .jvmOptions(JVM)
                .args(contestant, certificates)
                .start();
        String line = server.awaitLine(Duration.ofMinutes(1), each -> each.startsWith(PeerServer.PORT));
        port = Integer.parseInt(line.substring(PeerServer.PORT.length()));
        addClient();
    }

    /** One more client; the others stay. Which one it is. */
    int addClient() {
        loads.add(new Load(JavaProcess.of(PeerLoad.class)
                .jvmOptions(JVM)
                .args(contestant, port, certificates)
                .start()));
        return loads.size() - 1;
    }

    /** What the first client is told to do. */
    Result run(String command, Object... arguments) throws IOException {
        return run(0, command, arguments);
    }

    Result run(int client, String command, Object... arguments) throws IOException {
        StringBuilder line = new StringBuilder(command);
        for (Object argument : arguments) {
            line.append(' ').append(argument);
        }
        long before = ProcessTime.of(server.pid());
        Turn turn = loads.get(client).run(line.toString());
        return Result.of(turn, ProcessTime.of(server.pid()) - before);
    }

    /** Begins something, and does not wait for its end. */
    Running begin(String command, Object argument) {
        Load load = loads.get(0);
        load.begin(command + " " + argument);
        return load::await;
    }

    /** What runs. */
    interface Running {
        Turn await() throws IOException;
    }

    /** Bytes of the server's heap that a full collection leaves. */
    long serverHeap() throws IOException {
        return LiveHeap.of(server.pid());
    }

    long clientHeap() throws IOException {
        return LiveHeap.of(loads.get(0).process.pid());
    }

    @Override
    public void close() {
        loads.forEach(load -> load.process.close());
        server.close();
    }

    /** One client's process. */
    private static final class Load {
        private final ChildProcess process;
        private int told;

        Load(ChildProcess process) {
            this.process = process;
        }

        Turn run(String line) throws IOException {
            begin(line);
            return await();
        }

        void begin(String line) {
            told++;
            process.tell(line);
        }

        Turn await() throws IOException {
            String done = PeerLoad.DONE + told + " ";
            String failed = PeerLoad.FAILED + told + " ";
            String answer = process.awaitLine(LONGEST, each -> each.startsWith(done) || each.startsWith(failed));
            if (answer.startsWith(failed)) {
                throw new IOException(answer + System.lineSeparator() + process.describe());
            }
            return Turn.parse(answer.substring(done.length()));
        }
    }
}
