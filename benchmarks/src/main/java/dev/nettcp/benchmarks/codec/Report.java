package dev.nettcp.benchmarks.codec;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the results say, beside what they should say. */
final class Report {
    private static final String DOTNET = ".NET";

    private final Results results;
    private final List<Figure> figures = new ArrayList<>();

    private Report(Results results) {
        this.results = results;
    }

    static List<Figure> of(Results results) {
        var report = new Report(results);
        report.typed();
        report.arrays(Sample.INTS1000);
        report.arrays(Sample.DOUBLES1000);
        report.bytes();
        report.jaxb();
        return report.figures;
    }

    private void typed() {
        Sample sample = Sample.TYPED20;
        faster(sample, "write", Format.WOODSTOX.title, Goal.atLeast(6));
        faster(sample, "read", Format.WOODSTOX.title, Goal.atLeast(6));
        faster(sample, "write", Format.AALTO.title);
        faster(sample, "read", Format.AALTO.title);
        faster(sample, "write", Format.INFOSET.title, Goal.atLeast(8));
        faster(sample, "read", Format.INFOSET.title, Goal.atLeast(4));
        dotNet(sample, Goal.atLeast(1));
        garbage(sample, "write", Goal.atMost(0.1));
        garbage(sample, "read", Goal.atMost(0.3));
        double allocated = results.median(Format.NETTCP.title, sample.name(), "write", Cost::allocatedBytes);
        figures.add(Figure.ratio(
                sample.title + ", write: bytes of garbage", allocated, "a reused writer", Goal.atMost(256)));
    }

    private void arrays(Sample sample) {
        for (String direction : List.of("write", "read")) {
            faster(sample, direction, Format.WOODSTOX.title, Goal.atLeast(40));
            faster(sample, direction, Format.AALTO.title);
            faster(sample, direction, Format.INFOSET.title);
        }
        faster(sample, "write", Format.INFOSET_ALGORITHMS.title, Goal.atLeast(2.5));
        faster(sample, "read", Format.INFOSET_ALGORITHMS.title, Goal.atLeast(1.7));
        dotNet(sample, Goal.atLeast(1));
    }

    private void bytes() {
        Sample sample = Sample.BLOB64K;
        slower(sample, "write", "System.arraycopy", Goal.atMost(1.7));
        slower(sample, "read", "a copy into a new array", Goal.atMost(1.3));
        for (String direction : List.of("write", "read")) {
            faster(sample, direction, Format.WOODSTOX.title);
            faster(sample, direction, Format.AALTO.title);
            faster(sample, direction, Format.INFOSET.title);
            faster(sample, direction, Format.INFOSET_ALGORITHMS.title);
        }
        dotNet(sample, Goal.atLeast(0.8));
    }

    private void jaxb() {
        compare("JAXB, 64 KiB of bytes", "JAXB", "marshal", Format.WOODSTOX.title, Goal.atLeast(10));
        compare("JAXB, 64 KiB of bytes", "JAXB", "unmarshal", Format.WOODSTOX.title, Goal.atLeast(20));
    }

    private void dotNet(Sample sample, Goal goal) {
        if (results.has(DOTNET)) {
            faster(sample, "write", DOTNET, goal);
            faster(sample, "read", DOTNET, goal);
        }
    }

    private void faster(Sample sample, String direction, String than) {
        figures.add(Figure.withoutGoal(
                title(sample.title, direction, than),
                ratio(than, sample.name(), direction),
                from(than, sample.name(), direction, Cost::nanoseconds, "ns")));
    }

    private void faster(Sample sample, String direction, String than, Goal goal) {
        compare(sample.title, sample.name(), direction, than, goal);
    }

    private void compare(String title, String what, String direction, String than, Goal goal) {
        figures.add(Figure.ratio(
                title(title, direction, than),
                ratio(than, what, direction),
                from(than, what, direction, Cost::nanoseconds, "ns"),
                goal));
    }

    private static String title(String title, String direction, String than) {
        return title + ", " + direction + ": times as fast as " + than;
    }

    private double ratio(String than, String what, String direction) {
        return results.ratio(than, Format.NETTCP.title, what, direction, Cost::nanoseconds);
    }

    private void slower(Sample sample, String direction, String than, Goal goal) {
        figures.add(Figure.ratio(
                sample.title + ", " + direction + ": time of " + than,
                results.ratio(Format.NETTCP.title, Format.COPY.title, sample.name(), direction, Cost::nanoseconds),
                from(Format.COPY.title, sample.name(), direction, Cost::nanoseconds, "ns"),
                goal));
    }

    private void garbage(Sample sample, String direction, Goal goal) {
        figures.add(Figure.ratio(
                sample.title + ", " + direction + ": garbage of Woodstox's",
                results.ratio(
                        Format.NETTCP.title, Format.WOODSTOX.title, sample.name(), direction, Cost::allocatedBytes),
                from(Format.WOODSTOX.title, sample.name(), direction, Cost::allocatedBytes, "B"),
                goal));
    }

    private String from(String other, String what, String direction, ToDoubleFunction<Cost> value, String unit) {
        return "%.0f and %.0f %s"
                .formatted(
                        results.median(Format.NETTCP.title, what, direction, value),
                        results.median(other, what, direction, value),
                        unit);
    }
}
