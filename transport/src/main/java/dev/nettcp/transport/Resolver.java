package dev.nettcp.transport;

import dev.nettcp.framing.via.ViaUri;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks up the addresses of hosts, away from the event loops, since the JDK's look-up blocks. */
final class Resolver {

    private static final int MAX_THREADS = 4;
    private static final Executor LOOKUPS = lookups();

    private Resolver() {}

    /** All addresses of the via's host, in the order of the system's resolver; a literal needs no look-up. */
    static CompletableFuture<List<InetAddress>> resolve(ViaUri via) {
        return via.address()
                .map(literal -> CompletableFuture.completedFuture(List.of(literal)))
                .orElseGet(() -> CompletableFuture.supplyAsync(() -> lookUp(via.host()), LOOKUPS));
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static Executor lookups() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("nettcp-resolver", true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
