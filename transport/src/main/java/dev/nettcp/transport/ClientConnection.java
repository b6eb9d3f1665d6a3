package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.Connections;
import dev.nettcp.framing.FailureKind;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.InitiatorEvent;
import dev.nettcp.framing.InitiatorSession;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.SessionEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, over all its sessions. Between sessions it lies in its {@link ConnectionPool}; whatever the server does to it
 * there ends it.
 *
 * <pre>
 *   connected ──preamble──▶ opening ──ack──▶ session ──both Ends──▶ in the pool ──preamble──▶ ...
 * </pre>
 */
final class ClientConnection extends FramedConnection {

    private final ConnectionPool pool;
    private final ConnectionPool.Key key;
    private final long connectedAt;
    private Telemetry telemetry;
    private boolean reused;
    private @Nullable Opening opening;
    private @Nullable InitiatorSession framing;

    /** What is wanted of the connection, until it is acknowledged or refused. */
    private record Opening(SessionRequest request, SessionHandler handler, CompletableFuture<Session> opened) {}

    ClientConnection(
            Channel channel,
            ConnectionAddresses addresses,
            ConnectionPool pool,
            ConnectionPool.Key key,
            Telemetry telemetry) {
        super(channel, addresses);
        this.telemetry = telemetry;
        this.pool = pool;
        this.key = key;
        this.connectedAt = pool.now();
    }

    ConnectionPool.Key key() {
        return key;
    }

    /** By the pool's clock. */
    long connectedAt() {
        return connectedAt;
    }

    /** Introduces a session. The handler hears of it from its acknowledgement on; before that, {@code opened} tells of failures. */
    void open(SessionRequest request, SessionHandler handler, CompletableFuture<Session> opened, Telemetry whoAsks) {
        onEventLoop(() -> {
            telemetry = whoAsks;
            if (isReleased()) {
                opened.completeExceptionally(
                        new ConnectionLostException("The server closed the connection %s.".formatted(addresses)));
                return;
            }
            opening = new Opening(request, handler, opened);
            Preamble preamble = new Preamble(request.mode(), request.via(), request.contentType());
            FramingLimits limits = FramingLimits.DEFAULT.withMaxEnvelopeBytes(request.maxReceivedMessageSize());
            framing = request.upgrade()
                    .map(upgrade -> InitiatorSession.withUpgrade(preamble, upgrade.protocol(), limits))
                    .orElseGet(() -> new InitiatorSession(preamble, limits));
            session = FramedSession.ofClient(
                    this,
                    preamble,
                    request.timeouts(),
                    new SessionMeter.Introduction(telemetry, System.nanoTime(), reused));
            reused = true;
            drive();
        });
    }

    /** Resets the connection, from any thread; whoever waits for a session on it is told the cause. */
    void abort(TransportException cause) {
        onEventLoop(() -> giveUp(cause));
    }

    /** Resets the connection, from any thread, if that session is still being opened there; who waits for it is told the cause. */
    void abortOpening(CompletableFuture<Session> opened, TransportException cause) {
        onEventLoop(() -> {
            if (!opened.isDone()) { // which only this event loop changes
                giveUp(cause);
            }
        });
    }

    /** Closes a connection that has no session. */
    void closeIdle() {
        onEventLoop(() -> {
            if (!isReleased()) {
                release();
                pool.refusals().closeGracefully(channel);
            }
        });
    }

    @Override
    protected boolean step(ByteBuf bytes) {
        if (isReleased()) {
            return false;
        }
        if (framing == null) {
            return stepIdle(bytes);
        }
        if (session != null && !session.isReading()) {
            return false;
        }
        InitiatorEvent event = framing.next(bytes);
        if (event == null) {
            return false;
        }
        if (event instanceof SessionEvent sessionEvent && session != null) {
            act(session, sessionEvent);
            return true;
        }
        write(event.send());
        if (event instanceof InitiatorEvent.UpgradeAccepted) {
            upgrade();
        } else if (event instanceof InitiatorEvent.Opened) {
            acknowledged();
        } else if (event instanceof InitiatorEvent.Refused refused) {
            refused(refused);
        } else if (event instanceof InitiatorEvent.Failed failed) {
            giveUp(failure(failed));
        }
        return true;
    }

    /** In the pool nothing is expected from the server but that it closes the connection. */
    private boolean stepIdle(ByteBuf bytes) {
        if (streamEnded || bytes.isReadable()) {
            release();
            pool.lost(this);
            channel.close();
        }
        return false;
    }

