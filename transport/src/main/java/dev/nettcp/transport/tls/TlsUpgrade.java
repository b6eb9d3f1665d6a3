package dev.nettcp.transport.tls;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.transport.StreamUpgrade;
import io.netty.channel.Channel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade {@code application/ssl-tls}, for either side. Each handshake stands alone: it has a context of its own, hence nothing to resume, and
 * the certificate of this moment.
 */
public final class TlsUpgrade implements StreamUpgrade {

    /** Its name on the wire. */
    public static final String PROTOCOL = "application/ssl-tls";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TlsSettings settings;

    /** For sessions of one endpoint or client; a server needs a certificate or a context in the settings. */
    public TlsUpgrade(TlsSettings settings) {
        this.settings = settings;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public Secured start(Channel channel, Side side, ViaUri via) {
        PeerCheck check = new PeerCheck(chain -> check(chain, side, via));
        Supplier<TlsCertificate> supplier = settings.certificate();
        OwnCertificate own = supplier == null ? null : new OwnCertificate(supplier);
        SSLEngine engine = engine(side, own, check);
        TlsHandler handler =
                new TlsHandler(engine, TlsThreads.EXECUTOR, new Handshake(side, own, check, identity(side, via)));
        channel.pipeline().addFirst(handler);
        return handler;
    }

    private SSLEngine engine(Side side, @Nullable OwnCertificate own, PeerCheck check) {
        Supplier<SSLContext> supplier = settings.context();
        // Without a peer's name the engine sends no SNI, as .NET's clients, and resumes no session.
        SSLEngine engine = (supplier == null ? context(own, check) : supplier.get()).createSSLEngine();
        engine.setUseClientMode(side == Side.CLIENT);
        engine.setEnabledProtocols(settings.protocols().toArray(String[]::new));
        engine.setNeedClientAuth(side == Side.SERVER && settings.clientCertificateRequired());
        return engine;
    }

    private static SSLContext context(@Nullable OwnCertificate own, PeerCheck check) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : new KeyManager[] {own}, new TrustManager[] {check}, RANDOM);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no TLS: " + e.getMessage(), e);
        }
    }

    /** WCF's order: first whether the certificate is believed, then whether it is that of whom the client means. */
    private void check(List<X509Certificate> chain, Side side, ViaUri via) throws CertificateException {
        settings.validation().check(chain, side == Side.CLIENT);
        identity(side, via).check(chain);
    }

    private PeerCheck.Rule identity(Side side, ViaUri via) {
        return chain -> {
            if (side == Side.CLIENT) {
                settings.identity().check(chain.get(0), via);
            }
        };
    }
}
