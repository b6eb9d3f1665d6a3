package dev.nettcp.benchmarks.codec;

/** What one message costs. */
record Cost(double nanoseconds, double allocatedBytes) {}
