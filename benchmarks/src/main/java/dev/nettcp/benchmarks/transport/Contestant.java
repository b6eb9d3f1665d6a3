package dev.nettcp.benchmarks.transport;

import dev.nettcp.binding.TransferMode;
import java.util.function.Supplier;

/** Who is measured. */
enum Contestant {
    NETTCP(() -> new NetTcpPeer(TransferMode.BUFFERED)),
    NETTCP_STREAMED(() -> new NetTcpPeer(TransferMode.STREAMED)),
    NETTCP_STRINGS(NetTcpStringsPeer::new),
    NETTCP_TLS(NetTcpTlsPeer::new),
    NETTY(NettyPeer::new),
    NETTY_TLS(NettyTlsPeer::new),
    GRPC(GrpcPeer::new),
    CXF(CxfPeer::new),
    SOCKET(SocketPeer::new);

    @SuppressWarnings("ImmutableEnumChecker") // constructors
    private final Supplier<Peer> peer;

    Contestant(Supplier<Peer> peer) {
        this.peer = peer;
    }

    Peer peer() {
        return peer.get();
    }
}
