package dev.nettcp.cli.codec;

import dev.nettcp.cli.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What was named on the command line. */
final class Inputs {
    private Inputs() {}

    /** Standard input where nothing was named, unless somebody would have to type it in. */
    static List<String> orStandardInput(List<String> named, CommandLine command) {
        if (!named.isEmpty()) {
            return named;
        }
        if (Terminal.INPUT.isThere()) {
            throw new ParameterException(command, "no input: name a file, or pipe something in");
        }
        return List.of("-");
    }
}
