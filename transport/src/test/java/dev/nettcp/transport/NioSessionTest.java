package dev.nettcp.transport;

import dev.nettcp.connection.EventLoops;

/** The same on NIO, for platforms without epoll. */
class NioSessionTest extends SessionTest {

    @Override
    EventLoops newLoops() {
        return EventLoops.nio("nio", 2);
    }
}
