/**
 * The message framing of net.tcp, [MC-NMF] with its TCP binding [MS-NMFTB]: records, how they are laid out, and in which
 * order each side may send them. Plain objects over Netty's byte buffers: no socket, no thread, no clock. What is inside an
 * envelope is nobody's business here.
 *
 * <pre>
 *   type  record                 layout behind the type        sent by
 *   00    Version                major minor                   client   ┐
 *   01    Mode                   mode                          client   │
 *   02    Via                    size text                     client   │ the preamble; a server knows whom the client
 *   03    KnownEncoding          number                        client   │ wants when the encoding record is complete
 *   04    ExtensibleEncoding     size text                     client   │
 *   09    UpgradeRequest         size text                     client   │ then, if wanted, 09 → 0A → handshake; what
 *   0A    UpgradeResponse                                      server   │ follows is inside the secured stream
 *   0C    PreambleEnd                                          client   ┘
 *   0B    PreambleAck                                          server     the session is open
 *   06    SizedEnvelope          size bytes                    both       duplex: any number
 *   05    UnsizedEnvelope        (size bytes)* 00              both       singleton: one request, at most one reply
 *   07    End                                                  both       after both, the next preamble may follow
 *   08    Fault                  size text                     server     the end, before or after the acknowledgement
 *
 *   size: 1 to 5 bytes of 7 bits, least significant first, bit 7 = another byte follows
 *   text: UTF-8
 * </pre>
 *
 * <p>A server gives its bytes to a {@link dev.nettcp.framing.ReceiverSession}, a client to an {@link
 * dev.nettcp.framing.InitiatorSession}, and does what the events say. Who only wants to know the destination of a
 * connection uses a {@link dev.nettcp.framing.PreambleParser}; who wants single records, {@link
 * dev.nettcp.framing.FramingDecoder} and {@link dev.nettcp.framing.FramingEncoder}.
 */
package dev.nettcp.framing;
