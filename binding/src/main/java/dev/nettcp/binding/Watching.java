package dev.nettcp.binding;

import dev.nettcp.connection.KeepAlive;
import dev.nettcp.transport.TransportListener;

/** How a server watches its connections, and who is told of them. */
record Watching(TransportListener listener, KeepAlive keepAlive) {
    static final Watching DEFAULT = new Watching(TransportListener.NONE, KeepAlive.DEFAULT);
}
