package dev.nettcp.interop.crash;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client in this process: opens a session, asks who is there, ends the session; and says in a few words what it has seen. */
final class Caller implements Client {

    static final String SILENCE = "silence";
    static final String END_BEFORE_ACK = "end before the ack";
    static final String END_AFTER_ACK = "end after the ack";

    /** Whoever says nothing for longer than all limits together is silent. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final int ENVELOPE = 6;
    private static final int END = 7;
    private static final int FAULT = 8;
    private static final int ACK = 11;
    private static final byte[] WHO = {ENVELOPE, 3, 'w', 'h', 'o'};

    /** What a client sends in a session that it does not look at. */
    static final byte[] WHO_AND_END = {ENVELOPE, 3, 'w', 'h', 'o', END};

    private final Socket socket = new Socket();
    private final PushbackInputStream in;

    Caller(int port) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = new PushbackInputStream(socket.getInputStream());
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot connect to port " + port, e);
        }
    }

    static String servedBy(String worker) {
        return "served by " + worker;
    }

    static String fault(String code) {
        return "fault " + code;
    }

    @Override
    public void sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException ended) {
            // then reading says so, and how
        }
    }

    /** Whether something, be it the end, arrives within the time; it stays to be read. */
    boolean hears(Duration within) {
        try {
            socket.setSoTimeout((int) within.toMillis());
            int next = in.read();
            if (next >= 0) {
                in.unread(next);
            }
            return true;
        } catch (SocketTimeoutException silence) {
            return false;
        } catch (IOException ended) {
            return true;
        } finally {
            restorePatience();
        }
    }

    /** Reads the ack, asks who is there, and ends the session: the connection can be used for another. */
    String session() {
        String opened = opened();
        return opened.isEmpty() ? exchangeAndEnd() : opened;
    }

    /** Reads the ack; what came instead, or nothing if it came. */
    String opened() {
        try {
            return switch (in.read()) {
                case -1 -> END_BEFORE_ACK;
                case ACK -> "";
                case FAULT -> {
                    String uri = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
                    yield fault(uri.substring(uri.lastIndexOf('/') + 1));
                }
                default -> "nonsense";
            };
        } catch (SocketTimeoutException e) {
            return SILENCE;
        } catch (IOException reset) {
            return END_BEFORE_ACK;
        }
    }

    /** In an acknowledged session: who answers an envelope. */
    String exchange() {
        try {
            socket.getOutputStream().write(WHO);
            int type = in.read();
            if (type < 0) {
                return END_AFTER_ACK;
            }
            String name = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
            return type == ENVELOPE ? servedBy(name) : "nonsense " + type + name;
        } catch (SocketTimeoutException e) {
            return SILENCE + " after the ack";
        } catch (IOException reset) {
            return END_AFTER_ACK;
        }
    }

    /** As {@link #exchange}, and both ends: one byte more or less than expected, and there were two owners. */
    String exchangeAndEnd() {
        String seen = exchange();
        if (!seen.startsWith(servedBy(""))) {
            return seen;
        }
        try {
            socket.getOutputStream().write(END);
            return in.read() == END ? seen : seen + ", which did not end as it should";
        } catch (IOException broken) {
            return seen + ", which broke in the end";
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

    private void restorePatience() {
        try {
            socket.setSoTimeout((int) PATIENCE.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
