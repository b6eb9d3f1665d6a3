/** The calculators of the demo, a worker and a client in few lines. */
@NullMarked
package dev.nettcp.examples;

import org.jspecify.annotations.NullMarked;
