/** Sessions of net.tcp that carry opaque envelopes, both sides. */
package dev.nettcp.transport;
