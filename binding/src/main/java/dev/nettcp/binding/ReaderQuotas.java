package dev.nettcp.binding;

import dev.nettcp.nbfx.Quotas;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of messages accepts; WCF's {@code XmlDictionaryReaderQuotas}. Immutable: {@code new
 * ReaderQuotas().maxDepth(64)}.
 *
 * <p>As in WCF since 4.5 the defaults count for streamed messages. While messages are buffered, where the size of the message
 * bounds everything, a quota that was not set is 128 for the depth and without limit for the rest.
 */
public final class ReaderQuotas {
    private final @Nullable Integer maxDepth;
    private final @Nullable Integer maxStringContentLength;
    private final @Nullable Integer maxArrayLength;
    private final @Nullable Integer maxBytesPerRead;
    private final @Nullable Integer maxNameTableCharCount;

    /** All quotas at their defaults. */
    public ReaderQuotas() {
        this(null, null, null, null, null);
    }

    private ReaderQuotas(
            @Nullable Integer maxDepth,
            @Nullable Integer maxStringContentLength,
            @Nullable Integer maxArrayLength,
            @Nullable Integer maxBytesPerRead,
            @Nullable Integer maxNameTableCharCount) {
        this.maxDepth = maxDepth;
        this.maxStringContentLength = maxStringContentLength;
        this.maxArrayLength = maxArrayLength;
        this.maxBytesPerRead = maxBytesPerRead;
        this.maxNameTableCharCount = maxNameTableCharCount;
    }

    /** Nesting of elements, by default 32. */
    public int maxDepth() {
        return valueOr(maxDepth, 32);
    }

    /** UTF-16 units of a text that is read as a whole, by default 8192. */
    public int maxStringContentLength() {
        return valueOr(maxStringContentLength, 8192);
    }

    /** Elements of an array, or bytes of base64, that are read as a whole, by default 16 384. */
    public int maxArrayLength() {
        return valueOr(maxArrayLength, 16_384);
    }

    /** Bytes of the attributes of one start tag, by default 4096. */
    public int maxBytesPerRead() {
        return valueOr(maxBytesPerRead, 4096);
    }

    /** Characters of all different names of a message, by default 16 384. */
    public int maxNameTableCharCount() {
        return valueOr(maxNameTableCharCount, 16_384);
    }

    /** These quotas with another {@link #maxDepth()}. */
    public ReaderQuotas maxDepth(int elements) {
        return new ReaderQuotas(
                checked(elements, "maxDepth"),
                maxStringContentLength,
                maxArrayLength,
                maxBytesPerRead,
                maxNameTableCharCount);
    }

    /** These quotas with another {@link #maxStringContentLength()}. */
    public ReaderQuotas maxStringContentLength(int units) {
        return new ReaderQuotas(
                maxDepth,
                checked(units, "maxStringContentLength"),
                maxArrayLength,
                maxBytesPerRead,
                maxNameTableCharCount);
    }

    /** These quotas with another {@link #maxArrayLength()}. */
    public ReaderQuotas maxArrayLength(int elements) {
        return new ReaderQuotas(
                maxDepth,
                maxStringContentLength,
                checked(elements, "maxArrayLength"),
                maxBytesPerRead,
                maxNameTableCharCount);
    }

    /** These quotas with another {@link #maxBytesPerRead()}. */
    public ReaderQuotas maxBytesPerRead(int bytes) {
        return new ReaderQuotas(
                maxDepth,
                maxStringContentLength,
                maxArrayLength,
                checked(bytes, "maxBytesPerRead"),
                maxNameTableCharCount);
    }

    /** These quotas with another {@link #maxNameTableCharCount()}. */
    public ReaderQuotas maxNameTableCharCount(int characters) {
        return new ReaderQuotas(
                maxDepth,
                maxStringContentLength,
                maxArrayLength,
                maxBytesPerRead,
                checked(characters, "maxNameTableCharCount"));
    }

    /** As the reader takes them for buffered messages. */
    Quotas buffered() {
        Quotas untouched = Quotas.BUFFERED;
        return new Quotas(
                valueOr(maxDepth, untouched.maxDepth()),
                valueOr(maxStringContentLength, untouched.maxStringContentLength()),
                valueOr(maxArrayLength, untouched.maxArrayLength()),
                valueOr(maxBytesPerRead, untouched.maxBytesPerRead()),
                valueOr(maxNameTableCharCount, untouched.maxNameTableCharCount()));
    }

    /** As the reader takes them for streamed messages. */
    Quotas streamed() {
        return new Quotas(
                maxDepth(), maxStringContentLength(), maxArrayLength(), maxBytesPerRead(), maxNameTableCharCount());
    }

    private static Integer checked(int value, String quota) {
        return Settings.positive(value, "readerQuotas." + quota);
    }

    private static int valueOr(@Nullable Integer set, int otherwise) {
        return set == null ? otherwise : set;
    }
}