    private void upgrade() {
        SessionRequest request = opening().request();
        StreamUpgrade upgrade = request.upgrade().orElseThrow();
        startUpgrade(upgrade, StreamUpgrade.Side.CLIENT, request.via())
                .whenComplete((remote, failure) -> onEventLoop(() -> upgraded(upgrade, remote, failure)));
    }

    private void upgraded(StreamUpgrade upgrade, @Nullable RemoteSecurity remote, @Nullable Throwable failure) {
        if (isReleased() || framing == null || session == null) {
            return;
        }
        if (remote != null) {
            session.secured(remote);
            framing.upgraded();
            drive();
        } else {
            giveUp(new UpgradeException(
                    "The upgrade %s with %s failed: %s"
                            .formatted(
                                    upgrade.protocol(),
                                    addresses.remoteText(),
                                    failure == null ? "no reason" : failure.getMessage()),
                    failure));
        }
    }

    private void acknowledged() {
        Opening done = opening();
        opening = null;
        if (session != null) {
            FramedSession open = session;
            open.open(done.handler());
            done.opened().complete(open);
        }
    }

    /** The server's fault. Both sides end the stream then: a .NET server waits for that. */
    private void refused(InitiatorEvent.Refused refused) {
        telemetry.faultReceived(addresses, refused.fault());
        PeerFaultException cause = Faults.explain(refused.fault(), addresses, session == null ? null : session.via());
        fail(cause, () -> pool.refusals().closeGracefully(channel));
    }

    private TransportException failure(InitiatorEvent.Failed failed) {
        String message =
                "%s: %s".formatted(addresses.remoteText(), failed.cause().getMessage());
        if (failed.kind() == FailureKind.QUOTA_EXCEEDED) {
            return new QuotaExceededException(
                    message + "; maxReceivedMessageSize is the setting to raise.", failed.cause());
        }
        if (failed.kind() == FailureKind.SECURITY) {
            return new UpgradeException(message, failed.cause());
        }
        return failed.kind() == FailureKind.PROTOCOL
                ? new ProtocolException(streamEnded ? message + hint() : message, failed.cause())
                : new ConnectionLostException(message, failed.cause());
    }

    private void giveUp(TransportException cause) {
        fail(cause, () -> Connections.abort(channel));
    }

    private void fail(TransportException cause, Runnable leaveConnection) {
        failSession(cause, leaveConnection);
        if (opening != null) {
            opening.opened().completeExceptionally(cause);
            opening = null;
        }
    }

    @Override
    protected void finished(boolean reusable) {
        framing = null;
        if (!reusable) {
            closeIdle();
        } else if (pool.put(this)) {
            telemetry.poolUsed(TransportEvent.PoolAction.PUT, pool, key);
        } else {
            telemetry.poolUsed(TransportEvent.PoolAction.NOT_KEPT, pool, key);
            closeIdle();
        }
    }

    /** Whoever asked for the session tells that: another connection may be better. */
    @Override
    protected void notOpened(TransportException cause) {}

    /** Of whoever asked for the last session. */
    @Override
    protected Telemetry telemetry() {
        return telemetry;
    }

    @Override
    protected boolean wantsBytes() {
        return session == null || session.wantsBytes(inflow.bytes());
    }

    @Override
    protected int bytesMissing(ByteBuf bytes) {
        return framing == null ? 1 : framing.bytesMissing(bytes);
    }

    @Override
    protected void peerEndedStream() {
        if (framing != null) {
            framing.endOfStream();
        }
    }

    @Override
    protected void streamCutOff() {
        if (framing != null) {
            framing.streamCutOff();
        }
    }

    @Override
    protected void sending(FramingRecord record) {
        if (framing != null) {
            framing.sending(record);
        }
    }

    @Override
    protected void lost(@Nullable Throwable cause) {
        pool.lost(this);
        giveUp(cause instanceof TransportException told ? told : ConnectionLostException.of(addresses, cause, hint()));
    }

    /** The commonest reason why a server ends the connection in place of an acknowledgement, of which a .NET server says nothing. */
    private String hint() {
        if (opening == null) {
            return ".";
        }
        if (opening.request().upgrade().isPresent()) {
            return isSecured()
                    ? ". The session for %s was not acknowledged, although the stream is secured. A server that does not accept the client's certificate, or wants one, may end the connection so: its log says."
                            .formatted(opening.request().via())
                    : ".";
        }
        return ". The session for %s was not acknowledged. A server that demands security ends the connection so when the client has none: make the security modes of both bindings agree, and check that the port is one of net.tcp."
                .formatted(opening.request().via());
    }

    private Opening opening() {
        if (opening == null) {
            throw new IllegalStateException("no session is being opened");
        }
        return opening;
    }
}
