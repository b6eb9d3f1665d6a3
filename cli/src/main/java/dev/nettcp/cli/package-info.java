/** The nettcp command. */
@NullMarked
package dev.nettcp.cli;

import org.jspecify.annotations.NullMarked;
