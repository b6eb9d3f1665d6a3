/**
 * What a worker and the port sharing service say to each other, and in which order: the messages of the control session and
 * their codec, and the rules of a lane, over which connections go from one process to the other. Everything here is plain
 * objects; the sockets are in {@link dev.nettcp.sharing.unix}. The protocol is defined in
 * {@code docs/registration-protocol.md}.
 */
package dev.nettcp.sharing;
