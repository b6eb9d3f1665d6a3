package dev.nettcp.sharing.service.listen;

/** Where a connection goes when its destination is known. */
public interface Arrivals {
    /**
     * Called on the connection's event loop, right after its encoding record was read; the connection belongs to this call
     * from here on. Until it is parked, bytes that the event loop still reads are added to it.
     */
    void arrived(ClientConnection connection);
}
