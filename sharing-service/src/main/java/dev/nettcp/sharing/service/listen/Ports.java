package dev.nettcp.sharing.service.listen;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.service.config.AcceptSettings;
import dev.nettcp.sharing.service.telemetry.Counters;
import io.netty.channel.IoEventLoop;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/**
 * The ports of the service. A port is open while something is registered on it. Used on the registrar's thread, except
 * {@link #isOpen}.
 */
public final class Ports implements AutoCloseable {
    private final AcceptSettings settings;
    private final EventLoops loops;
    private final Executor registrar;
    private final Preambles preambles;
    private final Counters counters;
    private final IntConsumer onLost;
    private final boolean ipv6;
    private final DescriptorReserve reserve = new DescriptorReserve();
    private final Map<Integer, SharedPort> ports = new TreeMap<>();
    private final Set<Integer> inUse = ConcurrentHashMap.newKeySet();

    /**
     * @param registrar runs tasks on the thread this object belongs to
     * @param preambles what every accepted connection goes to
     * @param onLost told the number of a port that could not be kept open; its registrations are without a socket
     */
    public Ports(
            AcceptSettings settings,
            EventLoops loops,
            Executor registrar,
            Preambles preambles,
            Counters counters,
            IntConsumer onLost) {
        this.settings = settings;
        this.loops = loops;
        this.registrar = registrar;
        this.preambles = preambles;
        this.counters = counters;
        this.onLost = onLost;
        this.ipv6 = !NetUtil.isIpV4StackPreferred() && Files.exists(Path.of("/proc/net/if_inet6"));
    }

    /** Counts a registration; done when its port is open for it, failed with {@link ListenFailure} when it cannot be. */
    public CompletableFuture<Void> open(BaseAddress address) {
        inUse.add(address.port());
        return ports.computeIfAbsent(address.port(), this::newPort)
                .add(address.address())
                .whenComplete((done, failure) -> forgetIfUnused(address.port()));
    }

    /** Takes a registration back. */
    public CompletableFuture<Void> close(BaseAddress address) {
        SharedPort port = ports.get(address.port());
        if (port == null) {
            return CompletableFuture.completedFuture(null);
        }
        return port.remove(address.address()).whenComplete((done, failure) -> forgetIfUnused(address.port()));
    }

    /**
     * Gives up a descriptor that can be spared, for something that must go on at the limit: refused clients that are waited for, then
     * the reserve.
     *
     * @return false if there is none
     */
    public boolean spareDescriptor() {
        return preambles.sacrificeDrains() || reserve.spare();
    }

    /** Whether connections of this local port may be ours. Any thread. */
    public boolean isOpen(int port) {
        return inUse.contains(port);
    }

    /** Where the service listens, by port. */
    public List<InetSocketAddress> addresses() {
        return ports.values().stream()
                .flatMap(port -> port.addresses().stream())
                .toList();
    }

    /** Closes every port, whoever holds it; connections that were accepted live on. */
    public CompletableFuture<Void> shut() {
        return CompletableFuture.allOf(
                ports.values().stream().map(SharedPort::shut).toArray(CompletableFuture[]::new));
    }

    /** Frees what is held for all ports together. */
    @Override
    public void close() {
        reserve.close();
    }

    private SharedPort newPort(int port) {
        return new SharedPort(
                port,
                new PortPlan(settings.addresses(), ipv6),
                address -> Listener.open(
                        address,
                        settings,
                        (IoEventLoop) loops.group().next(),
                        (socket, local, loop) ->
                                new AcceptLoop(socket, local, loop, settings, reserve, preambles, counters)),
                registrar,
                () -> onLost.accept(port));
    }

    private void forgetIfUnused(int port) {
        registrar.execute(() -> {
            SharedPort shared = ports.get(port);
            if (shared != null && shared.isUnused()) {
                ports.remove(port);
                inUse.remove(port);
            }
        });
    }
}
