package dev.nettcp.capture;

/**
 * What a capture had in it.
 *
 * @param packets in the file; 0 for a recorded conversation
 * @param conversations of net.tcp
 * @param messages decoded in them
 * @param undecodedMessages that were there, but could not be decoded or were not collected
 * @param missingBytes of the conversations that the capture does not have
 * @param foreignConnections that are no net.tcp
 * @param otherPackets neither TCP nor anything it could be read from, without being damaged
 * @param fragments parts of IP packets, which are not put together
 * @param unreadablePackets whose headers are damaged or cut
 */
public record CaptureSummary(
        long packets,
        int conversations,
        long messages,
        long undecodedMessages,
        long missingBytes,
        int foreignConnections,
        long otherPackets,
        long fragments,
        long unreadablePackets) {}
