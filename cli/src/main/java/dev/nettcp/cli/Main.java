package dev.nettcp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/** What the script {@code nettcp} starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out =
                new PrintWriter(new OutputStreamWriter(System.out, UTF_8), true); // XML, whatever the locale says
        System.exit(Termination.guard(
                () -> Nettcp.commandLine(System.getenv()).setOut(out).execute(arguments)));
    }
}
