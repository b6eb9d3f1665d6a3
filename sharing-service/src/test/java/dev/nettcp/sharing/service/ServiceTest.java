package dev.nettcp.sharing.service;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.testkit.NoLeftovers;
import dev.nettcp.testkit.ScriptedPeer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that talks to a service over real sockets; nothing of it may be left behind. */
@ExtendWith(NoLeftovers.class)
abstract class ServiceTest {
    private @Nullable ServiceUnderTest service;

    /** The service of this test; started with defaults unless the test has launched it with lines of its own. */
    ServiceUnderTest service() {
        ServiceUnderTest running = service;
        return running == null ? launch() : running;
    }

    ServiceUnderTest launch(String... lines) {
        ServiceUnderTest launched = ServiceUnderTest.launch(lines);
        service = launched;
        return launched;
    }

    @AfterEach
    void closeService() {
        if (service != null) {
            service.close();
        }
    }

    static void expectsFault(ScriptedPeer client, FaultCode fault) {
        client.expects(Preambles.fault(fault));
        client.expectsEnd();
    }
}
