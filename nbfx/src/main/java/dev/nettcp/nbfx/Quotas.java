package dev.nettcp.nbfx;

/**
 * What a reader gives a document at most; WCF's {@code readerQuotas} under their names.
 *
 * @param maxDepth nesting of elements
 * @param maxStringContentLength UTF-16 units of one text that is read as content (element text, typed values, PCDATA)
 * @param maxArrayLength items of one array, and bytes of one binary value, that are read as a whole
 * @param maxBytesPerRead bytes of the attributes and declarations of one start tag
 * @param maxNameTableCharCount characters of the distinct names and namespaces that the program asked for
 */
public record Quotas(
        int maxDepth, int maxStringContentLength, int maxArrayLength, int maxBytesPerRead, int maxNameTableCharCount) {

    /** .NET's defaults for streamed messages. */
    public static final Quotas STREAMED = new Quotas(32, 8192, 16_384, 4096, 16_384);

    /** .NET's defaults for buffered messages, which the limit of the message size protects. */
    public static final Quotas BUFFERED =
            new Quotas(128, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public Quotas {
        requirePositive(maxDepth, "MaxDepth");
        requirePositive(maxStringContentLength, "MaxStringContentLength");
        requirePositive(maxArrayLength, "MaxArrayLength");
        requirePositive(maxBytesPerRead, "MaxBytesPerRead");
        requirePositive(maxNameTableCharCount, "MaxNameTableCharCount");
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
