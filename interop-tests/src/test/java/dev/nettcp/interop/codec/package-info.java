/** Framing and binary XML together, on what real peers have said. */
@org.jspecify.annotations.NullMarked
package dev.nettcp.interop.codec;
