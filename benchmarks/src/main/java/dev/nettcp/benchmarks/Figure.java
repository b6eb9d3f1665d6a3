package dev.nettcp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line of the report: what was measured, the figure itself, what it was made from, and what it should be. */
public record Figure(String name, String value, String detail, String goal, boolean met) {

    private static final String NO_GOAL = "";

    /** A ratio that should be at least, or at most, so much. */
    public static Figure ratio(String name, double ratio, String detail, Goal goal) {
        return new Figure(name, "%.2f".formatted(ratio), detail, goal.toString(), goal.isMetBy(ratio));
    }

    /** A ratio that is told for its own sake. */
    public static Figure withoutGoal(String name, double ratio, String detail) {
        return new Figure(name, "%.2f".formatted(ratio), detail, NO_GOAL, true);
    }

    /** A bound of a ratio, compared as it is printed: with two digits. */
    public record Goal(boolean atLeast, double bound) {

        public static Goal atLeast(double bound) {
            return new Goal(true, bound);
        }

        public static Goal atMost(double bound) {
            return new Goal(false, bound);
        }

        boolean isMetBy(double ratio) {
            double shown = Math.round(ratio * 100) / 100.0;
            return atLeast ? shown >= bound : shown <= bound;
        }

        @Override
        public String toString() {
            return (atLeast ? "≥ " : "≤ ") + String.format(Locale.ROOT, "%.2f", bound);
        }
    }

    /** All lines as one table, in Markdown so that it can be pasted into the documents, and aligned so that it can be read here. */
    public static String table(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "measured", "from", "goal", ""));
        for (Figure figure : figures) {
            rows.add(List.of(figure.name, figure.value, figure.detail, figure.goal, figure.verdict()));
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++)
                text.append("| ").append(padded(row.get(i), widths[i], " ")).append(' ');
            text.append("|\n");
            if (text.indexOf("---") < 0) {
                for (int width : widths) text.append('|').append(padded("", width + 2, "-"));
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private String verdict() {
        return goal.equals(NO_GOAL) ? "" : met ? "met" : "MISSED";
    }

    private static String padded(String text, int width, String with) {
        return text + with.repeat(width - text.length());
    }
}
