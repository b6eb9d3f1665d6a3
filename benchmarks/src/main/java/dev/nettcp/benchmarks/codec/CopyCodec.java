package dev.nettcp.benchmarks.codec;

/** The least that bytes cost: copied into an array that is there when they are written, into a new one when they are read. */
final class CopyCodec implements Codec {
    private final Content content;
    private final byte[] blob;
    private final byte[] document;

    CopyCodec(Sample sample) {
        content = sample.content;
        if (!(content.body() instanceof byte[] bytes))
            throw new IllegalArgumentException(sample + " is more than bytes");
        blob = bytes;
        document = new byte[blob.length];
    }

    @Override
    public int write() {
        System.arraycopy(blob, 0, document, 0, blob.length);
        return document.length;
    }

    @Override
    public Content read() {
        return new Content(content.action(), content.messageId(), content.replyTo(), content.to(), document.clone());
    }

    @Override
    public byte[] document() {
        return document.clone();
    }
}
