/**
 * What was said over net.tcp, read from a file: a capture of packets (pcap, pcapng) or a recorded conversation (JSON lines).
 *
 * <pre>
 *   file ── PcapFile, PcapngFile ──▶ packet ── LinkType, IpPacket, TcpSegment ──▶ segment
 *        ── TcpConnections, Reassembly ──▶ bytes of each direction, and what is missing
 *        ── Conversation, DirectionReader ──▶ records of [MC-NMF], messages with the strings of their session
 *        ── CaptureEvent ──▶ ReadableForm, or whoever listens
 *   recorded conversation ── ConversationFile ──▶ bytes of each direction
 * </pre>
 *
 * <p>Everything is read once, from front to back, in bounded memory ({@link dev.nettcp.capture.CaptureLimits}). What is lost, cut,
 * repeated, encrypted or not net.tcp is told, never guessed away. {@link dev.nettcp.capture.CaptureReader} is the door.
 */
package dev.nettcp.capture;
