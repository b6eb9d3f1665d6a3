package dev.nettcp.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerTextTest {

    @Test
    void whatWouldForgeALineOrMoveTheCursorIsEscaped() {
        assertThat(PeerText.shown("x\n2026 NTP200 forged\u001b[31m\u202e\u2028"))
                .isEqualTo("x\\u000A2026 NTP200 forged\\u001B[31m\\u202E\\u2028");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(PeerText.shown("net.tcp://müller.example/a b")).isEqualTo("net.tcp://müller.example/a b");
    }

    @Test
    void longTextIsCutAndItsLengthSaid() {
        assertThat(PeerText.shown("a".repeat(10_000)))
                .isEqualTo("a".repeat(PeerText.MAX_SHOWN) + "… (10000 characters)");
    }
}
