package dev.nettcp.sharing.service.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name somebody probably meant. */
final class NearestName {
    private NearestName() {}

    /** {@code "; did you mean 'x'?"}, or nothing when no known name resembles the one that was written. */
    static String suggestion(String written, Collection<String> known) {
        String word = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(word, name.toLowerCase(Locale.ROOT))))
                .filter(name -> distance(word, name.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3))
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
    }

    /** How many letters have to be inserted, removed or replaced to make one word of the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
