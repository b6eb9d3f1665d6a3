/**
 * From the kernel to a connection whose destination is known: which sockets a port needs, accepting within limits, and the
 * preamble, of which nothing behind the encoding record is awaited. A connection is its event loop's until it is parked.
 */
package dev.nettcp.sharing.service.listen;
