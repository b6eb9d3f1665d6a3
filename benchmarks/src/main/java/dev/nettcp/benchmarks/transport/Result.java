package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Median;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one turn or of several.
 *
 * @param calls that were made
 * @param nanos that they took
 * @param clientNanos of the client's processor time
 * @param serverNanos of the server's
 * @param p50s of each turn, in nanoseconds
 */
record Result(long calls, long nanos, long clientNanos, long serverNanos, List<Double> p50s) {

    static Result of(Turn turn, long serverNanos) {
        return new Result(turn.calls(), turn.nanos(), turn.clientNanos(), serverNanos, List.of((double) turn.p50()));
    }

    Result plus(Result other) {
        List<Double> all = new ArrayList<>(p50s);
        all.addAll(other.p50s);
        return new Result(
                calls + other.calls,
                nanos + other.nanos,
                clientNanos + other.clientNanos,
                serverNanos + other.serverNanos,
                all);
    }

    double perSecond() {
        return calls / seconds();
    }

    double seconds() {
        return nanos / 1e9;
    }

    /** Microseconds of processor time of both processes. */
    double microsPerCall() {
        return clientMicrosPerCall() + serverMicrosPerCall();
    }

    double clientMicrosPerCall() {
        return clientNanos / 1e3 / calls;
    }

    double serverMicrosPerCall() {
        return serverNanos / 1e3 / calls;
    }

    /** The median of the turns' medians, in microseconds. */
    double p50Micros() {
        return Median.of(p50s) / 1e3;
    }
}
