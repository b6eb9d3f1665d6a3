/** {@code nettcp decode} and {@code nettcp encode}: binary XML and captures for people. */
@NullMarked
package dev.nettcp.cli.codec;

import org.jspecify.annotations.NullMarked;
