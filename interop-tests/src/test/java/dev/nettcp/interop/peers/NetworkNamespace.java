package dev.nettcp.interop.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;

/**
 * Another host, as far as the network goes: a network namespace with one cable to this one. It belongs to a process and is gone
 * when that has ended, cable and all, also when the tests are killed.
 */
public final class NetworkNamespace implements AutoCloseable {

    private final ChildProcess holder;
    private final String cable;
    private final String hereAddress;
    private final String thereAddress;

    private NetworkNamespace(ChildProcess holder, String cable, String hereAddress, String thereAddress) {
        this.cable = cable;
        this.holder = holder;
        this.hereAddress = hereAddress;
        this.thereAddress = thereAddress;
    }

    /** Makes the namespace and the cable; needs root. */
    public static NetworkNamespace open() {
        Counterpart.NETWORK_NAMESPACES.need();
        long here = ProcessHandle.current().pid();
        // 198.18.0.0/15 is set aside for tests between devices, [RFC 2544]; four addresses for each process that runs
        // tests.
        String network = "198.18.%d.".formatted(here / 64 % 256);
        long first = here % 64 * 4;
        String hereAddress = network + (first + 1);
        String thereAddress = network + (first + 2);
        String cable = "nettcp" + here % 100_000;

        ChildProcess holder =
                ChildProcess.start(List.of("unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity"));
        try {
            holder.awaitLine("ready"::equals);
            NetworkNamespace namespace = new NetworkNamespace(holder, cable, hereAddress, thereAddress);
            String pid = Long.toString(holder.pid());
            ip("link", "add", cable, "type", "veth", "peer", "name", "there", "netns", pid);
            ip("addr", "add", hereAddress + "/30", "dev", cable);
            ip("link", "set", cable, "up");
            namespace.ipThere("addr", "add", thereAddress + "/30", "dev", "there");
            namespace.ipThere("link", "set", "there", "up");
            namespace.ipThere("link", "set", "lo", "up");
            return namespace;
        } catch (RuntimeException | AssertionError e) {
            holder.close();
            throw e;
        }
    }

    /** The address of this side, as the other side must call it. */
    public String hereAddress() {
        return hereAddress;
    }

    /** The address of the other side, as this side must call it. */
    public String thereAddress() {
        return thereAddress;
    }

    /** Nothing comes through any more, and neither side is told. */
    public void cutTheCable() {
        ipThere("link", "set", "there", "down");
    }

    /** The command as it is run over there. */
    public List<String> there(List<String> command) {
        List<String> there =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(holder.pid()), "--net", "--"));
        there.addAll(command);
        return there;
    }

    private void ipThere(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        run(there(command));
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) {
        try (ChildProcess process = ChildProcess.start(command)) {
            assertThat(process.awaitExit(Waiting.LIMIT)).as(process::describe).isZero();
        }
    }

    /** The cable goes first: the kernel takes its time with the rest, and the next one has the same name. */
    @Override
    public void close() {
        try (ChildProcess process = ChildProcess.start(List.of("ip", "link", "del", cable))) {
            process.awaitExit(Waiting.LIMIT);
        } finally {
            holder.close();
        }
    }
}
