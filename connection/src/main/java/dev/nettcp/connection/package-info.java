/**
 * An accepted connection, how it arrives and how one leaves it.
 *
 * <p>A {@link dev.nettcp.connection.ConnectionSource} delivers {@linkplain dev.nettcp.connection.AcceptedConnection connected sockets}, each with
 * the bytes that were already read from it, to a {@link dev.nettcp.connection.ConnectionAcceptor}, which has a bounded number of places.
 * {@link dev.nettcp.connection.OwnPortSource} listens itself; sharing-worker brings the source that is fed by the port sharing service.
 * {@link dev.nettcp.connection.ReusePolicy} says what becomes of a connection after its first session, and
 * {@link dev.nettcp.connection.FaultAndClose} is how a refused client learns why.
 *
 * <p>Used by {@code transport}, which makes sessions of connections, and by the port sharing service, which passes them on.
 */
package dev.nettcp.connection;
