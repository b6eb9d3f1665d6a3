package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Welcome;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whenever a worker dies, its address is free again. */
class WorkerDeathTest extends ServiceTest {

    private void assertFree(String path) {
        Waiting.until("no route to be left", () -> service().service().routes().size() == 0);
        assertThat(service().tryWorker(service().address(path), STRONG_WILDCARD).status())
                .isEqualTo(StatusCode.SUCCESS);
    }

    @Test
    void case018_workersThatDieBeforeTheyReadTheirAnswerLeaveNothing() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (RawWorker worker = new RawWorker(service().socket())) {
                worker.sends( // in one piece: between the two a service that answers the first finds its worker dead
                        new Hello(ProtocolVersion.CURRENT, "raw worker", List.of()),
                        new Register(service().address("/early/" + i), STRONG_WILDCARD));
            }
        }
        Waiting.until(
                "every registration to have ended",
                () -> service().count(Counter.URIS_REGISTERED) == 50
                        && service().count(Counter.URIS_UNREGISTERED) == 50);
        assertFree("/early/7");
    }

    @Test
    void case018_aWorkerThatDiesWithAnswersItDidNotReadLeavesNothing() throws IOException {
        InetSocketAddress local = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), service().port());
        try (RawWorker worker = RawWorker.greets(service().socket())) {
            worker.sends(new Register(service().address("/late"), STRONG_WILDCARD));
            assertThat(worker.receives()).containsInstanceOf(Welcome.class);
            assertThat(worker.receives()).containsInstanceOf(Registered.class);
            worker.sendsUntilBlocked(new Validate(1, service().address("/late"), local));
        }
        assertFree("/late");
    }
}
