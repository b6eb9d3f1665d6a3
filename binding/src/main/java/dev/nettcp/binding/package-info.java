/**
 * The face of the library: {@link dev.nettcp.binding.NetTcpBinding} with the settings of WCF under their names,
 * {@link dev.nettcp.binding.NetTcpServer} and {@link dev.nettcp.binding.NetTcpClient}, which exchange SOAP messages in duplex sessions.
 *
 * <p>Whoever has opened a session, both sides may send requests and one-way messages in it; {@link dev.nettcp.binding.MessageSession} is
 * the session, {@link dev.nettcp.binding.MessageHandler} what handles the messages of the other side. A connection belongs to its event loop,
 * where messages are decoded; handlers run elsewhere, one at a time for each session.
 */
package dev.nettcp.binding;
