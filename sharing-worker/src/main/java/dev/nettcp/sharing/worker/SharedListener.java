package dev.nettcp.sharing.worker;

import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.ListenException;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.unix.EpollSupport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An address on a port that the port sharing service listens on: registers it, takes what is handed over, and registers it
 * again by itself when the service was away. Connections already delivered are not touched by any of this. The process
 * listens on no TCP port of its own.
 */
public final class SharedListener implements ConnectionSource {
    private static final int MAX_ADDRESS_BYTES = 2048;

    private final ListenRequest request;
    private final SharedPortSettings settings;
    private @Nullable RegistrationClient client;

    public SharedListener(ListenRequest request, SharedPortSettings settings) {
        this.request = request;
        this.settings = settings;
    }

    @Override
    public synchronized CompletableFuture<Void> open(ConnectionAcceptor acceptor) {
        if (client != null) {
            throw new IllegalStateException("a source is opened once");
        }
        try {
            requireFitting(request.address());
            requireEpoll();
        } catch (ListenException e) {
            return CompletableFuture.failedFuture(e);
        }
        ListenFailures failures =
                new ListenFailures(request.address(), settings.controlSocket(), ServiceUnits.OF_SYSTEM);
        client = new RegistrationClient(request, settings, failures, localAddresses(), acceptor);
        return client.open();
    }

    @Override
    public synchronized CompletableFuture<Void> stop() {
        return client == null ? CompletableFuture.completedFuture(null) : client.stop();
    }

    /** Where the service listens for this address. */
    @Override
    public List<InetSocketAddress> localAddresses() {
        int port = request.address().port();
        return List.of(request.address()
                .address()
                .map(literal -> new InetSocketAddress(literal, port))
                .orElseGet(() -> new InetSocketAddress(port)));
    }

    @Override
    public String toString() {
        return "shared port of " + request.address();
    }

    /** The original refuses it before it asks the service. */
    private static void requireFitting(BaseAddress address) throws ListenException {
        int bytes = address.utf8Length();
        if (bytes > MAX_ADDRESS_BYTES) {
            throw new ListenException(
                    ListenException.Reason.REGISTRATION_REFUSED,
                    "Cannot listen on an address of %d bytes (%.60s…): at most %d are allowed. Choose a shorter path."
                            .formatted(bytes, address, MAX_ADDRESS_BYTES));
        }
    }

    private void requireEpoll() throws ListenException {
        try {
            EpollSupport.require();
        } catch (UnsupportedOperationException e) {
            throw new ListenException(
                    ListenException.Reason.OTHER,
                    "Cannot listen on %s: %s.".formatted(request.address(), e.getMessage()),
                    e);
        }
        if (!request.eventLoops().isEpoll()) {
            throw new ListenException(
                    ListenException.Reason.OTHER,
                    "Cannot listen on %s: a shared port needs event loops of epoll, and those given are of NIO. Create them with EventLoops.create."
                            .formatted(request.address()));
        }
    }
}
