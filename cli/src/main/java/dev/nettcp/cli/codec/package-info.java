/** {@code nettcp decode} and {@code nettcp encode}: binary XML and captures for people. */
package dev.nettcp.cli.codec;
