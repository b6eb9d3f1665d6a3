package dev.nettcp.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A child JVM with the class path of this one: {@code JavaProcess.of(Worker.class).args("9000").start()}. */
public final class JavaProcess {

    private final Class<?> main;
    private final List<String> jvmOptions = new ArrayList<>(
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Duser.language=en"));
    private final List<String> before = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    private JavaProcess(Class<?> main) {
        this.main = main;
    }

    public static JavaProcess of(Class<?> main) {
        return new JavaProcess(main);
    }

    public JavaProcess args(Object... more) {
        for (Object one : more) {
            arguments.add(one.toString());
        }
        return this;
    }

    /** Options of the JVM, after the small-heap, quick-start ones that are the default here. */
    public JavaProcess jvmOptions(String... more) {
        jvmOptions.addAll(List.of(more));
        return this;
    }

    /** A variable besides those of this process; an empty value removes one. */
    public JavaProcess env(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What stands before the command, such as {@code nsenter …} for another network namespace. */
    public JavaProcess behind(List<String> words) {
        before.addAll(words);
        return this;
    }

    public ChildProcess start() {
        List<String> command = new ArrayList<>(before);
        command.add(javaCommand());
        command.addAll(jvmOptions);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return ChildProcess.start(main.getSimpleName(), command, environment);
    }

    /** The {@code java} program that runs this JVM. */
    public static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
