package dev.nettcp.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in aligned columns, two spaces apart: numbers to the right, text to the left, nothing after the last column. */
public final class TextTable {

    private static final String GAP = "  ";

    /** Where the text of a column stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    /** One column: its title, and where its text stands. */
    public record Column(String title, Align align) {

        public static Column left(String title) {
            return new Column(title, Align.LEFT);
        }

        public static Column right(String title) {
            return new Column(title, Align.RIGHT);
        }
    }

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(Column... columns) {
        this.columns = List.of(columns);
    }

    public void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("%d cells for %d columns".formatted(cells.length, columns.size()));
        }
        rows.add(List.of(cells));
    }

    /** The titles, then the rows, each on a line. */
    public List<String> lines() {
        int[] widths = new int[columns.size()];
        Arrays.setAll(widths, this::widthOf);
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList(), widths));
        for (List<String> row : rows) lines.add(line(row, widths));
        return lines;
    }

    private int widthOf(int column) {
        int widest = columns.get(column).title().length();
        for (List<String> row : rows) widest = Math.max(widest, row.get(column).length());
        return widest;
    }

    private String line(List<String> cells, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            padded.add(columns.get(i).align() == Align.RIGHT ? padding + cell : cell + padding);
        }
        return String.join(GAP, padded).stripTrailing();
    }
}
