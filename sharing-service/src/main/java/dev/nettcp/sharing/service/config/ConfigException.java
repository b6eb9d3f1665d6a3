package dev.nettcp.sharing.service.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is refused. Every problem found in it is reported at once, each with its line. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param source the file, as it was named by whoever asked for it
     * @param line the line, from 1; 0 when the problem has no line (the file cannot be read)
     * @param key the path of the setting, such as {@code handover.takeTimeout}; empty when none is concerned
     * @param text what was seen and what is allowed
     */
    public record Problem(String source, int line, String key, String text) {
        @Override
        public String toString() {
            return source + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + text;
        }
    }

    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
