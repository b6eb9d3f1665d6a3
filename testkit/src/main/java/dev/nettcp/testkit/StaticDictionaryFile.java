package dev.nettcp.testkit;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code nbfs-dictionary.csv}: a heading, then {@code id,string}, where the string may stand in double quotes. */
final class StaticDictionaryFile {

    private StaticDictionaryFile() {}

    static List<String> strings() {
        List<String> strings = new ArrayList<>();
        List<String> lines = Resources.text("nbfs-dictionary.csv").lines().toList();
        for (String line : lines.subList(1, lines.size())) {
            int comma = line.indexOf(',');
            int id = Integer.parseInt(line.substring(0, comma));
            if (id != 2 * strings.size()) {
                throw new IllegalStateException("id " + id + " is out of order in nbfs-dictionary.csv");
            }
            strings.add(unquoted(line.substring(comma + 1)));
        }
        return List.copyOf(strings);
    }

    private static String unquoted(String field) {
        return field.startsWith("\"") ? field.substring(1, field.length() - 1) : field;
    }
}
