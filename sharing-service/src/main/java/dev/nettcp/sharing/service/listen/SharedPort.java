package dev.nettcp.sharing.service.listen;

import static dev.nettcp.sharing.service.telemetry.LogCode.LISTENING;
import static dev.nettcp.sharing.service.telemetry.LogCode.NOT_LISTENING;
import static dev.nettcp.sharing.service.telemetry.LogCode.PORT_LOST;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets of one port: opened with its first registration, closed with its last, exchanged when what the
 * registrations ask for changes. Changes are made one after the other; when one fails, what was open before is opened again.
 * Used on the registrar's thread only.
 */
final class SharedPort {
    private static final Logger LOG = LoggerFactory.getLogger(SharedPort.class);

    private final int port;
    private final PortPlan plan;
    private final Function<InetSocketAddress, CompletableFuture<Listener>> opener;
    private final Executor registrar;
    private final Runnable onLost;
    private final Map<InetAddress, Listener> open = new LinkedHashMap<>();
    private boolean shut;
    private CompletableFuture<Void> lastChange = CompletableFuture.completedFuture(null);

    /**
     * @param opener opens a socket, on any thread
     * @param onLost called when the port had to be given up although registrations hold it
     */
    SharedPort(
            int port,
            PortPlan plan,
            Function<InetSocketAddress, CompletableFuture<Listener>> opener,
            Executor registrar,
            Runnable onLost) {
        this.port = port;
        this.plan = plan;
        this.opener = opener;
        this.registrar = registrar;
        this.onLost = onLost;
    }

    /** Counts a registration for this host; done when the port is open for it, failed when it cannot be. */
    CompletableFuture<Void> add(Optional<InetAddress> host) {
        return afterLastChange(() -> {
            plan.add(host);
            return changeTo(plan.addresses()).whenComplete((done, failure) -> {
                if (failure != null) {
                    plan.remove(host);
                }
            });
        });
    }

    /** Takes it back; done when what nobody asks for any more is closed. */
    CompletableFuture<Void> remove(Optional<InetAddress> host) {
        return afterLastChange(() -> {
            plan.remove(host);
            return changeTo(plan.addresses());
        });
    }

    /** Closes everything, whoever holds the port; nothing is opened any more. */
    CompletableFuture<Void> shut() {
        shut = true;
        return afterLastChange(() -> closeAllBut(Set.of()));
    }

    boolean isUnused() {
        return plan.isEmpty() && lastChange.isDone();
    }

    List<InetSocketAddress> addresses() {
        return open.values().stream().map(Listener::address).toList();
    }

    private CompletableFuture<Void> afterLastChange(Supplier<CompletableFuture<Void>> change) {
        lastChange = lastChange.handle((done, failure) -> null).thenCompose(done -> change.get());
        return lastChange;
    }

    private CompletableFuture<Void> changeTo(Set<InetAddress> planned) {
        Set<InetAddress> wanted = shut ? Set.of() : planned;
        Set<InetAddress> before = Set.copyOf(open.keySet());
        return closeAllBut(wanted)
                .thenCompose(done -> openAll(wanted))
                .handle((done, failure) -> failure)
                .thenCompose(failure -> failure == null ? done() : backTo(before, failure));
    }

    /** What was open stays the better answer to everybody who is registered; the failure goes to who asked for more. */
    private CompletableFuture<Void> backTo(Set<InetAddress> before, Throwable failure) {
        return closeAllBut(before).thenCompose(done -> openAll(before)).handle((done, second) -> {
            if (second != null) {
                LOG.error(
                        "{} port {} is lost: its sockets were to be exchanged, which failed ({}), and the old ones cannot be opened"
                                + " again ({}); its workers register anew",
                        PORT_LOST,
                        port,
                        reason(failure),
                        reason(second));
                onLost.run();
            }
            throw new CompletionException(cause(failure));
        });
    }

    private CompletableFuture<Void> closeAllBut(Set<InetAddress> wanted) {
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (InetAddress address : List.copyOf(open.keySet())) {
            if (!wanted.contains(address)) {
                closing.add(close(address));
            }
        }
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
                .thenRunAsync(() -> {}, registrar);
    }

    private CompletableFuture<Void> close(InetAddress address) {
        Listener listener = open.remove(address);
        if (listener == null) {
            return done();
        }
        LOG.info("{} no longer listening on {}", NOT_LISTENING, text(listener.address()));
        return listener.close();
    }

    private CompletableFuture<Void> openAll(Set<InetAddress> wanted) {
        CompletableFuture<Void> all = done();
        for (InetAddress address : wanted) {
            if (!open.containsKey(address)) {
                all = all.thenCompose(done -> open(address));
            }
        }
        return all;
    }

    private CompletableFuture<Void> open(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, port);
        return opener.apply(socket)
                .handleAsync(
                        (listener, failure) -> {
                            if (failure != null) {
                                throw new CompletionException(new ListenFailure(socket, cause(failure)));
                            }
                            open.put(address, listener);
                            LOG.info("{} listening on {}", LISTENING, text(socket));
                            return null;
                        },
                        registrar);
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    private static String reason(Throwable failure) {
        String message = cause(failure).getMessage();
        return message == null ? cause(failure).toString() : message;
    }

    private static String text(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }
}
