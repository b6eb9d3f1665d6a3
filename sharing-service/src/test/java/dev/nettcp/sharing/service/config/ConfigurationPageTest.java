package dev.nettcp.sharing.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.service.config.SettingType.FileMode;
import dev.nettcp.sharing.service.config.SettingType.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has the keys that there are, as they are. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void everyKeyStandsThereWithDefaultAndBounds() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .isEqualTo(
                        Settings.all().stream().map(ConfigurationPageTest::row).toList());
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s | %s | %s |"
                .formatted(setting.path(), initial(setting), setting.type().allowed(), setting.description());
    }

    private static String initial(Setting<?> setting) {
        Object value = setting.initial();
        if (value instanceof Duration span) {
            return Span.print(span);
        } else if (setting.type() instanceof FileMode && value instanceof Integer mode) {
            return "0" + Integer.toOctalString(mode);
        } else if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        } else if (value.equals("") || value.equals(List.of())) {
            return "not set";
        }
        return value.toString();
    }
}
