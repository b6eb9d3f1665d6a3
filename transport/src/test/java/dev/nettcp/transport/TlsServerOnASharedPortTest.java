package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.ReuseDecision;

/** The same where the first bytes of a connection were read before it is passed on. */
class TlsServerOnASharedPortTest extends TlsServerTest {

    @Override
    ConnectionSource source(ConnectionSource port) {
        return new SharedPortStub(port, 10, SharedPortStub.always(ReuseDecision.KEEP));
    }
}
