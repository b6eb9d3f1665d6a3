package dev.nettcp.connection;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where accepted connections come from: a port of one's own, a port shared through the service, or a test. Nothing above this
 * interface knows which.
 *
 * <p>A source is opened once and stopped once. What it delivered lives on after {@link #stop()}.
 */
public interface ConnectionSource {

    /**
     * Starts to deliver connections to {@code acceptor}.
     *
     * @return done when clients can connect; fails with a {@link ListenException} that says who or what stands in the way. A source
     *     that failed to open holds nothing and need not be stopped.
     */
    CompletableFuture<Void> open(ConnectionAcceptor acceptor);

    /** Delivers no more connections. Done when the address is free for others; connections already delivered are untouched. */
    CompletableFuture<Void> stop();

    /**
     * The addresses at which clients reach this source while it is open, the port being the real one where 0 was asked for. With a shared
     * port these are the service's.
     */
    List<InetSocketAddress> localAddresses();
}
