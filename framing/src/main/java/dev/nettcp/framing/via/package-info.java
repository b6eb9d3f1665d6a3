/**
 * Addresses of net.tcp: what .NET takes for the same address, and who listens at it.
 *
 * <pre>
 *   net.tcp://HOST/a%2Fb/../c?x ──▶ ViaUri          what a client wants, in canonical form: net.tcp://host/a/c
 *   net.tcp://host:9000/a       ──▶ BaseAddress     what somebody listens at
 *                                       │  + HostNameComparisonMode + whatever belongs to it
 *                                       ▼
 *   ViaUri, local address, port ──▶ PrefixTable ──▶ Lookup   the entry that wins, and each mode that was tried before
 * </pre>
 *
 * <p>The port sharing service keeps its registrations in such a table, a worker or a port of its own its endpoints. All
 * of it is immutable and nothing here looks a name up.
 */
package dev.nettcp.framing.via;
