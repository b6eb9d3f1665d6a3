package dev.nettcp.sharing.service.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LogLimitTest {

    @Test
    void soManyLinesInAPeriodAreWrittenAndTheNextOneTellsHowManyWereNot() {
        LogLimit limit = new LogLimit(2, 100);

        assertThat(limit.permit(-50)).isEqualTo(OptionalLong.of(0));
        assertThat(limit.permit(0)).isEqualTo(OptionalLong.of(0));
        assertThat(limit.permit(1)).isEmpty();
        assertThat(limit.permit(49)).isEmpty();
        assertThat(limit.permit(50)).isEqualTo(OptionalLong.of(2));
        assertThat(limit.permit(51)).isEqualTo(OptionalLong.of(0));
        assertThat(limit.permit(52)).isEmpty();
    }
}
