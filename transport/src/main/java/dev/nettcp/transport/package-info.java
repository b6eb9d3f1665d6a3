/**
 * Sessions of net.tcp that carry opaque envelopes, at both sides.
 *
 * <p>The server's side is an {@link dev.nettcp.transport.Acceptor}: it takes connections from {@linkplain dev.nettcp.connection.ConnectionSource
 * sources}, finds the {@link dev.nettcp.transport.Endpoint} for each session and asks its {@link dev.nettcp.transport.SessionListener} who
 * handles it. The client's side is a {@link dev.nettcp.transport.Connector} with a {@link dev.nettcp.transport.ConnectionPool}. Both sides
 * have the same {@link dev.nettcp.transport.Session} and {@link dev.nettcp.transport.SessionHandler}. The rules of order are framing's; here is
 * what acts on them: sockets, timers, limits, reuse.
 *
 * <pre>
 *   ConnectionSource ─▶ Acceptor ─▶ ServerConnection ┐                              ┌ ReceiverSession
 *                                                    ├ FramedConnection ── drives ──┤            (framing)
 *   Connector ─▶ SessionOpening ─▶ ClientConnection  ┘        │                     └ InitiatorSession
 *                   └─ ConnectionPool                   DuplexSession ─▶ SessionHandler
 * </pre>
 *
 * <p>Used by {@code binding}, which makes messages of envelopes; nothing here knows what an envelope holds.
 */
package dev.nettcp.transport;
