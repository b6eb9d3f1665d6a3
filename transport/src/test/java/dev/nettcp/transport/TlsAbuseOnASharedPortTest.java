package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.ReuseDecision;

/** The same where the first bytes of a connection were read before it is passed on. */
class TlsAbuseOnASharedPortTest extends TlsAbuseTest {

    @Override
    ConnectionSource source(ConnectionSource port) {
        return new SharedPortStub(port, 10, SharedPortStub.always(ReuseDecision.KEEP));
    }
}
