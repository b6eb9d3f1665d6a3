package dev.nettcp.interop.crash;

import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Waiting;
import java.util.List;

/** A client in a process of its own that can be killed: a shell, which starts at once. It never looks at what it is sent. */
final class ClientProcess implements Client {

    private static final String SCRIPT = """
            exec 3<>/dev/tcp/127.0.0.1/$0 && echo CONNECTED
            while read -r bytes; do printf "$bytes" >&3 && echo SENT; done
            """;

    private final ChildProcess shell;
    private int sent;

    ClientProcess(int port) {
        shell = ChildProcess.start(List.of("/bin/bash", "-c", SCRIPT, Integer.toString(port)));
        shell.awaitLineStartingWith("CONNECTED");
    }

    @Override
    public void sends(byte[] bytes) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : bytes) {
            escaped.append("\\x%02x".formatted(each));
        }
        shell.tell(escaped.toString());
        int before = sent++;
        Waiting.until("the client has sent", () -> shell.output().size() > before + 1);
    }

    /** SIGKILL: the kernel ends its connection. */
    void kill() {
        shell.kill();
    }

    @Override
    public void close() {
        shell.close();
    }
}
