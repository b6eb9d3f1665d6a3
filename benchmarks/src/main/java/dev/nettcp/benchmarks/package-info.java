/** Speed, measured as ratios of things run in turn. */
@NullMarked
package dev.nettcp.benchmarks;

import org.jspecify.annotations.NullMarked;
