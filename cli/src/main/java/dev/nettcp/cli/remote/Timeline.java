package dev.nettcp.cli.remote;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.SocketFailure;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.transport.TransportEvent;
import dev.nettcp.transport.TransportListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down the steps of one attempt to open a session, and how long each took. Thread-safe. */
final class Timeline implements TransportListener {

    private final boolean secured;
    private final List<Done> done = new ArrayList<>();
    private long since = System.nanoTime();
    private Step current;
    private @Nullable InetSocketAddress remote;

    /** A step that is over. */
    record Done(Step step, Duration took, String detail, boolean succeeded) {}

    Timeline(ViaUri via, boolean secured) {
        this.secured = secured;
        this.current = via.address().isPresent() ? Step.CONNECT : Step.LOOK_UP;
    }

    @Override
    public synchronized void happened(TransportEvent event) {
        if (event instanceof TransportEvent.LookedUp lookedUp
                && lookedUp.failure().isEmpty()) {
            int addresses = lookedUp.addresses();
            succeeded(addresses == 1 ? "1 address" : addresses + " addresses", Step.CONNECT);
        } else if (event instanceof TransportEvent.ConnectAttempted attempt) {
            attempted(attempt);
        } else if (event instanceof TransportEvent.Upgraded upgraded
                && upgraded.failure().isEmpty()) {
            succeeded("", Step.ACKNOWLEDGE);
        } else if (event instanceof TransportEvent.SessionOpened) {
            succeeded("acknowledged", Step.CLOSE);
        }
    }

    private void attempted(TransportEvent.ConnectAttempted attempt) {
        if (current != Step.CONNECT) {
            return; // a further address, that is not needed any more
        }
        String address = ConnectionAddresses.text(attempt.remote());
        if (attempt.failure().isEmpty()) {
            remote = attempt.remote();
            done.add(new Done(Step.CONNECT, attempt.took(), address, true));
            next(secured ? Step.AGREE : Step.ACKNOWLEDGE);
        } else {
            String why = SocketFailure.text(attempt.failure().get());
            done.add(new Done(Step.CONNECT, attempt.took(), address + ": " + why, false));
            next(Step.CONNECT);
        }
    }

    /** The server will have the stream secured. */
    synchronized void agreed() {
        succeeded("", Step.HANDSHAKE);
    }

    synchronized void closed() {
        succeeded("both sides have ended it", Step.CLOSE);
    }

    /** The step that goes on has come to nothing, now. */
    synchronized void failed() {
        boolean told = current == Step.CONNECT && !done.isEmpty() && !last().succeeded();
        if (!told) {
            done.add(new Done(current, elapsed(since), "", false));
        }
    }

    /** Why, found out afterwards. */
    synchronized void explain(String detail) {
        Done failed = done.remove(done.size() - 1);
        done.add(failed.detail().isEmpty() ? new Done(failed.step(), failed.took(), detail, false) : failed);
    }

    private void succeeded(String detail, Step next) {
        done.add(new Done(current, elapsed(since), detail, true));
        next(next);
    }

    private void next(Step next) {
        current = next;
        since = System.nanoTime();
    }

    private Done last() {
        return done.get(done.size() - 1);
    }

    synchronized List<Done> steps() {
        return List.copyOf(done);
    }

    /** What goes on, or did when everything ended. */
    synchronized Step current() {
        return current;
    }

    /** Who was connected to. */
    synchronized Optional<InetSocketAddress> remote() {
        return Optional.ofNullable(remote);
    }

    /** All steps together. */
    synchronized Duration total() {
        return done.stream().map(Done::took).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
