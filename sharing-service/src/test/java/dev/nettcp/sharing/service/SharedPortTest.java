package dev.nettcp.sharing.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of one connection, from the client's connect to its worker. */
class SharedPortTest {
    private final ServiceUnderTest service = ServiceUnderTest.launch();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void case052_aConnectionIsHandedOverRightAfterItsEncodingRecord() {
        ScriptedWorker worker = service.worker("/a");
        ScriptedPeer client = service.client("127.0.0.1", "/a");

        TakenConnection taken = worker.takes();

        assertThat(taken.bytesRead()).isEqualTo(Preambles.duplex(service.address("/a")));
        taken.sends((byte) 0x0B);
        client.expects("0b");
    }

    @Test
    void case071_withoutARouteTheClientGetsEndpointNotFoundAndTheEndOfTheStream() {
        service.worker("/a");
        ScriptedPeer client = service.client("127.0.0.1", "/b");

        client.expects(Preambles.fault(FaultCode.ENDPOINT_NOT_FOUND));
        client.expectsEnd();
        assertThat(service.count(Counter.DISPATCH_FAILURES)).isEqualTo(1);
    }

    @Test
    void case018_case020_thePortClosesWithItsLastRegistration() {
        ScriptedWorker a = service.worker("/a");
        ScriptedWorker b = service.worker("/b");
        a.unregisters();
        service.client().close();
        b.dies();

        Waiting.until("the port to be free", () -> FreePort.isFree(service.port()));
    }
}
