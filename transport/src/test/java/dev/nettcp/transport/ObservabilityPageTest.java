package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.transport.TransportEvent.PoolAction;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.junit.jupiter.api.Test;

/** {@code docs/observability.md} against the code. */
class ObservabilityPageTest {

    @Test
    void everyEventOfTheFlightRecorderHasItsRowWithFieldsAndThreshold() throws IOException {
        List<Class<?>> events = Arrays.stream(FlightEvents.class.getDeclaredClasses())
                .filter(Event.class::isAssignableFrom)
                .toList();
        assertThat(events).hasSize(6);
        for (Class<?> event : events) {
            String row = row("| `" + event.getAnnotation(Name.class).value() + "` ");
            for (Field field : event.getDeclaredFields()) {
                if (field.isAnnotationPresent(Label.class)) {
                    assertThat(row).contains("`" + field.getName() + "`");
                }
            }
            Threshold threshold = event.getAnnotation(Threshold.class);
            assertThat(row).endsWith(threshold == null ? "| none |" : "| " + threshold.value() + " |");
        }
    }

    @Test
    void everythingThatAListenerIsToldHasItsRow() throws IOException {
        for (Class<?> event : TransportEvent.class.getPermittedSubclasses()) {
            assertThat(row("| `" + event.getSimpleName() + "` ")).isNotEmpty();
        }
        for (PoolAction action : PoolAction.values()) {
            assertThat(row("| `PoolUsed` ")).contains("`" + action + "`");
        }
    }

    private static String row(String beginning) throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "observability.md")).stream()
                .filter(line -> line.startsWith(beginning))
                .toList();
        assertThat(rows).as(beginning).hasSize(1);
        return rows.get(0);
    }
}
