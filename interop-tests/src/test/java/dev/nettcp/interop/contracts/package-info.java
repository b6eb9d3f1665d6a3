/**
 * The contracts of the peers in every way they can be spoken: each scenario, plain or over TLS, on a port of one's own or a shared one,
 * with .NET's client or ours; and the table of what passed.
 */
package dev.nettcp.interop.contracts;
