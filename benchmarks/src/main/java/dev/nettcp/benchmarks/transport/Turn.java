package dev.nettcp.benchmarks.transport;

/**
 * What came of one turn of a client.
 *
 * @param calls that were made, each answered as it should be
 * @param nanos that it took
 * @param clientNanos of processor time that the client used
 * @param p50 nanoseconds of the call in the middle
 * @param p99 nanoseconds that one call of a hundred exceeded
 */
record Turn(long calls, long nanos, long clientNanos, long p50, long p99) {

    String toLine() {
        return "%d %d %d %d %d".formatted(calls, nanos, clientNanos, p50, p99);
    }

    static Turn parse(String line) {
        String[] fields = line.split(" ", -1);
        return new Turn(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]));
    }
}
