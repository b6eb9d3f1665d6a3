package dev.nettcp.binding;

import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.soap.EncodedMessage;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.MessageEncoder;
import dev.nettcp.transport.EnvelopeInput;
import dev.nettcp.transport.EnvelopeOutput;
import dev.nettcp.transport.Session;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import javax.xml.stream.XMLStreamException;

/**
 * The two messages of a singleton session, at either side: the one that comes is always read as it arrives, the one that goes is written as it
 * is encoded if its direction is streamed, else encoded whole and sent as one chunk, as in WCF.
 */
final class EnvelopeMessages {
    private final Session session;
    private final MessageEncoder encoder;
    private final boolean streamedOut;
    private final int maxBufferSize;
    private final EnvelopeInput in;
    private final EnvelopeOutput out;

    /** @param patience how long a message that has begun to arrive may hold its sender up because nobody reads on */
    EnvelopeMessages(Session session, NetTcpBinding binding, boolean streamedOut, Duration patience) {
        this.session = session;
        this.encoder = BinaryMessageEncoder.sessionless(binding.readerQuotas().streamed());
        this.streamedOut = streamedOut;
        this.maxBufferSize = binding.messageLimits().maxBufferSize();
        this.in = new EnvelopeInput(session, patience);
        this.out = new EnvelopeOutput(session);
    }

    /** What the session's handler passes on to. */
    EnvelopeInput in() {
        return in;
    }

    /**
     * Reads the message that comes, as far as its headers; waits for them.
     *
     * @param source the envelope, perhaps with something of the caller's around it; closed with the message
     */
    Message read(InputStream source) throws IOException {
        return encoder.read(source, maxBufferSize);
    }

    /**
     * Writes the message that goes; waits for the peer to read, if it is streamed. Its end is not written.
     *
     * @throws XMLStreamException if it cannot be written, or the session is over
     * @throws IOException if the session is over
     */
    void write(Message message) throws XMLStreamException, IOException {
        if (streamedOut) {
            encoder.write(message, out);
            return;
        }
        try (EncodedMessage encoded = encoder.encode(message)) {
            session.send(buffer(encoded));
        }
    }

    /** Whether nothing of a message that could not be written has gone out, so that another may be written in its place. */
    boolean takeBack() {
        return !streamedOut || out.takeBack();
    }

    /** The message that goes is complete, or there is none. */
    void end() throws IOException {
        out.close();
    }

    /** With room in front for the header of the frame. */
    private ByteBuf buffer(EncodedMessage encoded) {
        int size = encoded.size();
        ByteBuf buffer = session.alloc().directBuffer(Session.HEADROOM + size);
        buffer.setIndex(Session.HEADROOM, Session.HEADROOM);
        encoded.writeTo(buffer.internalNioBuffer(Session.HEADROOM, size));
        return buffer.writerIndex(Session.HEADROOM + size);
    }
}
