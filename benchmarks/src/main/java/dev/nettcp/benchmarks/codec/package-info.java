/**
 * Compares the binary XML codec with the codecs one could use instead: the same four messages, written and read through each one's
 * public API, by JMH, in turns.
 */
@NullMarked
package dev.nettcp.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
