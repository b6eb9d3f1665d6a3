package dev.nettcp.cli.demo;

import dev.nettcp.cli.TextTable;
import dev.nettcp.cli.TextTable.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the demo tells of its calls: a table that fits in 80 columns, what went wrong, and the sum. */
record DemoReport(List<Answer> answers, int workers) {

    List<String> lines() {
        var table = new TextTable(
                Column.right("worker"),
                Column.left("via"),
                Column.left("operation"),
                Column.right("result"),
                Column.right("latency"));
        List<String> failures = new ArrayList<>();
        for (Answer answer : answers) {
            table.row(
                    answer.worker().map(Object::toString).orElse("?"),
                    answer.via(),
                    answer.calculation().toString(),
                    answer.result().map(Calculation::text).orElse("none"),
                    milliseconds(answer.latency()));
            answer.complaint().ifPresent(failures::add);
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(failures);
        return lines;
    }

    boolean allRight() {
        return answers.stream().noneMatch(answer -> answer.complaint().isPresent());
    }

    String sum() {
        long answered =
                answers.stream().filter(answer -> answer.result().isPresent()).count();
        return "demo: %d calls, %d answered, %d workers, 1 port".formatted(answers.size(), answered, workers);
    }

    private static String milliseconds(Duration latency) {
        double milliseconds = latency.toNanos() / 1e6;
        return (milliseconds < 10 ? "%.1f ms" : "%.0f ms").formatted(milliseconds);
    }
}
