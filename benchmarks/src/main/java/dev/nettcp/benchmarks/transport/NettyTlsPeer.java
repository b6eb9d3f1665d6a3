package dev.nettcp.benchmarks.transport;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** As {@link NettyPeer}, over TLS by the JDK's engine; the client checks the chain. No session is resumed: nobody names its peer. */
final class NettyTlsPeer extends NettyPeer {

    private @Nullable SslContext context;

    @Override
    void secureServer(SocketChannel channel, Path certificates) throws SSLException {
        secure(
                channel,
                SslContextBuilder.forServer(
                        Certificates.chain(certificates).toFile(),
                        Certificates.key(certificates).toFile()));
    }

    @Override
    void secureClient(SocketChannel channel, Path certificates) throws SSLException {
        secure(
                channel,
                SslContextBuilder.forClient()
                        .trustManager(Certificates.authority(certificates).toFile())
                        .endpointIdentificationAlgorithm(null));
    }

    /** One context for all connections. */
    private void secure(SocketChannel channel, SslContextBuilder builder) throws SSLException {
        SslContext made;
        synchronized (this) {
            if (context == null) {
                context = builder.sslProvider(SslProvider.JDK).build();
            }
            made = context;
        }
        channel.pipeline().addLast(made.newHandler(channel.alloc()));
    }
}
