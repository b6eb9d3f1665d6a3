package dev.nettcp.benchmarks.transport;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plain blocking sockets, a thread for each connection: {@code length(4) bytes}, there and back. The length {@link #STREAM} begins a stream to
 * the end of the connection, which is answered with its length in 8 bytes.
 */
final class SocketPeer implements Peer {

    private static final int STREAM = -1;

    @Override
    public Server serve(Path certificates) throws IOException {
        ServerSocket listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        daemon(() -> accept(listening));
        return new Server() {
            @Override
            public int port() {
                return listening.getLocalPort();
            }

            @Override
            public void close() throws IOException {
                listening.close();
            }
        };
    }

    private static void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket socket = listening.accept();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new IllegalStateException("accepting failed", e);
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            while (true) {
                int length = in.readInt();
                if (length == STREAM) {
                    long read = Blocks.check(in);
                    out.write(ByteBuffer.allocate(Long.BYTES).putLong(0, read).array());
                    return;
                }
                byte[] frame = new byte[Integer.BYTES + length];
                ByteBuffer.wrap(frame).putInt(length);
                in.readFully(frame, Integer.BYTES, length);
                out.write(frame);
            }
        } catch (EOFException e) {
            // the client is done
        } catch (IOException e) {
            System.err.println("a connection broke: " + e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "socket peer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Client connect(Target target, int connections) throws IOException {
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(new Connection(target.port()));
        }
        return new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) throws IOException {
                return open.get(caller % connections).echo(payload);
            }

            @Override
            public void close() throws IOException {
                for (Connection connection : open) {
                    connection.socket.close();
                }
            }
        };
    }

    private static final class Connection {
        private final Socket socket;
        private final DataInputStream in;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }

        synchronized byte[] echo(byte[] payload) throws IOException {
            byte[] frame = new byte[Integer.BYTES + payload.length];
            ByteBuffer.wrap(frame).putInt(payload.length).put(payload);
            socket.getOutputStream().write(frame);
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            return answer;
        }
    }

    @Override
    public void stream(Target target, long bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, STREAM).array());
            InputStream blocks = Blocks.of(bytes);
            byte[] buffer = new byte[Blocks.SIZE];
            for (int size = blocks.read(buffer); size >= 0; size = blocks.read(buffer)) {
                out.write(buffer, 0, size);
            }
            socket.shutdownOutput();
            long read = new DataInputStream(socket.getInputStream()).readLong();
            if (read != bytes) {
                throw new IOException("of " + bytes + " bytes " + read + " arrived");
            }
        }
    }
}
