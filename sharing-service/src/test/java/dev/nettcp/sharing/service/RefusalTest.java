package dev.nettcp.sharing.service;

import static dev.nettcp.sharing.service.telemetry.Counter.DISPATCH_FAILURES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** What happens to clients who cannot be served, and that nobody else notices. */
class RefusalTest extends ServiceTest {

    private ScriptedPeer refused() {
        return service().client("127.0.0.1", "/nobody");
    }

    @Test
    void case071_withoutARouteTheClientGetsEndpointNotFoundAndTheEndOfTheStream() {
        service().worker("/a");
        ScriptedPeer client = refused();

        byte[] fault = Preambles.fault(FaultCode.ENDPOINT_NOT_FOUND);
        assertThat(fault).hasSize(2 + 71).startsWith(0x08, 0x47);
        client.expects(fault);
        client.expectsEnd();
        service().awaitCount(DISPATCH_FAILURES, 1);
    }

    @Test
    void case047_aViaOfAnotherSchemeGetsEndpointNotFound() {
        service().worker("/a");
        ScriptedPeer client = service().client();
        client.sends(Preambles.duplex("http://localhost/a"));

        expectsFault(client, FaultCode.ENDPOINT_NOT_FOUND);
        service().awaitCount(DISPATCH_FAILURES, 1);
    }

    @Test
    void case072_aRefusedClientThatGoesOnSendingIsAborted() {
        launch("drain: {maxBytes: 65536}");
        service().worker("/a");
        ScriptedPeer client = refused();
        expectsFault(client, FaultCode.ENDPOINT_NOT_FOUND);

        byte[] much = new byte[16_384];
        Waiting.until("a reset while sending", () -> {
            try {
                client.sends(much);
                return false;
            } catch (UncheckedIOException reset) {
                return true;
            }
        });
    }

    @Test
    void case072_aRefusedClientThatNeitherSendsNorClosesIsAborted() {
        launch("drain: {timeout: 200ms}");
        service().worker("/a");
        ScriptedPeer client = refused();
        expectsFault(client, FaultCode.ENDPOINT_NOT_FOUND);

        Waiting.until("a reset while sending", () -> {
            try {
                client.sends("00");
                return false;
            } catch (UncheckedIOException reset) {
                return true;
            }
        });
    }

    @Test
    void case073_aHundredClientsThatDoNotCloseKeepNobodyElseWaiting() {
        launch("maxPendingConnections: 5");
        ScriptedWorker worker = service().worker("/a");
        for (int i = 0; i < 100; i++) {
            expectsFault(refused(), FaultCode.ENDPOINT_NOT_FOUND);
        }

        service().client("127.0.0.1", "/a");

        worker.takes();
    }

    @Test
    void beyondTheLimitOfDrainsAClientStillGetsItsFault() {
        launch("drain: {maxConnections: 2}");
        service().worker("/a");
        for (int i = 0; i < 10; i++) {
            expectsFault(refused(), FaultCode.ENDPOINT_NOT_FOUND);
        }
    }
}
