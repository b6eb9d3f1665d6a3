package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.tls.TlsUpgrade;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the Flight Recorder holds. JDK 17 loses strings that come often when a process makes several recordings: none of them is looked at. */
class FlightEventsTest extends TransportFixture {

    @TempDir
    Path directory;

    @Test
    void aRecordingTellsOfConnectionsSessionsUpgradesFaultsAndThePool() throws IOException {
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.enable("dev.nettcp.LookUp").withThreshold(Duration.ZERO);
            recording.start();
            Server server = serve(
                    AcceptorSettings.DEFAULT,
                    calc(Echo.LISTENER).withUpgrade(new TlsUpgrade(TlsParties.server())),
                    endpoint("/plain", Echo.LISTENER));
            converse(SessionRequest.duplex(server.via("/calc")).withUpgrade(new TlsUpgrade(TlsParties.client())));
            CompletableFuture<Session> refused = connector.open(
                    SessionRequest.duplex(ViaUri.parse("net.tcp://localhost:%d/nobody".formatted(server.port()))),
                    new Recorder());
            Waiting.until("refused", refused::isCompletedExceptionally);
            recording.stop();
            Path file = directory.resolve("test.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        }

        assertThat(named(events, "LookUp")).singleElement().satisfies(event -> {
            assertThat(event.getString("host")).isEqualToIgnoringCase("localhost");
            assertThat(event.getInt("addresses")).isPositive();
        });
        assertThat(named(events, "Connect"))
                .isNotEmpty()
                .anySatisfy(event -> assertThat(event.getString("failure")).isNull());
        assertThat(named(events, "Upgrade")).hasSize(2).allSatisfy(event -> {
            assertThat(event.getDuration()).isPositive();
        });
        assertThat(named(events, "Session")).hasSize(2).allSatisfy(event -> {
            assertThat(event.getString("via")).endsWith("/calc");
            assertThat(event.getLong("bytesReceived")).isEqualTo(2);
            assertThat(event.getLong("envelopesSent")).isEqualTo(1);
            assertThat(event.getDuration()).isPositive();
            assertThat(event.getString("failure")).isNull();
        });
        assertThat(named(events, "Fault"))
                .extracting(event -> event.getString("side") + " " + event.getString("fault"))
                .containsExactlyInAnyOrder("SERVER EndpointNotFound", "CLIENT EndpointNotFound");
        assertThat(named(events, "Pool"))
                .extracting(event -> event.getString("action"))
                .contains("MISSED", "PUT");
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.nettcp." + name))
                .toList();
    }

    private void converse(SessionRequest request) {
        Recorder client = new Recorder();
        Session session = open(request, client);
        session.send(bytes(1, 2));
        client.awaits("opened", "0102");
        session.closeOutput();
        client.awaits("opened", "0102", "ended", "closed");
    }
}
