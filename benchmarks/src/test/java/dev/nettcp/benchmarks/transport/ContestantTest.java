package dev.nettcp.benchmarks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.benchmarks.transport.Peer.Client;
import dev.nettcp.benchmarks.transport.Peer.Server;
import dev.nettcp.benchmarks.transport.Peer.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** None of those that are measured is broken. Both ends in this process. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ContestantTest {

    private static final int CALLERS = 4;

    @TempDir
    private Path certificates;

    @BeforeEach
    void makeCertificates() throws IOException {
        Certificates.create(certificates);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NETTCP_STREAMED")
    void everyCallerGetsItsOwnBytesBackWhateverTheirNumberOnOneConnectionAndOnMany(Contestant contestant)
            throws Exception {
        Peer peer = contestant.peer();
        try (Server server = peer.serve(certificates)) {
            Target target = new Target(server.port(), certificates);
            for (int connections : new int[] {1, CALLERS}) {
                try (Client client = contestant.peer().connect(target, connections)) {
                    for (int size : new int[] {100, 64 << 10}) {
                        Turn turn = new Callers().calls(20, CALLERS, caller -> new EchoCall(client, caller, size));
                        assertThat(turn.calls()).isEqualTo(20);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NETTCP_STREAMED", "SOCKET"})
    void aStreamArrivesWhole(Contestant contestant) throws Exception {
        try (Server server = contestant.peer().serve(certificates)) {
            contestant.peer().stream(new Target(server.port(), certificates), 3 * Blocks.SIZE + 5);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NETTCP", "NETTCP_TLS", "NETTY_TLS"})
    void connectionsAreOpenedAndBrokenOff(Contestant contestant) throws Exception {
        try (Server server = contestant.peer().serve(certificates)) {
            Target target = new Target(server.port(), certificates);
            assertThat(new Callers()
                            .calls(10, 2, caller -> () -> contestant.peer().open(target))
                            .calls())
                    .isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "GRPC")
    void whatOneDoesNotDoIsRefused(Contestant contestant) {
        Target target = new Target(1, certificates);
        assertThatThrownBy(() -> contestant.peer().open(target)).hasMessage("GrpcPeer opens nothing by itself");
        assertThatThrownBy(() -> contestant.peer().stream(target, 1)).hasMessage("GrpcPeer streams nothing");
    }
}
