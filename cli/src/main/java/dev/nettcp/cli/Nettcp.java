package dev.nettcp.cli;

import dev.nettcp.cli.codec.DecodeCommand;
import dev.nettcp.cli.codec.EncodeCommand;
import dev.nettcp.cli.demo.DemoCommand;
import dev.nettcp.cli.remote.CallCommand;
import dev.nettcp.cli.remote.PingCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The {@code nettcp} command: its subcommands, and how all of them tell of a mistake.
 *
 * <p>Exit status: 0 done, 1 failed ({@link CommandFailed}: one sentence on standard error), 2 called the wrong way (what was
 * wrong, and where the help is). A stack trace is our bug, and is printed only where {@code NETTCP_DEBUG} is set.
 */
@Command(
        name = "nettcp",
        description = "Many net.tcp services behind one TCP port.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Nettcp.Version.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            RoutesCommand.class,
            ExplainCommand.class,
            PingCommand.class,
            CallCommand.class,
            DecodeCommand.class,
            EncodeCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:failed; standard error says why", "2:called the wrong way"})
final class Nettcp implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new Nettcp())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(int.class, Nettcp::wholeNumber)
                .registerConverter(Duration.class, TimeSpan::parse)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(Boolean.getBoolean("nettcp.colors") ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((mistake, arguments) -> tellMistake(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) ->
                        tellFailure(failure, command, environment.containsKey("NETTCP_DEBUG")));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'%s' is not a whole number".formatted(text));
        }
    }

    private static int tellMistake(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + mistake.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("Try '" + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int tellFailure(Exception failure, CommandLine command, boolean debug) {
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        if (failure instanceof InterruptedException) return Termination.INTERRUPTED;
        if (failure instanceof CommandFailed) {
            err.println(name + ": " + failure.getMessage());
        } else {
            err.println(name + ": this should not have happened: " + failure
                    + (debug ? "" : "; run it again with NETTCP_DEBUG=1 and report what it prints"));
        }
        if (debug) failure.printStackTrace(err);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The project's version, as the build wrote it. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                "nettcp " + number() + ", Java " + Runtime.version().feature()
            };
        }

        static String number() {
            Properties properties = new Properties();
            try (InputStream in = Nettcp.class.getResourceAsStream("version.properties")) {
                if (in == null) throw new IllegalStateException("version.properties is missing from the build");
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties.getProperty("version");
        }
    }
}
