package dev.nettcp.cli.remote;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.transport.ConnectionLostException;
import dev.nettcp.transport.ConnectionPool;
import dev.nettcp.transport.Connector;
import dev.nettcp.transport.PoolSettings;
import dev.nettcp.transport.ProtocolException;
import dev.nettcp.transport.RemoteSecurity;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import dev.nettcp.transport.SessionHandler;
import dev.nettcp.transport.SessionRequest;
import dev.nettcp.transport.SessionTimeouts;
import dev.nettcp.transport.StreamUpgrade;
import dev.nettcp.transport.TransportTimeoutException;
import dev.nettcp.transport.tls.TlsSettings;
import dev.nettcp.transport.tls.TlsUpgrade;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Opens one session with a service and closes it again, and finds out why where that fails. */
final class Probe implements AutoCloseable {

    /** How long a further connection may take, whose only purpose is a better explanation. */
    private static final Duration LEAST_CURIOSITY = Duration.ofSeconds(1);

    private static final Duration MOST_CURIOSITY = Duration.ofSeconds(5);

    private static final List<String> UPGRADES = List.of(TlsUpgrade.PROTOCOL, "application/negotiate");

    private final EventLoops loops = EventLoops.create("nettcp-ping", 1);
    private final ConnectionPool pool = new ConnectionPool(PoolSettings.NONE);
    private final Connector connector = new Connector(loops, pool);
    private final ViaUri via;
    private final Optional<TlsSettings> tls;
    private final boolean streamed;
    private final Duration timeout;

    Probe(ViaUri via, Optional<TlsSettings> tls, boolean streamed, Duration timeout) {
        this.via = via;
        this.tls = tls;
        this.streamed = streamed;
        this.timeout = timeout;
    }

    Ping run() throws InterruptedException {
        Timeline timeline = new Timeline(via, tls.isPresent());
        SessionRequest request = request();
        if (tls.isPresent()) {
            request = request.withUpgrade(new Observed(new TlsUpgrade(tls.get()), timeline));
        }
        Optional<RemoteSecurity> security = Optional.empty();
        try {
            Session session =
                    connector.withListener(timeline).open(request, new Silent()).get();
            security = session.remoteSecurity();
            end(session, timeline);
            return new Ping(via, timeline, security, Optional.empty());
        } catch (ExecutionException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            timeline.failed();
            Diagnosis diagnosis = diagnose(failure, timeline);
            timeline.explain(diagnosis.reason().code());
            return new Ping(via, timeline, security, Optional.of(diagnosis));
        }
    }

    /** A singleton session cannot end without a message: it is reset. */
    private void end(Session session, Timeline timeline) throws ExecutionException, InterruptedException {
        if (streamed) {
            session.abort(new SessionClosedException("It is only a ping."));
        } else {
            session.close(timeout).get();
            timeline.closed();
        }
    }

    private SessionRequest request() {
        SessionRequest request = streamed ? SessionRequest.singleton(via) : SessionRequest.duplex(via);
        return request.withTimeouts(SessionTimeouts.DEFAULT.withOpen(timeout).withClose(timeout));
    }

    private Diagnosis diagnose(Throwable failure, Timeline timeline) throws InterruptedException {
        Step step = timeline.current();
        Optional<InetSocketAddress> remote = timeline.remote();
        String who = remote.map(ConnectionAddresses::text).orElse(via.host());
        boolean puzzling = failure instanceof ProtocolException
                || failure instanceof ConnectionLostException
                || failure instanceof TransportTimeoutException;
        if (puzzling && remote.isPresent() && (step == Step.ACKNOWLEDGE || step == Step.AGREE)) {
            Optional<Diagnosis> better = lookAgain(remote.get(), who, failure);
            if (better.isPresent()) {
                return better.get();
            }
        }
        return Diagnosis.of(failure, new Diagnosis.Attempt(via, step, who, tls.isPresent(), timeout));
    }

    private Optional<Diagnosis> lookAgain(InetSocketAddress remote, String who, Throwable failure)
            throws InterruptedException {
        if (tls.isEmpty() && !(failure instanceof TransportTimeoutException)) {
            for (String upgrade : UPGRADES) {
                if (offers(upgrade)) {
                    return Optional.of(Diagnosis.securityNeeded(who, upgrade));
                }
            }
        }
        Preamble preamble = new Preamble(
                streamed ? FramingMode.SINGLETON_UNSIZED : FramingMode.DUPLEX,
                via,
                streamed ? ContentType.BINARY : ContentType.BINARY_SESSION);
        return SecondLook.words(remote, preamble, curiosity()).map(words -> Diagnosis.notNetTcp(who, words));
    }

    /** Whether the server would have the stream secured so; goes no further than its word. */
    private boolean offers(String upgrade) throws InterruptedException {
        Asking asking = new Asking(upgrade);
        SessionRequest request = request()
                .withTimeouts(SessionTimeouts.DEFAULT.withOpen(curiosity()))
                .withUpgrade(asking);
        try {
            connector.open(request, new Silent()).get().abort(new SessionClosedException("It was only a question."));
        } catch (ExecutionException e) {
            // as expected, whatever the answer was
        }
        return asking.agreed;
    }

    private Duration curiosity() {
        Duration atLeast = timeout.compareTo(LEAST_CURIOSITY) < 0 ? LEAST_CURIOSITY : timeout;
        return atLeast.compareTo(MOST_CURIOSITY) > 0 ? MOST_CURIOSITY : atLeast;
    }

    @Override
    public void close() {
        pool.close();
        loops.close();
    }

    /** Nothing is expected of the session. */
    private static final class Silent implements SessionHandler {
        @Override
        public void envelope(Session session, ByteBuf envelope) {
            // what a service pushes at once to everybody
        }
    }

    /** Tells when the server has agreed. */
    private record Observed(StreamUpgrade upgrade, Timeline timeline) implements StreamUpgrade {
        @Override
        public String protocol() {
            return upgrade.protocol();
        }

        @Override
        public Secured start(Channel channel, Side side, ViaUri target) {
            timeline.agreed();
            return upgrade.start(channel, side, target);
        }
    }

    /** An upgrade that ends where it would begin. */
    private static final class Asking implements StreamUpgrade, StreamUpgrade.Secured {

        private final String protocol;
        private volatile boolean agreed;

        Asking(String protocol) {
            this.protocol = protocol;
        }

        @Override
        public String protocol() {
            return protocol;
        }

        @Override
        public Secured start(Channel channel, Side side, ViaUri target) {
            agreed = true;
            return this;
        }

        @Override
        public CompletionStage<RemoteSecurity> handshake() {
            return CompletableFuture.failedFuture(new SessionClosedException("It was only a question."));
        }

        @Override
        public void inputEnded() {}

        @Override
        public void remove() {}
    }
}
