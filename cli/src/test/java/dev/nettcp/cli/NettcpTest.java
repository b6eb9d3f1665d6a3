package dev.nettcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class NettcpTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(execute("--help")).isZero();
        assertThat(out).asString().contains("Usage: nettcp").contains("Exit status:");
        assertThat(execute("--version")).isZero();
        assertThat(out).asString().containsPattern("nettcp \\d+\\.\\d+");
        assertThat(err).asString().isEmpty();
    }

    @Test
    void noCommandIsWrongUse() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err).asString().isEqualTo("nettcp: a command is missing\nTry 'nettcp --help'.\n");
    }

    @Test
    void anUnknownOptionIsWrongUse() {
        assertThat(execute("--nonsense")).isEqualTo(2);
        assertThat(err)
                .asString()
                .startsWith("nettcp: Unknown option: '--nonsense'")
                .endsWith("Try 'nettcp --help'.\n");
        assertThat(out).asString().isEmpty();
    }

    @Test
    void aFailureIsOneSentenceWithoutStackTrace() {
        assertThat(execute("fail")).isEqualTo(1);
        assertThat(err).asString().isEqualTo("nettcp fail: the disk is full; make room\n");
    }

    @Test
    void ourOwnMistakeIsCalledOneAndItsStackTraceIsThereForWhoWantsIt() {
        assertThat(execute("crash")).isEqualTo(1);
        assertThat(err)
                .asString()
                .isEqualTo("nettcp crash: this should not have happened: java.lang.IllegalStateException: no; "
                        + "run it again with NETTCP_DEBUG=1 and report what it prints\n");
        assertThat(execute(Map.of("NETTCP_DEBUG", "1"), "crash")).isEqualTo(1);
        assertThat(err).asString().contains("at dev.nettcp.cli.NettcpTest");
    }

    private int execute(String... arguments) {
        return execute(Map.of(), arguments);
    }

    private int execute(Map<String, String> environment, String... arguments) {
        CommandLine command =
                Nettcp.commandLine(environment).addSubcommand(new Failing()).addSubcommand(new Crashing());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @Command(name = "fail")
    static final class Failing implements Runnable {
        @Override
        public void run() {
            throw new CommandFailed("the disk is full; make room");
        }
    }

    @Command(name = "crash")
    static final class Crashing implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("no");
        }
    }
}
