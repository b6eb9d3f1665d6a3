package dev.nettcp.transport;

/**
 * What went through a session. In a singleton session the parts of its envelopes are counted, whose number means nothing.
 *
 * @param bytesReceived of envelopes, without framing and before any encryption
 * @param bytesSent likewise
 */
public record SessionTotals(long envelopesReceived, long bytesReceived, long envelopesSent, long bytesSent) {}
