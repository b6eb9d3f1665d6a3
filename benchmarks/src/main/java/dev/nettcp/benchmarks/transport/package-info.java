/** Measures client and server, end to end, against other libraries. */
@NullMarked
package dev.nettcp.benchmarks.transport;

import org.jspecify.annotations.NullMarked;
