package dev.nettcp.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another JVM of the same kind, with the same class path, made to start quickly and to stay small. */
final class JavaCommand {

    private JavaCommand() {}

    static List<String> of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        int version = Runtime.version().feature();
        if (version >= 22) command.add("--enable-native-access=ALL-UNNAMED");
        if (version >= 23) command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
