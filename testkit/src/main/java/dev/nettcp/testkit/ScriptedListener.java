package dev.nettcp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server on loopback that does what the test says: each accepted connection is a {@link ScriptedPeer}. */
public final class ScriptedListener implements AutoCloseable {

    private final ServerSocket socket;
    private final List<ScriptedPeer> accepted = new ArrayList<>();

    private ScriptedListener(ServerSocket socket) {
        this.socket = socket;
    }

    /** Listens on a free port of the loopback address. */
    public static ScriptedListener open() {
        return open(0);
    }

    public static ScriptedListener open(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
            return new ScriptedListener(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Waits for the next connection. It is closed with this listener at the latest. */
    public ScriptedPeer accept() {
        try {
            Socket connection = socket.accept();
            ScriptedPeer peer = new ScriptedPeer(connection);
            accepted.add(peer);
            return peer;
        } catch (IOException e) {
            throw new AssertionError("nobody connected to port " + port(), e);
        }
    }

    @Override
    public void close() {
        accepted.forEach(ScriptedPeer::close);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
