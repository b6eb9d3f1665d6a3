package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * One end of a real TCP connection that does exactly what the test says: sends bytes whole or in pieces, expects bytes, does
 * not read (stalls), ends its direction, resets. Every wait has {@link Waiting#LIMIT}. One thread.
 *
 * <pre>{@code
 * try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
 *     client.sends("00 01 00", "01 02");
 *     client.sendsByteByByte("02 00 03 08 0c");
 *     client.expects("0b");
 *     client.endsItsDirection();
 *     client.expectsEnd();
 * }
 * }</pre>
 */
public final class ScriptedPeer implements AutoCloseable {

    private final Socket socket;

    ScriptedPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
    }

    public static ScriptedPeer connect(SocketAddress address) {
        return connect(address, 0);
    }

    /** Connects with a receive buffer (SO_RCVBUF) of so many bytes, for a peer that is to stall early; 0: the system's. */
    public static ScriptedPeer connect(SocketAddress address, int receiveBuffer) {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(address, (int) Waiting.LIMIT.toMillis());
            return new ScriptedPeer(socket);
        } catch (IOException e) {
            closeQuietly(socket, e);
            throw new UncheckedIOException("cannot connect to " + address, e);
        }
    }

    public static ScriptedPeer connect(String host, int port) {
        return connect(new InetSocketAddress(host, port));
    }

    /** The connection itself, for what speaks over it in another way for a while. */
    public Socket socket() {
        return socket;
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    /** Sends hex digits in one write. */
    public void sends(String... hex) {
        sends(Hex.bytes(String.join("", hex)));
    }

    /** Sends the bytes in one write. */
    public void sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + bytes.length + " bytes", e);
        }
    }

    public void sendsByteByByte(String... hex) {
        sends(Fragments.byteByByte(Hex.bytes(String.join("", hex))));
    }

    /** Sends each piece in a write of its own. */
    public void sends(Fragments fragments) {
        fragments.pieces().forEach(this::sends);
    }

    /**
     * Sends each piece in a write of its own, to a side that may reset the connection before it has seen them all.
     *
     * @return false if it did; the system tells of a reset only once, so that reading finds an end of stream after that
     */
    public boolean sendsUntilReset(Fragments fragments) {
        try {
            for (byte[] piece : fragments.pieces()) {
                socket.getOutputStream().write(piece);
            }
            return true;
        } catch (IOException e) {
            assertThat(e).hasMessageMatching(".*(Broken pipe|reset).*");
            return false;
        }
    }

    /** Reads exactly as many bytes as are given and compares. */
    public void expects(String... hex) {
        expects(Hex.bytes(String.join("", hex)));
    }

    public void expects(byte[] bytes) {
        assertThat(Hex.spaced(receives(bytes.length))).isEqualTo(Hex.spaced(bytes));
    }

    /** Reads that many bytes; fails when the stream ends, breaks or stalls before. */
    public byte[] receives(int count) {
        byte[] bytes = new byte[count];
        int had = 0;
        try {
            while (had < count) {
                int more = socket.getInputStream().read(bytes, had, count - had);
                if (more < 0) {
                    break;
                }
                had += more;
            }
        } catch (IOException e) {
            throw new AssertionError(after(bytes, had) + e, e);
        }
        if (had < count) {
            throw new AssertionError(after(bytes, had) + "end of stream, " + (count - had) + " bytes missing");
        }
        return bytes;
    }

    /** Everything up to the end of the stream. */
    public byte[] receivesUntilEnd() {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("no orderly end of stream: " + e, e);
        }
    }

    /** Expects that the other side ends its stream without another byte. */
    public void expectsEnd() {
        assertThat(Hex.spaced(receivesUntilEnd()))
                .as("bytes before the end of stream")
                .isEmpty();
    }

    /** Everything up to a reset; an orderly end of the stream fails. What was on its way when the reset came may be missing. */
    public byte[] receivesUntilReset() {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                received.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no reset within " + Waiting.LIMIT, e);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
            return received.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("end of stream instead of a reset, after " + Hex.spaced(received.toByteArray()));
    }

    /** Everything up to the end of the stream or a reset, whichever comes. */
    public byte[] receivesUntilEndOrReset() {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                received.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no end within " + Waiting.LIMIT, e);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class);
        }
        return received.toByteArray();
    }

    /** Expects that the connection is reset without another byte. */
    public void expectsReset() {
        try {
            int next = socket.getInputStream().read();
            throw new AssertionError(
                    next < 0 ? "end of stream instead of a reset" : "byte %02x instead of a reset".formatted(next));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no reset within " + Waiting.LIMIT, e);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends hex digits in one write to a side that resets the connection without another byte, after them or before: for a timeout that
     * runs already.
     */
    public void isResetAfter(String... hex) {
        if (sendsUntilReset(Fragments.whole(Hex.bytes(String.join("", hex))))) {
            expectsReset();
        }
    }

    /** Expects that the connection ends, be it by end of stream or by reset, without another byte. */
    public void expectsEndOrReset() {
        try {
            int next = socket.getInputStream().read();
            assertThat(next).as("byte instead of the end").isNegative();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no end within " + Waiting.LIMIT, e);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }

    /** Expects that neither a byte nor an end comes within the time, which the test really waits. */
    public void expectsSilence(Duration duration) {
        try {
            socket.setSoTimeout((int) duration.toMillis());
            int next = socket.getInputStream().read();
            throw new AssertionError(next < 0 ? "end of stream instead of silence" : "byte %02x".formatted(next));
        } catch (SocketTimeoutException silence) {
            restoreTimeout();
        } catch (IOException e) {
            throw new AssertionError("broken instead of silent", e);
        }
    }

    /** Sends FIN and goes on reading. */
    public void endsItsDirection() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends RST. */
    public void resets() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restoreTimeout() {
        try {
            socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String after(byte[] bytes, int had) {
        return "after %d bytes [%s]: ".formatted(had, Hex.spaced(Arrays.copyOf(bytes, had)));
    }

    private static void closeQuietly(Socket socket, IOException cause) {
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
