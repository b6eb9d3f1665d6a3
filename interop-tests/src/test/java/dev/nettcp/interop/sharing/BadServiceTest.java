package dev.nettcp.interop.sharing;

import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.worker.SharedListener;
import dev.nettcp.sharing.worker.SharedPortSettings;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.NoLeftovers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker does about a service that does not keep to one descriptor per offer; no descriptor is left behind. */
@ExtendWith(NoLeftovers.class)
class BadServiceTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"none", "two", "three", "file"})
    void case095_theSessionEndsWithoutOneConnectionOfTcp(String kind) throws Exception {
        try (ChildProcess service = service(kind)) {
            withWorker(() -> {
                service.awaitLineStartingWith("LANE ENDED");
                service.awaitLineStartingWith("SESSION ENDED");
            });
        }
    }

    private ChildProcess service(String... kinds) {
        String[] arguments = new String[kinds.length + 2];
        arguments[0] = "--socket";
        arguments[1] = socket().toString();
        System.arraycopy(kinds, 0, arguments, 2, kinds.length);
        ChildProcess service = PythonPeer.start("bad_service.py", arguments);
        service.awaitLineStartingWith("LISTENING");
        return service;
    }

    private void withWorker(Runnable whatHappens) throws Exception {
        try (EventLoops eventLoops = EventLoops.create("worker", 1)) {
            SharedPortSettings settings = SharedPortSettings.of(Optional.of(socket()), Map.of())
                    .withAnswerLimit(Duration.ofSeconds(3))
                    .withLaneDeadlines(new LaneDeadlines(Duration.ofSeconds(10), Duration.ofMillis(300)));
            SharedListener listener = new SharedListener(
                    ListenRequest.of(BaseAddress.parse("net.tcp://localhost:9000/a"), eventLoops), settings);
            listener.open(new AlwaysRoom()).get(30, TimeUnit.SECONDS);
            whatHappens.run();
            listener.stop().get(30, TimeUnit.SECONDS);
        }
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    /** Takes every connection and resets it. */
    private static final class AlwaysRoom implements ConnectionAcceptor, ConnectionAcceptor.Place {
        @Override
        public Optional<Place> reserve() {
            return Optional.of(this);
        }

        @Override
        public void whenRoom(Runnable action) {
            action.run();
        }

        @Override
        public void accept(dev.nettcp.connection.AcceptedConnection connection) {
            connection.abort();
        }

        @Override
        public void release() {}
    }
}
