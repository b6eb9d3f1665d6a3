package dev.nettcp.benchmarks.transport;

import java.nio.file.Path;

/** The server of one contestant in a process of its own: {@code PeerServer GRPC certificates}. Prints its port; ends with its input. */
final class PeerServer {

    static final String PORT = "port ";

    private PeerServer() {}

    public static void main(String[] arguments) throws Exception {
        Peer peer = Contestant.valueOf(arguments[0]).peer();
        try (Peer.Server server = peer.serve(Path.of(arguments[1]))) {
            System.out.println(PORT + server.port());
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
        }
        System.exit(0); // whatever threads a library leaves
    }
}
