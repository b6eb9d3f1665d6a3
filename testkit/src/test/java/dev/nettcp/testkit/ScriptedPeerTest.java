package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeftovers.class)
class ScriptedPeerTest {

    @Test
    void bytesGoBothWaysAndTheEndIsSeen() {
        try (ScriptedListener listener = ScriptedListener.open();
                ScriptedPeer client = ScriptedPeer.connect(listener.address());
                ScriptedPeer server = listener.accept()) {
            client.sends("00 01 00", "01 02");
            client.sendsByteByByte("02");
            client.endsItsDirection();
            server.expects("00 01 00 01 02 02");
            server.expectsEnd();
            server.sends("0b");
            client.expects("0b");
            client.expectsSilence(Duration.ofMillis(10));
            server.endsItsDirection();
            client.expectsEndOrReset();
        }
    }

    @Test
    void aResetIsNoOrderlyEnd() {
        try (ScriptedListener listener = ScriptedListener.open();
                ScriptedPeer client = ScriptedPeer.connect(listener.address());
                ScriptedPeer server = listener.accept()) {
            server.resets();
            client.expectsReset();
        }
    }

    @Test
    void aStreamThatEndsTooEarlyIsReportedWithWhatCame() {
        try (ScriptedListener listener = ScriptedListener.open();
                ScriptedPeer client = ScriptedPeer.connect(listener.address());
                ScriptedPeer server = listener.accept()) {
            server.sends("0b");
            server.endsItsDirection();
            assertThatThrownBy(() -> client.expects("0b 07"))
                    .hasMessage("after 1 bytes [0b]: end of stream, 1 bytes missing");
        }
    }
}
