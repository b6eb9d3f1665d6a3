package dev.nettcp.cli;

/** What the script {@code nettcp} starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Termination.guard(() -> Nettcp.commandLine(System.getenv()).execute(arguments)));
    }
}
