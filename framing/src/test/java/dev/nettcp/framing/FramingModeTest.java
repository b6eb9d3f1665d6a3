package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FramingModeTest {
    @Test
    void aModeKnowsItsByteOnTheWire() {
        assertThat(FramingMode.DUPLEX.value()).isEqualTo(2);
    }
}
