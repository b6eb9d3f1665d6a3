package dev.nettcp.cli;

import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The address of a service as an argument. What no client of net.tcp sends is a mistake of whoever asks. */
public final class NetTcpUri {

    private NetTcpUri() {}

    public static ViaUri parse(String text, CommandSpec command) {
        ViaUri parsed;
        try {
            parsed = ViaUri.parse(text);
        } catch (UriFormatException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (!parsed.isNetTcp()) {
            throw new ParameterException(
                    command.commandLine(), "%s: the scheme is %s, not net.tcp".formatted(text, parsed.scheme()));
        }
        return parsed;
    }
}
