package dev.nettcp.sharing.service.config;

import dev.nettcp.sharing.service.config.ConfigException.Problem;
import java.util.Map;

/**
 * Where the settings stand, for what only this host can refuse: a name it does not know.
 *
 * @param source the file, as it was named by whoever asked for it
 * @param lines the lines of settings and of the elements of lists, by {@link #element}
 */
public record SettingPlaces(String source, Map<String, Integer> lines) {
    /** For settings that stand in no file. */
    public static final SettingPlaces NONE = new SettingPlaces("configuration", Map.of());

    public SettingPlaces {
        lines = Map.copyOf(lines);
    }

    /** What is wrong with this setting. */
    public Problem problem(String key, String text) {
        return new Problem(source, lines.getOrDefault(key, 0), key, text);
    }

    /** What is wrong with one element of this setting. */
    public Problem problem(String key, String element, String text) {
        return new Problem(source, lines.getOrDefault(element(key, element), 0), key, text);
    }

    static String element(String key, String element) {
        return key + "=" + element;
    }
}
