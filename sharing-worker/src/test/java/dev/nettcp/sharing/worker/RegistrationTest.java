package dev.nettcp.sharing.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.LaneToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every event in every state of a registration. What the table does not name changes nothing. */
class RegistrationTest {
    private static final LaneToken TOKEN = LaneToken.random();

    /** Events of the present attempt, which is 2, and of a former one. */
    private static final List<RegistrationEvent> EVENTS = List.of(
            new RegistrationEvent.Open(),
            new RegistrationEvent.Stop(),
            new RegistrationEvent.SessionOpened(2),
            new RegistrationEvent.SessionFailed(2, cause()),
            new RegistrationEvent.Registered(2, TOKEN, 3),
            new RegistrationEvent.RegistrationRefused(2, cause()),
            new RegistrationEvent.SessionLost(2, cause()),
            new RegistrationEvent.Unregistered(2),
            new RegistrationEvent.AnswerOverdue(2, cause()),
            new RegistrationEvent.RetryDue(2),
            new RegistrationEvent.SessionOpened(1),
            new RegistrationEvent.SessionFailed(1, cause()),
            new RegistrationEvent.Registered(1, TOKEN, 3),
            new RegistrationEvent.RegistrationRefused(1, cause()),
            new RegistrationEvent.SessionLost(1, cause()),
            new RegistrationEvent.Unregistered(1),
            new RegistrationEvent.AnswerOverdue(1, cause()),
            new RegistrationEvent.RetryDue(1));

    record Row(Registration state, Map<String, String> steps) {
        @Override
        public String toString() {
            return state.toString();
        }
    }

    static final List<Row> ROWS = List.of(
            row(new Registration.Created(), "Open → Opening 1, OpenSession 1", "Stop → Ended, Stopped"),
            row(
                    new Registration.Opening(2, 0, true),
                    "Stop → Ended, CloseSession 2, OpenFailed, Stopped",
                    "SessionOpened 2 → Asking 2, SendRegister 2, AwaitAnswer 2",
                    "SessionFailed 2 → Ended, OpenFailed"),
            row(
                    new Registration.Opening(2, 1, false),
                    "Stop → Ended, CloseSession 2, Stopped",
                    "SessionOpened 2 → Asking 2, SendRegister 2, AwaitAnswer 2",
                    "SessionFailed 2 → Waiting 2, WaitToRetry 2"),
            row(
                    new Registration.Asking(2, 0, true),
                    "Stop → Releasing 2, SendUnregister 2, AwaitAnswer 2, OpenFailed",
                    "Registered 2 → Holding 2, OpenLanes 2, Listening, Opened",
                    "RegistrationRefused 2 → Ended, CloseSession 2, OpenFailed",
                    "SessionLost 2 → Ended, CloseSession 2, OpenFailed",
                    "AnswerOverdue 2 → Ended, CloseSession 2, OpenFailed"),
            row(
                    new Registration.Asking(2, 3, false),
                    "Stop → Releasing 2, SendUnregister 2, AwaitAnswer 2",
                    "Registered 2 → Holding 2, OpenLanes 2, Listening",
                    "RegistrationRefused 2 → Waiting 2, CloseSession 2, WaitToRetry 2",
                    "SessionLost 2 → Waiting 2, CloseSession 2, WaitToRetry 2",
                    "AnswerOverdue 2 → Waiting 2, CloseSession 2, WaitToRetry 2"),
            row(
                    new Registration.Holding(2),
                    "Stop → Releasing 2, CloseLanes, SendUnregister 2, AwaitAnswer 2",
                    "SessionLost 2 → Opening 3, CloseLanes, CloseSession 2, Interrupted, OpenSession 3"),
            row(new Registration.Waiting(2, 4), "Stop → Ended, Stopped", "RetryDue 2 → Opening 3, OpenSession 3"),
            row(
                    new Registration.Releasing(2),
                    "SessionLost 2 → Ended, CloseSession 2, Stopped",
                    "Unregistered 2 → Ended, CloseSession 2, Stopped",
                    "AnswerOverdue 2 → Ended, CloseSession 2, Stopped"),
            row(
                    new Registration.Ended(),
                    "Stop → Ended, Stopped",
                    "SessionOpened 1 → Ended, CloseSession 1",
                    "SessionOpened 2 → Ended, CloseSession 2"));

    @ParameterizedTest
    @FieldSource("ROWS")
    void doesWhatTheTableSays(Row row) {
        Map<String, String> seen = new TreeMap<>();
        for (RegistrationEvent event : EVENTS) {
            Registration.Step step = row.state.on(event);
            if (!step.effects().isEmpty() || !step.next().equals(row.state)) {
                seen.put(text(event), text(step));
            }
        }
        assertThat(seen).isEqualTo(row.steps);
    }

    @Test
    void case106_theWaitsBetweenAttemptsGrowToTheirCeiling() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

        assertThat(List.of(0, 1, 2, 3, 4, 5, 1000))
                .extracting(failures -> backoff.after(failures).toMillis())
                .containsExactly(0L, 100L, 200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void failuresAreCountedUntilItSucceeds() {
        Registration failed = new Registration.Asking(5, 3, false)
                .on(new RegistrationEvent.SessionLost(5, cause()))
                .next();
        assertThat(failed).isEqualTo(new Registration.Waiting(5, 4));
        assertThat(failed.on(new RegistrationEvent.RetryDue(5)).next())
                .isEqualTo(new Registration.Opening(6, 4, false));
        assertThat(new Registration.Holding(6)
                        .on(new RegistrationEvent.SessionLost(6, cause()))
                        .next())
                .isEqualTo(new Registration.Opening(7, 0, false));
    }

    private static Exception cause() {
        return new Exception("cause");
    }

    /** Kind and attempt: "SessionLost 2". */
    private static String text(Object value) {
        String[] parts = value.toString().split("attempt=", 2);
        String name = value.getClass().getSimpleName();
        return parts.length == 1 ? name : name + " " + parts[1].split("[],]", 2)[0];
    }

    private static String text(Registration.Step step) {
        StringBuilder text = new StringBuilder(text(step.next()));
        step.effects().forEach(effect -> text.append(", ").append(text(effect)));
        return text.toString();
    }

    private static Row row(Registration state, String... steps) {
        Map<String, String> map = new TreeMap<>();
        for (String step : steps) {
            String[] parts = step.split(" → ", 2);
            map.put(parts[0], parts[1]);
        }
        return new Row(state, map);
    }
}
