package dev.nettcp.sharing.service.listen;

/** Where a connection goes when its destination is known. */
public interface Arrivals {
    /**
     * Called on the connection's event loop, right after its encoding record was read; the connection belongs to this call
     * from here on, and nothing is read from it.
     */
    void arrived(ClientConnection connection);
}
