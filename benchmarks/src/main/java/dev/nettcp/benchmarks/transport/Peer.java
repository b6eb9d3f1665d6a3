package dev.nettcp.benchmarks.transport;

import java.io.IOException;
import java.nio.file.Path;

/** A library, or a way to use it, that sends bytes there and back. Server and client run in processes of their own. */
interface Peer {

    /** What listens, until it is closed. */
    interface Server extends AutoCloseable {
        int port();

        @Override
        void close() throws IOException;
    }

    /** Any number of callers, each with one call at a time, each on a thread of its own. */
    interface Client extends AutoCloseable {

        /** The payload as it came back. */
        byte[] echo(int caller, byte[] payload) throws Exception;

        @Override
        void close() throws IOException;
    }

    /**
     * What a client wants to reach.
     *
     * @param port on this machine
     * @param certificates the directory of {@link Certificates}, for those who secure the stream
     */
    record Target(int port, Path certificates) {}

    /**
     * Listens.
     *
     * @param certificates the directory of {@link Certificates}, for those who secure the stream
     */
    Server serve(Path certificates) throws Exception;

    /**
     * Connects.
     *
     * @param connections how many there are for all callers together
     */
    Client connect(Target target, int connections) throws Exception;

    /** Opens a connection, as far as its first byte of content could be sent, and breaks it off. */
    default void open(Target target) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " opens nothing by itself");
    }

    /** Sends so many bytes as one stream, and waits until the other side says that it has read and checked all of them. */
    default void stream(Target target, long bytes) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " streams nothing");
    }
}
