package dev.nettcp.sharing.service.handover;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.PeerCredentials;
import io.netty.channel.unix.FileDescriptor;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A connection as the queues see it: nothing is read from it, and it can be given away or ended. */
interface PendingConnection {
    /** What a look at the socket says about its client. */
    enum Client {
        CONNECTED,
        /** Its side has ended. It may have gone, or have said all it had to say. */
        HALF_CLOSED,
        /** The connection was reset. */
        GONE
    }

    ViaUri via();

    /** Where it arrived. */
    InetSocketAddress local();

    /** The worker that gave it back; empty: a client opened it. */
    Optional<PeerCredentials> returnedBy();

    /** The moment its time in the queues is over, however many it has been in. */
    long deadline();

    HandoverHeader header();

    FileDescriptor descriptor();

    Client look();

    /** An offer to a worker has failed; the worker may have been sent a copy of the descriptor. */
    void offerFailed(boolean descriptorSent);

    /** How many offers have failed. */
    int failedOffers();

    /** A worker owns it now: our copy of the descriptor is closed, and nothing else is touched. */
    void taken();

    /** It has a place in a queue: the next connection may be accepted. */
    void queued();

    void refuse(FaultCode fault);

    void abort();
}
