package dev.nettcp.interop.wire;

import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.From;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a server and records what it passes on. It listens on 127.0.0.2 at the port on which the server
 * listens on 127.0.0.1, so that an address means the same to both.
 */
public final class RecordingRelay implements AutoCloseable {

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final List<List<Transcript.Piece>> conversations = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private RecordingRelay(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /** Relays what is sent to 127.0.0.2 at the port to 127.0.0.1 at the same port. */
    public static RecordingRelay open(int port) {
        try {
            ServerSocket listener = new ServerSocket(port, 50, loopback(2));
            RecordingRelay relay = new RecordingRelay(listener, new InetSocketAddress(loopback(1), port));
            relay.start("relay", relay::acceptUntilClosed);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /** The net.tcp address of a path behind this relay. */
    public String address(String path) {
        return "net.tcp://%s:%d%s".formatted(listener.getInetAddress().getHostAddress(), listener.getLocalPort(), path);
    }

    /** What went over the connections so far, in the order in which they were made. */
    public List<Transcript> conversations(String name) {
        List<Transcript> transcripts = new ArrayList<>();
        for (List<Transcript.Piece> pieces : conversations) {
            transcripts.add(new Transcript(name + " " + (transcripts.size() + 1), List.copyOf(pieces)));
        }
        return transcripts;
    }

    private void acceptUntilClosed() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket onward = new Socket();
            sockets.addAll(List.of(client, onward));
            onward.connect(server);
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            List<Transcript.Piece> pieces = new CopyOnWriteArrayList<>();
            conversations.add(pieces);
            start("relay to the server", () -> pass(From.CLIENT, client, onward, pieces));
            start("relay to the client", () -> pass(From.SERVER, onward, client, pieces));
        }
    }

    private static void pass(From sender, Socket from, Socket to, List<Transcript.Piece> pieces) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[65_536];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            // Recorded first: the answer to it must not be recorded before it.
            pieces.add(new Transcript.Data(sender, Hex.of(Arrays.copyOf(buffer, count))));
            out.write(buffer, 0, count);
        }
        pieces.add(new Transcript.EndOfStream(sender));
        to.shutdownOutput();
    }

    /** A broken connection ends the thread that passes its bytes on, and the other side of it is told by a close. */
    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        close();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that a thread of the relay does. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
