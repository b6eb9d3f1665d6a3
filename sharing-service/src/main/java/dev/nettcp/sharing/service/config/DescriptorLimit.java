package dev.nettcp.sharing.service.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many descriptors this process may have open: what the automatic limits are derived from. */
final class DescriptorLimit {
    private static final Pattern LINE = Pattern.compile("Max open files\\s+(\\d+|unlimited)\\s.*");

    /** Where the kernel does not tell; the usual limit of a shell. */
    private static final int USUAL = 1024;

    private DescriptorLimit() {}

    /** The limit in force, RLIMIT_NOFILE; the JVM has raised it as far as it may by now. */
    static int ofThisProcess() {
        try {
            return parse(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException notLinux) {
            return USUAL;
        }
    }

    /** From the text of proc_pid_limits(5). */
    static int parse(String limits) {
        return limits.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .findFirst()
                .map(value -> value.equals("unlimited") ? Integer.MAX_VALUE : clamped(value))
                .orElse(USUAL);
    }

    private static int clamped(String number) {
        return number.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(number);
    }
}
