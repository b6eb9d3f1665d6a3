package dev.nettcp.sharing.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.HandoverHeader;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverFlightTest {

    @TempDir
    Path directory;

    @Test
    void aRecordingTellsWhoseConnectionCameAndWithHowManyBytes() throws IOException {
        Path file = directory.resolve("handover.jfr");
        InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        try (Recording recording = new Recording()) {
            recording.enable(HandoverFlight.class);
            recording.start();
            HandoverFlight flight = new HandoverFlight();
            flight.begin();
            flight.commit(
                    new HandoverHeader("net.tcp://localhost/a", client, client, Unpooled.wrappedBuffer(new byte[3])));
            recording.stop();
            recording.dump(file);
        }
        assertThat(RecordingFile.readAllEvents(file))
                .filteredOn(event -> event.getEventType().getName().equals("dev.nettcp.Handover"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("client")).isEqualTo("127.0.0.1:4711");
                    assertThat(event.getInt("bytesRead")).isEqualTo(3);
                });
    }

    @Test
    void itIsOnThePage() throws IOException {
        assertThat(Files.readAllLines(Path.of("..", "docs", "observability.md")))
                .anyMatch(line -> line.startsWith("| `dev.nettcp.Handover` ")
                        && line.contains("`via`, `client`, `bytesRead`")
                        && line.endsWith("| 0 ms |"));
    }
}
