package dev.nettcp.framing;

/**
 * What this side accepts before it refuses. A size over its limit is refused as soon as it is known: nothing is
 * allocated and nothing more is awaited for it.
 *
 * @param maxViaBytes longest via, in bytes of UTF-8
 * @param maxContentTypeBytes longest content type of an extensible encoding record, in bytes of UTF-8
 * @param maxUpgradeBytes longest name of an upgrade, in bytes of UTF-8
 * @param maxFaultBytes longest text of a fault, in bytes of UTF-8
 * @param maxEnvelopeBytes largest envelope; of an unsized one, the sum of its chunks (WCF: MaxReceivedMessageSize)
 */
public record FramingLimits(
        int maxViaBytes, int maxContentTypeBytes, int maxUpgradeBytes, int maxFaultBytes, long maxEnvelopeBytes) {
    /** What a .NET peer accepts when nothing is configured. */
    public static final FramingLimits DEFAULT = new FramingLimits(2048, 256, 256, 256, 65_536);

    public FramingLimits {
        requirePositive(maxViaBytes, "maxViaBytes");
        requirePositive(maxContentTypeBytes, "maxContentTypeBytes");
        requirePositive(maxUpgradeBytes, "maxUpgradeBytes");
        requirePositive(maxFaultBytes, "maxFaultBytes");
        requirePositive(maxEnvelopeBytes, "maxEnvelopeBytes");
    }

    /** The same limits with another largest envelope: an endpoint may have its own. */
    public FramingLimits withMaxEnvelopeBytes(long bytes) {
        return new FramingLimits(maxViaBytes, maxContentTypeBytes, maxUpgradeBytes, maxFaultBytes, bytes);
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
        }
    }
}
