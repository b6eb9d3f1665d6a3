package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedPeer;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** The place where an upgrade goes, with one that inverts all bytes. */
class StreamUpgradeTest extends TransportFixture {

    private static final StreamUpgrade SCRAMBLED = new Scrambling("application/x-scrambled");

    @Test
    void everythingFromThePreambleEndOnTravelsInsideTheSecuredStream() {
        Server server = serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withUpgrade(SCRAMBLED));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), request());
            client.expects("0a");
            client.sends("48");
            client.expects("57");
            client.sends(inverted("0c 06 01 aa"));
            client.expects(inverted("0b 06 01 aa"));
        }
    }

    @Test
    void bytesOfTheHandshakeMayComeTogetherWithTheRequest() {
        Server server = serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withUpgrade(SCRAMBLED));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), request(), "48", inverted("0c 06 01 aa 07"));
            client.expects("0a 57", inverted("0b 06 01 aa 07"));
        }
    }

    @Test
    void theNextSessionOnTheConnectionBeginsInPlain() {
        Server server = serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withUpgrade(SCRAMBLED));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            for (int i = 0; i < 2; i++) {
                client.sends(Preambles.upToEncoding(server.via("/calc")), request());
                client.expects("0a");
                client.sends("48", inverted("0c 07"));
                client.expects("57", inverted("0b 07"));
            }
        }
    }

    @Test
    void ourClientAndOurServerAgreeOnAnUpgradeSessionAfterSession() {
        Server server = serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withUpgrade(SCRAMBLED));
        for (int i = 0; i < 3; i++) {
            Recorder client = new Recorder();
            Session session = open(SessionRequest.duplex(server.via("/calc")).withUpgrade(SCRAMBLED), client);
            session.send(bytes(1, 2, 3));
            client.awaits("opened", "010203");
            session.close().syncUninterruptibly();
        }
        assertThat(server.acceptor.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void aHandshakeThatFailsEndsTheConnection() {
        Server server = serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withUpgrade(SCRAMBLED));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), request());
            client.expects("0a");
            client.sends("00");
            client.expectsReset();
        }
    }

    @Test
    void aClientThatIsSecuredGetsNoSessionFromAServerThatIsNot() {
        Server server = serve(Echo.LISTENER);

        assertThatThrownBy(
                        () -> open(SessionRequest.duplex(server.via("/calc")).withUpgrade(SCRAMBLED), new Recorder()))
                .cause()
                .isInstanceOf(PeerFaultException.class)
                .hasMessageContaining("UpgradeInvalid")
                .hasMessageContaining("security modes");
    }

    private static String request() {
        String name = Hex.of(SCRAMBLED.protocol().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "09 %02x".formatted(name.length() / 2) + name;
    }

    private static String inverted(String hex) {
        return Hex.of(Scrambling.invert(Unpooled.wrappedBuffer(Hex.bytes(hex))));
    }
}
