package dev.nettcp.soap;

import java.io.InputStream;
import java.io.OutputStream;
import javax.xml.stream.XMLStreamException;

/**
 * Turns messages into the payloads of envelopes and back; what the content type of a session names. One for each session: it may remember
 * what has been sent and received.
 */
public sealed interface MessageEncoder permits BinaryMessageEncoder {
    /** What the payloads are, as the preamble of the session says it. */
    String contentType();

    /**
     * Encodes a message. Messages must be sent in the order in which they are encoded; one thread at a time, but not the one that
     * {@link #decode}s.
     *
     * @throws XMLStreamException if the message cannot be written; the encoder is as it was before
     */
    EncodedMessage encode(Message message) throws XMLStreamException;

    /**
     * Decodes a payload up to the body, which is read from {@code payload} later: the bytes must not change. Payloads must be decoded in the
     * order in which they arrive; one thread at a time.
     *
     * @throws InvalidMessageException if the payload is no message. The session cannot go on
     */
    Message decode(byte[] payload) throws InvalidMessageException;

    /**
     * Writes a message as it is encoded, which takes little memory whatever its size. Only for messages that stand alone. The stream is
     * flushed, not closed.
     *
     * @throws XMLStreamException if the message cannot be written; a part of it may have been
     * @throws UnsupportedOperationException if the messages of this encoder depend on each other
     */
    void write(Message message, OutputStream out) throws XMLStreamException;

    /**
     * Reads a message up to the body, as far as that has arrived; the body is read from the stream later. Nothing behind the envelope is
     * asked for. Only for messages that stand alone.
     *
     * @param maxHeaderBytes how many bytes the beginning of the envelope, with the headers, has at most
     * @throws HeadersTooLongException if it has more
     * @throws InvalidMessageException if the bytes are no message, or the stream cannot be read
     * @throws UnsupportedOperationException if the messages of this encoder depend on each other
     */
    Message read(InputStream in, int maxHeaderBytes) throws InvalidMessageException;
}
