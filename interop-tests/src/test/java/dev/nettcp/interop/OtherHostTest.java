package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.peers.NetworkNamespace;
import dev.nettcp.interop.peers.ScenarioRun;
import dev.nettcp.interop.services.SharedPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Not only loopback: the client is on another host, as far as the network goes. */
@Timeout(120)
class OtherHostTest {

    private static final List<String> ADD = List.of("calculator-add");

    @Test
    void case043_localhostInABaseAddressIsReachedFromOutside() {
        try (NetworkNamespace other = NetworkNamespace.open();
                SharedPort shared = SharedPort.open()) {
            shared.startWorker("calculator", shared.address("/calculator/1"));
            shared.startWorker("calculator", shared.address("/calculator/2"));

            for (String path : List.of("/calculator/1", "/calculator/2")) {
                ScenarioRun run = DotNetClient.run(other, "calculator", shared.address(other.hereAddress(), path), ADD);
                run.assertPassed("calculator-add", "shared port, from another host, " + path);
            }
        }
    }

    @Test
    void case038_aBaseAddressOnALoopbackLiteralIsNotReachedFromOutside() {
        try (NetworkNamespace other = NetworkNamespace.open();
                SharedPort shared = SharedPort.open()) {
            shared.startWorker("calculator", shared.address("127.0.0.1", "/a"));
            shared.startWorker("calculator", shared.address("/b"));

            ScenarioRun outside = DotNetClient.run(other, "calculator", shared.address(other.hereAddress(), "/a"), ADD);
            assertThat(outside.lines()).anyMatch(line -> line.startsWith("FAIL calculator-add"));
            assertThat(outside.everything()).contains("EndpointNotFoundException");
            ScenarioRun inside = DotNetClient.run("calculator", shared.address("127.0.0.1", "/a"), ADD);
            inside.assertPassed("calculator-add", "shared port, 127.0.0.1");
        }
    }

    /** On another host, where port 808 is free and may be bound. */
    @Test
    void aRegistrationWithoutPortIsReachedAt808() {
        try (NetworkNamespace other = NetworkNamespace.open();
                SharedPort shared = SharedPort.open(other, 808)) {
            shared.startWorker("calculator", "net.tcp://localhost/calculator");

            for (String address : List.of("net.tcp://localhost/calculator", "net.tcp://localhost:808/calculator")) {
                ScenarioRun run = DotNetClient.run(other, "calculator", address, ADD);
                run.assertPassed("calculator-add", "shared port 808, " + address);
            }
        }
    }
}
