package dev.nettcp.transport;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.DrainLimits;
import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.connection.ReusePolicy;
import dev.nettcp.framing.EndpointTerms;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingException;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.ReceiverEvent;
import dev.nettcp.framing.ReceiverSession;
import dev.nettcp.framing.SessionEvent;
import dev.nettcp.framing.via.ViaUri;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted connection, from its first byte over any number of sessions to its end. {@link ReceiverSession} says what the bytes mean; this
 * asks whoever has to decide, waits, and does it.
 *
 * <pre>
 *   preamble ──whose is it?──▶ endpoint ──(upgrade)──▶ listener ──ack──▶ session ──both Ends──▶ pooled: the next preamble
 *      │ 2nd and later: reuse policy                                                                  │
 *      └──▶ given back, aborted                      ... each step may end in fault and close, or abort
 * </pre>
 *
 * A pending place is held until the session is acknowledged or the connection is refused.
 */
final class ServerConnection extends FramedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private final Acceptor acceptor;
    private final ReusePolicy reusePolicy;
    private final ReceiverSession framing;
    private final Deadline deadline;
    private @Nullable ViaUri via;
    private @Nullable Endpoint endpoint;
    private @Nullable RemoteSecurity remoteSecurity;
    private long introducedAt;
    private boolean holdsPlace = true;
    private boolean pooled;
    private boolean preambleBegun;
    private boolean deciding;
    private boolean upgrading;
    private boolean givenBack;

    ServerConnection(Acceptor acceptor, AcceptedConnection accepted) {
        super(accepted.channel(), accepted.addresses());
        this.acceptor = acceptor;
        this.reusePolicy = accepted.reusePolicy();
        this.framing =
                new ReceiverSession(FramingLimits.DEFAULT, acceptor.settings().faultPolicy());
        this.deadline = new Deadline(channel.eventLoop());
    }

    /** @param prefix what was read already, as if it had arrived just now */
    void start(ByteBuf prefix) {
        Duration timeout = acceptor.settings().channelInitializationTimeout();
        channel.closeFuture().addListener(closed -> ended());
        deadline.set(timeout, () -> timedOut("channelInitializationTimeout", timeout));
        install(acceptor.settings().keepAlive());
        inflow.add(prefix);
        drive();
    }

    /** Ends what can be ended in an orderly way within the time, and resets what has no session. */
    void shutDown(Duration patience) {
        channel.eventLoop().execute(() -> {
            if (session != null && !deciding) {
                session.shutDown(patience);
            } else if (pooled && !preambleBegun) {
                closeGracefully();
            } else if (!isReleased()) {
                abortForShutdown();
            }
        });
    }

    void abortForShutdown() {
        channel.eventLoop().execute(() -> {
            if (!givenBack) { // else it is somebody else's by now
                fail(new SessionClosedException("The server is shutting down."));
            }
        });
    }

    @Override
    protected boolean step(ByteBuf bytes) {
        if (deciding || (upgrading && !streamEnded) || isReleased() || (session != null && !session.isReading())) {
            return false;
        }
        preambleBegun |= bytes.isReadable();
        ReceiverEvent event = framing.next(bytes);
        if (event instanceof SessionEvent sessionEvent && session != null) {
            act(session, sessionEvent);
        } else if (event instanceof ReceiverEvent.PreambleRead read) {
            preambleRead(read.preamble());
        } else if (event instanceof ReceiverEvent.UpgradeRequested requested) {
            write(requested.send());
            upgrade();
        } else if (event instanceof ReceiverEvent.Opened opened) {
            offer(opened);
        } else if (event instanceof ReceiverEvent.Refused refused) {
            refuse(refused.fault(), refused.drainLimit(), violation(refused.reason()));
        } else if (event instanceof ReceiverEvent.Aborted aborted) {
            abort(aborted.cause());
        } else if (event instanceof ReceiverEvent.Closed) {
            release();
            channel.close();
        }
        return event != null;
    }

    /** It is known whom the client wants. On a connection that had a session before, that may be somebody else. */
    private void preambleRead(Preamble preamble) {
        leavePool();
        introducedAt = System.nanoTime();
        via = preamble.via();
        if (framing.finishedSessions() == 0) {
            lookUp(preamble);
        } else {
            decide(
                    () -> reusePolicy.decide(preamble.via(), addresses),
                    (decision, failure) -> reuse(preamble, decision, failure));
        }
    }

    private void reuse(Preamble preamble, @Nullable ReuseDecision decision, @Nullable Throwable failure) {
        if (isReleased()) {
            return;
        }
        if (decision == ReuseDecision.KEEP) {
            lookUp(preamble);
        } else if (decision == ReuseDecision.RETURN && !streamEnded) {
            giveBack();
        } else {
            String reason = "The next session on this connection is not for this process.";
            LOG.debug(
                    "Aborting the connection {} before its session for {}: {}",
                    addresses,
                    preamble.via(),
                    reason,
                    failure);
            fail(failure == null ? new SessionClosedException(reason) : new SessionClosedException(reason, failure));
        }
    }

    /** The connection goes on elsewhere, with every byte since its preamble began. */
    private void giveBack() {
        givenBack = true;
        ByteBuf preamble = inflow.take();
        release();
        ended();
        channel.pipeline().remove(this);
        reusePolicy.giveBack(new AcceptedConnection(channel, preamble, addresses, reusePolicy));
    }

    private void lookUp(Preamble preamble) {
        inflow.dropKept();
        reads.bound(BoundedReads.UNBOUNDED);
        Optional<Endpoint> found =
                acceptor.find(preamble.via(), addresses.local().getAddress());
        if (found.isEmpty()) {
            framing.refuse(FaultCode.ENDPOINT_NOT_FOUND, "no endpoint at " + preamble.via());
            return;
        }
        Endpoint wanted = found.get();
        Duration timeout = wanted.timeouts().open();
        endpoint = wanted;
        deadline.set(timeout, () -> timedOut("openTimeout", timeout));
        framing.accept(new EndpointTerms(
                wanted.mode(),
                wanted.contentTypes(),
                wanted.upgrade().map(upgrade -> Set.of(upgrade.protocol())).orElse(Set.of()),
                wanted.maxReceivedMessageSize()));
    }

    private void upgrade() {
        upgrading = true;
        StreamUpgrade upgrade = endpoint().upgrade().orElseThrow();
        startUpgrade(upgrade, StreamUpgrade.Side.SERVER, via())
                .whenComplete((remote, failure) -> onEventLoop(() -> upgraded(upgrade, remote, failure)));
    }

    private void upgraded(StreamUpgrade upgrade, @Nullable RemoteSecurity remote, @Nullable Throwable failure) {
        upgrading = false;
        if (isReleased()) {
            return;
        }
        if (remote != null) {
            remoteSecurity = remote;
            framing.upgraded();
            drive();
        } else {
            String reason = "The upgrade %s with %s failed: %s"
                    .formatted(
                            upgrade.protocol(),
                            addresses.remoteText(),
                            failure == null ? "no reason" : failure.getMessage());
            LOG.debug("Aborting the connection {}: {}", addresses, reason);
            fail(new UpgradeException(reason, failure));
        }
    }

    /** Everything stands for the session; its listener says when it begins, and who handles it. */
    private void offer(ReceiverEvent.Opened opened) {
        Endpoint offering = endpoint();
        SessionTimeouts timeouts = offering.timeouts();
        FramedSession offered = FramedSession.ofServer(
                this,
                opened.preamble(),
                timeouts,
                new SessionMeter.Introduction(telemetry(), introducedAt, framing.finishedSessions() > 0));
        offered.secured(remoteSecurity);
        session = offered;
        decide(() -> offering.sessions().accept(offered), (handler, failure) -> {
            if (handler != null && isReleased()) {
                offered.tellFaulted(handler);
            } else if (handler != null) {
                acknowledge(opened, offered, handler);
            } else if (failure instanceof SessionRefusedException refusal) {
                refuse(refusal.fault(), refusal);
            } else {
                fail(new SessionClosedException("The session was not accepted: " + failure, failure));
            }
        });
    }

    private void acknowledge(ReceiverEvent.Opened opened, FramedSession accepted, SessionHandler handler) {
        deadline.clear();
        releasePlace();
        write(opened.send());
        accepted.open(handler);
    }

    @Override
    protected void finished(boolean reusable) {
        via = null;
        endpoint = null;
        remoteSecurity = null;
        if (!reusable || !acceptor.enterPool()) {
            closeGracefully();
            return;
        }
        pooled = true;
        preambleBegun = false;
        Duration timeout = acceptor.settings().idleTimeout();
        deadline.set(timeout, () -> idleTimedOut(timeout));
        if (reusePolicy.mayReturn()) {
            inflow.keep();
        }
    }

    /** Unless nobody has asked for anything. */
    @Override
    protected void notOpened(TransportException cause) {
        if (preambleBegun) {
            telemetry().notOpened(via, cause);
        }
    }

    @Override
    protected Telemetry telemetry() {
        return acceptor.telemetry();
    }

    @Override
    protected boolean wantsBytes() {
        if (session != null) {
            // While the listener decides, only to learn that the client has gone.
            return deciding ? !inflow.bytes().isReadable() : session.wantsBytes(inflow.bytes());
        }
        if (pooled && reusePolicy.mayReturn()) {
            reads.bound(bytesMissing(inflow.bytes()));
        }
        return !deciding;
    }

    @Override
    protected int bytesMissing(ByteBuf bytes) {
        return framing.bytesMissing(bytes);
    }

    @Override
    protected void peerEndedStream() {
        framing.endOfStream();
    }

    @Override
    protected void streamCutOff() {
        framing.streamCutOff();
    }

    @Override
    protected void sending(FramingRecord record) {
        framing.sending(record);
    }

    @Override
    protected void lost(@Nullable Throwable cause) {
        LOG.debug("The connection {} is lost", addresses, cause);
        fail(cause instanceof TransportException told ? told : ConnectionLostException.of(addresses, cause, "."));
    }

    private void abort(FramingException cause) {
        LOG.debug("Aborting the connection {}: {}", addresses, cause.getMessage());
        String reason = cause.getMessage();
        if (streamEnded) {
            fail(new ConnectionLostException(reason, cause));
        } else if (cause.fault()
                .filter(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED::equals)
                .isPresent()) {
            fail(new QuotaExceededException(reason, cause));
        } else {
            fail(new ProtocolException(reason, cause));
        }
    }

    private TransportException violation(String reason) {
        return session == null ? new ProtocolException(reason) : new QuotaExceededException(reason);
    }

    @Override
    void refuse(FaultCode fault, TransportException cause) {
        refuse(fault, acceptor.settings().drain().maxBytes(), cause);
    }

    /** Fault and close: this connection is done with; what remains of it holds no place. */
    private void refuse(FaultCode fault, long drainLimit, TransportException cause) {
        if (isReleased()) {
            return;
        }
        LOG.debug("Refusing the connection {} with {}: {}", addresses, fault.name(), cause.getMessage());
        leaveEverything();
        telemetry().faultSent(addresses, fault, String.valueOf(cause.getMessage()));
        DrainLimits limits = acceptor.settings().drain().withMaxBytes(drainLimit);
        failSession(cause, () -> acceptor.refusals().refuse(channel, fault, limits));
    }

    private void closeGracefully() {
        release();
        leaveEverything();
        acceptor.refusals().closeGracefully(channel);
    }

    private void timedOut(String setting, Duration timeout) {
        fail(new TransportTimeoutException("The client at %s has not completed its preamble within %s=%s."
                .formatted(addresses.remoteText(), setting, timeout)));
    }

    private void idleTimedOut(Duration timeout) {
        if (preambleBegun) {
            timedOut("idleTimeout", timeout);
        } else {
            closeGracefully();
        }
    }

    private void ended() {
        leaveEverything();
        acceptor.forget(this);
    }

    private void leaveEverything() {
        deadline.clear();
        releasePlace();
        leavePool();
    }

    private void releasePlace() {
        if (holdsPlace) {
            holdsPlace = false;
            acceptor.releasePlace();
        }
    }

    private void leavePool() {
        if (pooled) {
            pooled = false;
            acceptor.leavePool();
        }
    }

    private ViaUri via() {
        if (via == null) {
            throw new IllegalStateException("no via has been read yet");
        }
        return via;
    }

    private Endpoint endpoint() {
        if (endpoint == null) {
            throw new IllegalStateException("no endpoint has been found yet");
        }
        return endpoint;
    }

    /** Nothing is read until the decision is there; then it is acted upon. */
    private <T> void decide(
            Supplier<? extends CompletionStage<? extends T>> question,
            BiConsumer<@Nullable T, @Nullable Throwable> action) {
        deciding = true;
        answerTo(question)
                .whenComplete((result, failure) -> onEventLoop(() -> {
                    deciding = false;
                    action.accept(result, failure instanceof CompletionException ? failure.getCause() : failure);
                    drive();
                }));
    }

    /** Whoever is asked may also fail on the spot. */
    private static <T> CompletionStage<? extends T> answerTo(
            Supplier<? extends CompletionStage<? extends T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
