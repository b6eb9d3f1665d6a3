package dev.nettcp.cli.remote;

import dev.nettcp.cli.Json;
import dev.nettcp.cli.TextTable;
import dev.nettcp.cli.TextTable.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the result of a {@link Load} reads. */
final class LoadReport {

    private LoadReport() {}

    static List<String> lines(Load.Result result) {
        Latencies latencies = result.latencies();
        List<String> lines = new ArrayList<>();
        lines.add("%,d calls by %d %s in %s s: %s calls/s; %,d failed"
                .formatted(
                        latencies.count() + result.failed(),
                        result.callers(),
                        result.callers() == 1 ? "caller" : "callers",
                        seconds(result.took()),
                        perSecond(result),
                        result.failed()));
        if (latencies.count() > 0) {
            TextTable table = new TextTable(
                    Column.left("LATENCY"),
                    Column.right("MIN"),
                    Column.right("MEAN"),
                    Column.right("P50"),
                    Column.right("P90"),
                    Column.right("P99"),
                    Column.right("P99.9"),
                    Column.right("MAX"));
            table.row(
                    "ms",
                    Ping.millis(latencies.least()),
                    Ping.millis(latencies.mean()),
                    Ping.millis(latencies.percentile(50)),
                    Ping.millis(latencies.percentile(90)),
                    Ping.millis(latencies.percentile(99)),
                    Ping.millis(latencies.percentile(99.9)),
                    Ping.millis(latencies.most()));
            lines.addAll(table.lines());
        }
        result.failures().forEach((kind, count) -> lines.add("%,d times: %s".formatted(count, kind)));
        if (result.givenUp()) {
            lines.add("Given up: nothing but failures.");
        }
        return lines;
    }

    static String json(Load.Result result) {
        Latencies latencies = result.latencies();
        Map<String, Object> millis = new LinkedHashMap<>();
        millis.put("min", number(latencies.least()));
        millis.put("mean", number(latencies.mean()));
        millis.put("p50", number(latencies.percentile(50)));
        millis.put("p90", number(latencies.percentile(90)));
        millis.put("p99", number(latencies.percentile(99)));
        millis.put("p99.9", number(latencies.percentile(99.9)));
        millis.put("max", number(latencies.most()));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("calls", latencies.count() + result.failed());
        members.put("failed", result.failed());
        members.put("callers", result.callers());
        members.put("seconds", result.took().toNanos() / 1e9);
        members.put("callsPerSecond", Math.round(result.callsPerSecond() * 10) / 10.0);
        members.put("latencyMillis", millis);
        members.put("failures", result.failures());
        members.put("givenUp", result.givenUp());
        return Json.of(members);
    }

    static String progress(long succeeded, long failed, long wanted, Duration elapsed) {
        double rate = (succeeded + failed) / Math.max(1e-9, elapsed.toNanos() / 1e9);
        return "%,d of %,d calls, %,.0f calls/s, %,d failed".formatted(succeeded + failed, wanted, rate, failed);
    }

    private static String perSecond(Load.Result result) {
        return String.format(Locale.ROOT, result.callsPerSecond() < 100 ? "%,.1f" : "%,.0f", result.callsPerSecond());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e9);
    }

    private static Number number(Duration time) {
        return Double.valueOf(Ping.millis(time));
    }
}
