package dev.nettcp.transport.tls;

import dev.nettcp.transport.RemoteSecurity;
import dev.nettcp.transport.StreamUpgrade;
import dev.nettcp.transport.UpgradeException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Netty's TLS, with the manners of a session of WCF: it leaves without close_notify, takes nothing behind the record with the peer's End, and lets
 * nobody renegotiate or keep it busy. The JDK's engine is given one record at a time, which is what makes that possible.
 */
final class TlsHandler extends SslHandler implements StreamUpgrade.Secured {

    /**
     * Records that carry nothing of the session: those of the handshake, tickets, changes of keys, empty ones. A handshake has about ten, with
     * fragments of long chains some more.
     */
    static final int MAX_RECORDS_WITHOUT_DATA = 1024;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    private final Handshake facts;
    private final Plaintext plaintext = new Plaintext();
    private final CompletableFuture<RemoteSecurity> handshake = new CompletableFuture<>();
    private int recordsWithoutData;
    private boolean dataCame;
    private boolean inputEnded;

    TlsHandler(SSLEngine engine, Executor tasks, Handshake facts) {
        super(engine, false, tasks);
        this.facts = facts;
        setHandshakeTimeoutMillis(0); // the session's open timeout is the limit
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        handshakeFuture().addListener((Future<Channel> done) -> handshakeOver(context, done));
        context.pipeline().addAfter(context.name(), null, plaintext);
        super.handlerAdded(context);
    }

    private void handshakeOver(ChannelHandlerContext context, Future<Channel> done) {
        if (done.isSuccess()) {
            try {
                handshake.complete(facts.done(engine().getSession()));
            } catch (CertificateException e) {
                handshake.completeExceptionally(e);
            }
        } else {
            fail(context, done.cause());
        }
    }

    /** Later, so that what the peer is to be told of it goes out before the connection is given up. */
    private void fail(ChannelHandlerContext context, Throwable cause) {
        UpgradeException failure = new UpgradeException(facts.explain(cause), cause);
        context.executor().execute(() -> handshake.completeExceptionally(failure));
    }

    @Override
    public CompletionStage<RemoteSecurity> handshake() {
        return handshake;
    }

    @Override
    public void inputEnded() {
        inputEnded = true;
    }

    @Override
    public void remove() {
        ChannelPipeline pipeline = handshakeFuture().getNow().pipeline();
        pipeline.remove(plaintext);
        pipeline.remove(this);
    }

    /** One record, or the beginning of one. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
        if (inputEnded) {
            return;
        }
        if (in.isReadable()) {
            checkType(in.getUnsignedByte(in.readerIndex()));
        }
        int before = in.readableBytes();
        dataCame = false;
        super.decode(context, in, out);
        if (in.readableBytes() < before && !dataCame && ++recordsWithoutData > MAX_RECORDS_WITHOUT_DATA) {
            throw new SSLException("more than %d records without data".formatted(MAX_RECORDS_WITHOUT_DATA));
        }
    }

    /** What is no TLS need not be awaited; and in TLS 1.2 a new handshake shows in the type of its record, in 1.3 there is none. */
    private void checkType(int contentType) throws SSLException {
        if (contentType < CHANGE_CIPHER_SPEC || contentType > APPLICATION_DATA) {
            throw new NotSslRecordException("a record of TLS does not begin with %02x".formatted(contentType));
        }
        if (handshakeFuture().isDone() && (contentType == HANDSHAKE || contentType == CHANGE_CIPHER_SPEC)) {
            throw new SSLException(
                    "a record of the type %d came after the handshake: nothing is negotiated again within a session"
                            .formatted(contentType));
        }
    }

    /** Without close_notify. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        context.close(promise);
    }

    /** Without close_notify. */
    @Override
    public void disconnect(ChannelHandlerContext context, ChannelPromise promise) {
        context.disconnect(promise);
    }

    /** What breaks the handshake is told by its future. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (!(reason instanceof SSLException)) {
            super.exceptionCaught(context, cause);
        } else if (handshakeFuture().isSuccess()) {
            context.fireExceptionCaught(
                    new UpgradeException("The secured stream broke: " + facts.explain(reason), reason));
        } else {
            fail(context, reason);
        }
    }

    /** Sees what comes out of the records. */
    private final class Plaintext extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            dataCame = true;
            context.fireChannelRead(message);
        }
    }
}
