/** What goes over the wire, recorded between both sides and read by Wireshark's dissector. */
package dev.nettcp.interop.wire;
