package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.soap.EncodedMessage;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.MessageEncoder;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.locks.ReentrantLock;
import javax.xml.stream.XMLStreamException;

/**
 * The messages of this side of a session. They are encoded one at a time and in the order in which they are written, because each may use
 * the strings that those before it have announced.
 */
final class Outgoing {
    private final Session session;
    private final MessageEncoder encoder;
    private final ReentrantLock order = new ReentrantLock();

    Outgoing(Session session, MessageEncoder encoder) {
        this.session = session;
        this.encoder = encoder;
    }

    /**
     * Encodes a message and gives it to the session.
     *
     * @return done when it is written
     * @throws NetTcpException if it cannot be encoded; then nothing of it was sent and the session is as it was
     */
    ChannelFuture send(Message message) throws NetTcpException {
        order.lock();
        try (EncodedMessage encoded = encode(message)) {
            return session.send(buffer(encoded));
        } catch (RuntimeException | Error e) { // strings were announced that the peer will never learn
            session.abort(new SessionClosedException("a message was encoded and could not be sent: " + e, e));
            throw e;
        } finally {
            order.unlock();
        }
    }

    /** The body is written by code of the user's, which may throw anything. */
    private EncodedMessage encode(Message message) throws NetTcpException {
        try {
            return encoder.encode(message);
        } catch (XMLStreamException | RuntimeException | Error e) {
            String why = e instanceof XMLStreamException ? String.valueOf(e.getMessage()) : e.toString();
            throw new NetTcpException(
                    Layer.ENCODING, "the message " + message.action() + " cannot be written: " + why, e);
        }
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
