package dev.nettcp.soap;

import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import java.nio.ByteBuffer;

/** The payload of a message that was encoded, in a buffer that is used again: to be copied and closed. */
public final class EncodedMessage implements AutoCloseable {
    private final ByteBuffer payload;
    private final BinaryXmlStreamWriter owner;

    EncodedMessage(ByteBuffer payload, BinaryXmlStreamWriter owner) {
        this.payload = payload;
        this.owner = owner;
    }

    /** How many bytes the payload has. */
    public int size() {
        return payload.remaining();
    }

    /** Copies the payload to the position of {@code target}. */
    public void writeTo(ByteBuffer target) {
        target.put(payload.duplicate());
    }

    /** A copy of the payload. */
    public byte[] toByteArray() {
        byte[] copy = new byte[size()];
        writeTo(ByteBuffer.wrap(copy));
        return copy;
    }

    /** Gives the buffer back. */
    @Override
    public void close() {
        Writers.giveBack(owner, payload.capacity());
    }
}
