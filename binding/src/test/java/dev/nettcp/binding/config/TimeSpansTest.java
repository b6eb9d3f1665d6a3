package dev.nettcp.binding.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpansTest {

    @ParameterizedTest
    @CsvSource({
        "00:01:00, PT1M",
        "00:10, PT10M",
        "23:59:59, PT23H59M59S",
        "1:2:3, PT1H2M3S",
        "' 00:00:30 ', PT30S",
        "00:00:00.5, PT0.5S",
        "00:00:00.0000001, PT0.0000001S",
        "1.00:00:00, PT24H",
        "1.02:03:04.05, PT26H3M4.05S",
        "1:02:03:04, PT26H3M4S",
        "2.01:30, PT49H30M",
        "10, PT240H",
        "24:00:00, PT576H",
        "0, PT0S",
        "Infinite, PT256204778H48M5.4775807S",
        "infinite, PT256204778H48M5.4775807S",
        "10675199.02:48:05.4775807, PT256204778H48M5.4775807S",
    })
    void timesAreReadAsDotNetReadsThem(String text, Duration time) {
        assertThat(TimeSpans.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1m",
                "60s",
                "PT1M",
                "24:00",
                "00:60:00",
                "00:00:60",
                "1.24:00:00",
                "00:00:00.12345678",
                "00:00:",
                ":01",
                "1,5",
                "00:01:00 s",
                "1.2.3",
                "99:99:99"
            })
    void whatIsNoTimeIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> TimeSpans.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no time")
                .hasMessageContaining("00:01:30")
                .hasMessageContaining("Infinite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10675200", "10675199.02:48:05.4775808", "99999999999999999999"})
    void whatIsLongerThanDotNetsLongestTimeIsRefused(String text) {
        assertThatThrownBy(() -> TimeSpans.parse(text)).hasMessageContaining("longest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-00:00:01", "-1"})
    void aNegativeTimeIsRefused(String text) {
        assertThatThrownBy(() -> TimeSpans.parse(text)).hasMessageContaining("negative");
    }
}
