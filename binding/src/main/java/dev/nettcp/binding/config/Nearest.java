package dev.nettcp.binding.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What was probably meant. */
final class Nearest {
    private Nearest() {}

    /** {@code ; did you mean "x"?}, or nothing if no name is near. */
    static String hint(String seen, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(seen, name)))
                .filter(name -> distance(seen, name) <= Math.max(2, name.length() / 3))
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("");
    }

    /** Levenshtein's, without regard to case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
