/**
 * SOAP 1.2 messages with the headers of WS-Addressing 1.0, faults, and the encoders that turn messages into the payloads of envelopes and
 * back. No sockets, no threads. The binding sends what this package encodes; capture shows what it decodes.
 *
 * <p>A {@link dev.nettcp.soap.Message} is made from a {@link dev.nettcp.soap.ContentWriter} and read with StAX; names that a contract
 * uses again and again are best {@link dev.nettcp.soap.ElementName}s.
 */
package dev.nettcp.soap;
