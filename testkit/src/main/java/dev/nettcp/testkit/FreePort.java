package dev.nettcp.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP port where nobody listens, for tests that must know the number before they listen. The numbers lie below the range
 * from which Linux takes local ports of outgoing connections, and none is given out twice by one JVM.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    private static final int COUNT = 18_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    public static int next() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free TCP port between %d and %d".formatted(FIRST, FIRST + COUNT - 1));
    }

    /** Whether all local addresses of the port can be bound at this moment. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
