package dev.nettcp.cli;

/** What the script {@code nettcp} starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Nettcp.commandLine(System.getenv()).execute(arguments));
    }
}
