package dev.nettcp.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoReportTest {

    private static final String VIA = "net.tcp://localhost:9000/calculator/1";

    @Test
    void theTableTellsWhoAnsweredWhatAndHowFast() {
        List<Answer> answers = new ArrayList<>();
        for (Calculation calculation : Calculation.all(7, 2)) {
            answers.add(answer(calculation, 4711, calculation.expected()));
        }
        var report = new DemoReport(answers, 1);
        assertThat(report.lines())
                .containsExactly(
                        "worker  via                                    operation        result  latency",
                        "  4711  net.tcp://localhost:9000/calculator/1  Add(7,2)              9   1.2 ms",
                        "  4711  net.tcp://localhost:9000/calculator/1  Subtract(7,2)         5   1.2 ms",
                        "  4711  net.tcp://localhost:9000/calculator/1  Multiply(7,2)        14   1.2 ms",
                        "  4711  net.tcp://localhost:9000/calculator/1  Divide(7,2)         3.5   1.2 ms",
                        "  4711  net.tcp://localhost:9000/calculator/1  Divide(7,0)    infinity   1.2 ms");
        assertThat(report.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(report.allRight()).isTrue();
        assertThat(report.sum()).isEqualTo("demo: 5 calls, 5 answered, 1 workers, 1 port");
    }

    @Test
    void itFitsInEightyColumnsWhateverTheNumbersAre() {
        var via = "net.tcp://localhost:9000/calculator/2";
        var slow = new Answer(
                via,
                4_194_304,
                new Calculation("Multiply", 9, 2),
                Optional.of(4_194_304L),
                Optional.of(18.0),
                Duration.ofMillis(1234),
                "");
        assertThat(new DemoReport(List.of(slow), 2).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void aWrongNumberIsNotRight() {
        var report = new DemoReport(List.of(answer(new Calculation("Add", 1, 1), 4711, 3)), 1);
        assertThat(report.allRight()).isFalse();
        assertThat(report.lines()).last().asString().isEqualTo("Add(1,1) at " + VIA + " should have given 2");
    }

    @Test
    void theWrongWorkerIsNotRight() {
        var report = new DemoReport(List.of(answer(new Calculation("Add", 1, 1), 4712, 2)), 1);
        assertThat(report.allRight()).isFalse();
        assertThat(report.lines()).last().asString().endsWith("should have been answered by process 4711");
    }

    @Test
    void noAnswerIsCountedAndExplained() {
        var answer = new Answer(
                VIA,
                4711,
                new Calculation("Divide", 7, 0),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(3),
                "connection refused");
        var report = new DemoReport(List.of(answer), 2);
        assertThat(report.lines())
                .last()
                .asString()
                .isEqualTo("Divide(7,0) at " + VIA + " was not answered: connection refused");
        assertThat(report.sum()).isEqualTo("demo: 1 calls, 0 answered, 2 workers, 1 port");
    }

    private static Answer answer(Calculation calculation, long worker, double result) {
        return new Answer(
                VIA, 4711, calculation, Optional.of(worker), Optional.of(result), Duration.ofNanos(1_234_000), "");
    }
}
