package dev.nettcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.cli.remote.ReasonNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/commands.md} against the commands themselves. */
class CommandsPageTest {

    private static final Pattern NO_WORD = Pattern.compile("[^\\w-]+");

    private final CommandLine nettcp = Nettcp.commandLine(Map.of());

    @Test
    void everyCommandHasItsRow() throws IOException {
        String page = page();
        assertThat(nettcp.getSubcommands().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains("| `nettcp " + name));
    }

    @Test
    void everyOptionThatThePageNamesIsOneOfSomeCommand() throws IOException {
        List<String> options = nettcp.getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .map(OptionSpec::names)
                .flatMap(Arrays::stream)
                .toList();
        assertThat(page().lines()
                        .filter(line -> !line.contains("tcpdump"))
                        .flatMap(line -> NO_WORD.splitAsStream(line))
                        .filter(word -> word.matches("--[a-z][a-z-]*"))
                        .distinct())
                .isSubsetOf(options);
    }

    @Test
    void everyReasonOfPingStandsOnThePage() throws IOException {
        String page = page();
        assertThat(ReasonNames.all())
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(page).contains("`" + reason + "`"));
    }

    @Test
    void helpTellsEveryOptionWithItsMeaning() {
        nettcp.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec()
                        .options()
                        .forEach(option -> assertThat(option.description())
                                .as(option.longestName())
                                .isNotEmpty()));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "commands.md"));
    }
}
