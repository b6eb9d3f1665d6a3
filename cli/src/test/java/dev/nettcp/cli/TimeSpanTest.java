package dev.nettcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeSpanTest {

    @Test
    void aNumberIsSecondsUnlessItHasAUnit() {
        assertThat(TimeSpan.parse("5")).isEqualTo(Duration.ofSeconds(5));
        assertThat(TimeSpan.parse("1.5s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(TimeSpan.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(TimeSpan.parse("2m")).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "0", "0ms", "5 s", "1h", "99999999999"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text)).isInstanceOf(TypeConversionException.class);
    }
}
