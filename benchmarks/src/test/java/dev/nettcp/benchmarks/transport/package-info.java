@org.jspecify.annotations.NullMarked
package dev.nettcp.benchmarks.transport;
