package dev.nettcp.sharing.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceConfigTest {

    @Test
    void case122_withoutAFileTheOriginalsDefaultsHold() {
        ServiceConfig config = ServiceConfig.defaults();

        assertThat(config.accepting().receiveTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.accepting().maxPendingConnections()).isEqualTo(100);
        assertThat(config.handover().maxWaiting()).isEqualTo(100);
        assertThat(config.parity()).isEqualTo(Parity.FRIENDLY);
        assertThat(config.allowAccounts()).isEqualTo(AllowAccounts.DEFAULT);
    }

    @Test
    void whatIsNestedTooDeepIsRefusedWithItsLine() {
        for (String deep : List.of("[".repeat(20_000), "{a: ".repeat(20_000), "- ".repeat(20_000))) {
            assertThatThrownBy(() -> ServiceConfig.parse("c.yml", "parity: strict\nx: " + deep))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("c.yml:2");
        }
    }

    @Test
    void case083_zeroMeansTwelveAndFourTimesTheProcessors() throws ConfigException {
        ConfigFile file = ConfigFile.parse("test", "listenBacklog: 0\nmaxPendingAccepts: 0\n");

        AcceptSettings accepting = ServiceConfig.of(file, 8).accepting();

        assertThat(accepting.listenBacklog()).isEqualTo(96);
        assertThat(accepting.maxPendingAccepts()).isEqualTo(32);
    }

    @Test
    void aFileSetsWhatItNamesAndNothingElse() throws ConfigException {
        ServiceConfig config = ServiceConfig.parse("nettcp.yaml", """
                # the original's names
                listenBacklog: 200
                maxPendingConnections: 7
                receiveTimeout: 00:01:30
                allowAccounts:
                  users: [calc, 1001]
                  groups:
                    - workers
                parity: strict
                listenAddresses: wildcard
                controlSocket:
                  path: /run/calc/control.sock
                  mode: 0600
                drain:
                  timeout: 250ms
                """);

        assertThat(config.accepting().listenBacklog()).isEqualTo(200);
        assertThat(config.accepting().maxPendingConnections()).isEqualTo(7);
        assertThat(config.accepting().receiveTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.accepting().addresses()).isEqualTo(ListenAddresses.WILDCARD);
        assertThat(config.handover().maxWaiting())
                .as("follows maxPendingConnections")
                .isEqualTo(7);
        assertThat(config.handover().queueTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.allowAccounts().users()).containsExactly("calc", "1001");
        assertThat(config.allowAccounts().groups()).containsExactly("workers");
        assertThat(config.parity()).isEqualTo(Parity.STRICT);
        assertThat(config.controlSocket().path()).contains(Path.of("/run/calc/control.sock"));
        assertThat(config.controlSocket().mode()).isEqualTo(0600);
        assertThat(config.draining().timeout()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aFileThatSaysNothingIsTheDefaults() throws ConfigException {
        for (String text : List.of("", "\n\n", "# nothing set\n", "---\n", "---\n...\n")) {
            assertThat(ServiceConfig.parse("defaults", text)).as(text).isEqualTo(ServiceConfig.defaults());
        }
    }

    @Test
    void anUnknownKeyIsRefusedWithFileLineAndTheNearestKey() {
        assertThatThrownBy(() -> ServiceConfig.parse("/etc/nettcp.yaml", "parity: strict\nlistenBackLogg: 5\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("/etc/nettcp.yaml:2: listenBackLogg: unknown key; did you mean 'listenBacklog'?");
    }

    @Test
    void aKeyInTheWrongSectionIsShownItsPlace() {
        assertThatThrownBy(() -> ServiceConfig.parse("f", "handover:\n  queueTimeOut: 3s\n"))
                .hasMessage("f:2: handover.queueTimeOut: unknown key; did you mean 'handover.queueTimeout'?");
        assertThatThrownBy(() -> ServiceConfig.parse("f", "queueTimeout: 3s\n"))
                .hasMessageStartingWith("f:1: queueTimeout: unknown key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listenBacklog: -1             | 1: listenBacklog: '-1' is not allowed here; allowed: a whole number of at least 0",
                "maxPendingConnections: 0      | 1: maxPendingConnections: '0' is not allowed here; allowed: a whole number of at least 1",
                "maxPendingConnections: many   | 1: maxPendingConnections: 'many' is not allowed here; allowed: a whole number of at least 1",
                "receiveTimeout: 0s            | 1: receiveTimeout: '0s' is not allowed here; allowed: a time from 1ms to 8760h, such as 250ms, 30s or 00:00:30, or infinite",
                "receiveTimeout: 30            | 1: receiveTimeout: '30' is not allowed here; allowed: a time from 1ms to 8760h, such as 250ms, 30s or 00:00:30, or infinite",
                "receiveTimeout: 8761h         | 1: receiveTimeout: '8761h' is not allowed here; allowed: a time from 1ms to 8760h, such as 250ms, 30s or 00:00:30, or infinite",
                "stopTimeout: 61s              | 1: stopTimeout: '61s' is not allowed here; allowed: a time from 0s to 1m, such as 250ms, 30s or 00:00:30",
                "parity: strikt                | 1: parity: 'strikt' is not allowed here; allowed: friendly or strict; did you mean 'strict'?",
                "controlSocket: {mode: 999}    | 1: controlSocket.mode: '999' is not allowed here; allowed: permission bits in octal that let at least the owner read and write, such as 0660",
                "listenBacklog: [1]            | 1: listenBacklog: one value is expected here: a whole number of at least 0",
                "allowAccounts: {users: root}  | 1: allowAccounts.users: expected here: a list of user names or numeric user ids, as in [root, 1000]",
                "drain: 5                      | 1: drain: is a section; its keys are maxBytes, maxConnections, timeout",
                "[1, 2]                        | 1: a list of 'key: value' lines is expected here",
            })
    void aBadValueIsRefusedWithItsLine(String yaml, String message) {
        assertThatThrownBy(() -> ServiceConfig.parse("f", yaml)).hasMessage("f:" + message);
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThatThrownBy(() -> ServiceConfig.parse("f", "listenBacklog: x\nparrity: strict\n"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(ConfigException.Problem::line)
                                .containsExactly(1, 2));
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> ServiceConfig.parse("f", "parity: strict\nparity: friendly\n"))
                .hasMessageContaining("f:2")
                .hasMessageContaining("parity");
    }

    @Test
    void textThatIsNotYamlIsRefusedWithItsLine() {
        assertThatThrownBy(() -> ServiceConfig.parse("f", "parity: strict\n  : : x\n"))
                .hasMessageStartingWith("f:2: not YAML");
    }

    @Test
    void aSecondDocumentAndATabAreRefusedInWholeSentences() {
        assertThatThrownBy(() -> ServiceConfig.parse("f", "parity: strict\n---\nparity: strict\n"))
                .hasMessageStartingWith("f:2: not YAML: expected a single document in the stream but found another");
        assertThatThrownBy(() -> ServiceConfig.parse("f", "handover:\n\tqueueTimeout: 3s\n"))
                .hasMessageStartingWith("f:2: not YAML: found character '\\t(TAB)'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowAccounts:\n", "allowAccounts: {users: []}", "allowAccounts: {users: [], groups: []}"})
    void case114_anEmptyAllowListIsRefused(String yaml) {
        assertThatThrownBy(() -> ServiceConfig.parse("f", yaml))
                .hasMessageStartingWith("f:1: allowAccounts: nobody is listed");
    }

    @Test
    void aMissingFileIsOneSentence(@TempDir Path directory) {
        assertThatThrownBy(() -> ServiceConfig.load(directory.resolve("no.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(directory.resolve("no.yaml") + ": there is no such file");
    }

    @Test
    void aDirectoryIsOneSentence(@TempDir Path directory) {
        assertThatThrownBy(() -> ServiceConfig.load(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessage(directory + ": is a directory, not a file");
    }

    @Test
    void aFileIsReadInUtf8(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("nettcp.yaml"), "allowAccounts: {users: [jörg]}\n");

        assertThat(ServiceConfig.load(file).allowAccounts().users()).containsExactly("jörg");
    }

    @Test
    void everyDefaultIsAnAllowedValueAndEverySettingIsDescribed() {
        assertThat(Settings.all()).allSatisfy(setting -> {
            assertThat(setting.description()).endsWith(".");
            assertThat(setting.type().allowed()).isNotBlank();
        });
        assertThat(Settings.all()).extracting(Setting::path).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "250ms,250ms",
        "30s,30s",
        "90s,90s",
        "5m,5m",
        "60s,1m",
        "01:00:00,1h",
        "infinite,infinite",
        "1500ms,1500ms"
    })
    void aTimeIsPrintedInTheShortestFormThatIsReadBack(String written, String printed) throws Exception {
        var span = new SettingType.Span(Duration.ofMillis(1), Duration.ofDays(1), true);

        assertThat(SettingType.Span.print(span.parse(written))).isEqualTo(printed);
        assertThat(span.parse(printed)).isEqualTo(span.parse(written));
    }
}
