package dev.nettcp.benchmarks.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time that a process has used, all its threads together, in the kernel and outside, of proc(5). */
final class ProcessTime {

    private static final long NANOS_PER_TICK = 10_000_000; // 1/100 s on Linux

    private ProcessTime() {}

    /** Nanoseconds until now, in steps of 10 ms. */
    static long of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }

    /** Of this process. */
    static long ofThis() throws IOException {
        return of(ProcessHandle.current().pid());
    }
}
