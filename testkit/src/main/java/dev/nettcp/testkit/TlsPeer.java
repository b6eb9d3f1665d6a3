package dev.nettcp.testkit;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Speaks TLS over the connection of a {@link ScriptedPeer}, from a point on and as long as the test likes: neither the handshake nor the end takes
 * a byte more than it must, so that the scripted peer can go on in plain. The bytes on the wire can be counted, cut off and held back.
 *
 * <pre>{@code
 * TlsPeer tls = TlsPeer.client(scripted, context, "TLSv1.3");
 * ScriptedPeer secured = tls.handshake();
 * secured.sends("0c");
 * secured.expects("0b");
 * }</pre>
 */
public final class TlsPeer {

    /** Those of this process: the JDK's sockets say goodbye when they are collected, into whatever the connection is used for by then. */
    private static final Queue<SSLSocket> KEPT = new ConcurrentLinkedQueue<>();

    private final Wire wire;
    private final SSLSocket socket;

    private TlsPeer(ScriptedPeer peer, SSLContext context, boolean client, String... protocols) {
        this.wire = new Wire(peer.socket());
        try {
            this.socket = (SSLSocket) context.getSocketFactory().createSocket(wire, null, wire.getPort(), false);
            KEPT.add(socket);
            socket.setUseClientMode(client);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without protocols: those of the context. */
    public static TlsPeer client(ScriptedPeer peer, SSLContext context, String... protocols) {
        return new TlsPeer(peer, context, true, protocols);
    }

    public static TlsPeer server(ScriptedPeer peer, SSLContext context, String... protocols) {
        return new TlsPeer(peer, context, false, protocols);
    }

    /** As a server: demands a certificate of the client. */
    public TlsPeer demandingACertificate() {
        socket.setNeedClientAuth(true);
        return this;
    }

    /** The bytes go out together with the first ones of TLS. */
    public TlsPeer sendingBefore(String hex) {
        wire.held.writeBytes(Hex.bytes(hex));
        return this;
    }

    /** The bytes are expected in front of the first ones of TLS. */
    public TlsPeer expectingBefore(String hex) {
        wire.expected = Hex.bytes(hex);
        return this;
    }

    /** Resets the connection when so many bytes have gone out. */
    public TlsPeer resettingAfter(int bytes) {
        wire.left = bytes;
        return this;
    }

    /** Shakes hands; from then on the peer that is returned speaks inside TLS. */
    public ScriptedPeer handshake() {
        try {
            socket.startHandshake();
            return new ScriptedPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("no handshake: " + e.getMessage(), e);
        }
    }

    /** Shakes hands once more, or changes the keys, as far as the version of TLS knows that. */
    public void handshakeAgain() throws IOException {
        socket.startHandshake();
    }

    /** What was agreed upon, and the peer's certificate. */
    public SSLSocket socket() {
        return socket;
    }

    /** How many bytes have gone out. */
    public int bytesSent() {
        return wire.sent;
    }

    /** From now on what goes out stays here. */
    public void holdsOutput() {
        wire.holding = true;
    }

    /** What has been held back, which goes out by other means. */
    public byte[] heldOutput() {
        wire.holding = false;
        byte[] bytes = wire.held.toByteArray();
        wire.held.reset();
        return bytes;
    }

    /** Sends TLS's word of farewell. */
    public void saysGoodbye() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connection as TLS sees it. */
    @SuppressWarnings(
            "UnsynchronizedOverridesSynchronized") // nothing here is shared, and later JDKs do not synchronize
    private static final class Wire extends Socket {
        private final Socket real;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private byte @Nullable [] expected;
        private boolean holding;
        private int left = Integer.MAX_VALUE;
        private int sent;

        Wire(Socket real) {
            this.real = real;
        }

        private void send(byte[] bytes, int offset, int length) throws IOException {
            held.write(bytes, offset, length);
            if (holding) {
                return;
            }
            byte[] all = held.toByteArray();
            held.reset();
            int now = Math.min(all.length, left);
            real.getOutputStream().write(all, 0, now);
            sent += now;
            left -= now;
            if (now < all.length) {
                real.setSoLinger(true, 0);
                real.close();
                throw new SocketException("reset by the test");
            }
        }

        private void skipExpected() throws IOException {
            if (expected != null) {
                byte[] wanted = expected;
                expected = null;
                byte[] seen = real.getInputStream().readNBytes(wanted.length);
                if (!Arrays.equals(seen, wanted)) {
                    throw new IOException(
                            "expected " + Hex.spaced(wanted) + " in front of TLS, saw " + Hex.spaced(seen));
                }
            }
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(real.getOutputStream()) {
                @Override
                public void write(int b) throws IOException {
                    send(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    send(bytes, offset, length);
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(real.getInputStream()) {
                @Override
                public int read() throws IOException {
                    skipExpected();
                    return super.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    skipExpected();
                    return super.read(bytes, offset, length);
                }
            };
        }

        /** TLS speaks for itself; the connection goes on. */
        @Override
        public void shutdownOutput() {}

        @Override
        public void shutdownInput() {}

        @Override
        public boolean getTcpNoDelay() throws SocketException {
            return real.getTcpNoDelay();
        }

        @Override
        public int getSoLinger() throws SocketException {
            return real.getSoLinger();
        }

        @Override
        public InetAddress getLocalAddress() {
            return real.getLocalAddress();
        }

        @Override
        public int getLocalPort() {
            return real.getLocalPort();
        }

        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getInetAddress() {
            return real.getInetAddress();
        }

        @Override
        public int getPort() {
            return real.getPort();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return real.getRemoteSocketAddress();
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return real.getLocalSocketAddress();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            real.setTcpNoDelay(on);
        }

        @Override
        public void setSoLinger(boolean on, int linger) throws SocketException {
            real.setSoLinger(on, linger);
        }

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            real.setSoTimeout(timeout);
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return real.getSoTimeout();
        }

        @Override
        public boolean isClosed() {
            return real.isClosed();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
