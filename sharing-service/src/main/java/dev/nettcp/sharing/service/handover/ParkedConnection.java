package dev.nettcp.sharing.service.handover;

import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.service.listen.ClientConnection;
import io.netty.channel.unix.FileDescriptor;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A client's connection in the queues. */
final class ParkedConnection implements PendingConnection {
    private final ClientConnection connection;
    private final FaultAndClose farewell;
    private final long deadline;
    private int failedOffers;
    private boolean copySent;

    ParkedConnection(ClientConnection connection, FaultAndClose farewell, long deadline) {
        this.connection = connection;
        this.farewell = farewell;
        this.deadline = deadline;
    }

    @Override
    public ViaUri via() {
        return connection.preamble().via();
    }

    @Override
    public InetSocketAddress local() {
        return connection.addresses().local();
    }

    @Override
    public Optional<PeerCredentials> returnedBy() {
        return connection.returnedBy();
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public HandoverHeader header() {
        return connection.header();
    }

    @Override
    public FileDescriptor descriptor() {
        return connection.descriptor();
    }

    @Override
    public Client look() {
        return switch (connection.look()) {
            case CONNECTED -> Client.CONNECTED;
            case HALF_CLOSED -> Client.HALF_CLOSED;
            case GONE -> Client.GONE;
        };
    }

    @Override
    public void offerFailed(boolean descriptorSent) {
        failedOffers++;
        copySent |= descriptorSent;
    }

    @Override
    public int failedOffers() {
        return failedOffers;
    }

    @Override
    public void taken() {
        connection.taken();
    }

    @Override
    public void queued() {
        connection.releasePipelineSlot();
    }

    @Override
    public void refuse(FaultCode fault) {
        connection.refuse(farewell, fault);
    }

    @Override
    public void abort() {
        if (copySent) {
            connection.abortAllCopies();
        } else {
            connection.abort();
        }
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
