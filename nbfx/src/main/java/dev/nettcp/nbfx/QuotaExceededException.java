package dev.nettcp.nbfx;

/** The document may be well-formed, but asks for more than the reader was told to give. */
public final class QuotaExceededException extends BinaryXmlException {
    private static final long serialVersionUID = 1L;

    private final String quota;
    private final long limit;

    /** @param seen what the document asked for, as a sentence without its end */
    public QuotaExceededException(String quota, long limit, String seen, long offset, String path) {
        super(seen + " exceeds " + quota + "=" + limit + "; raise it if such documents are expected", offset, path);
        this.quota = quota;
        this.limit = limit;
    }

    /** WCF's name of the setting, as {@code MaxDepth}. */
    public String quota() {
        return quota;
    }

    /** The value of the setting. */
    public long limit() {
        return limit;
    }
}
