package dev.nettcp.transport;

import dev.nettcp.framing.via.ViaUri;
import io.netty.channel.Channel;
import java.util.concurrent.CompletionStage;

/**
 * Secures the stream of a session between its encoding record and its acknowledgement, [MC-NMF] 2.2.3.5. One object serves all sessions of
 * an endpoint or connector.
 */
public interface StreamUpgrade {

    /** The name on the wire, compared byte for byte. */
    String protocol();

    /**
     * Starts the handshake on a channel both sides of which have agreed to it: puts handlers first into the pipeline, which from then on see
     * every byte before the session does. Called on the channel's event loop, for each session anew.
     *
     * @param via the address of the session: whom a client means to talk to
     */
    Secured start(Channel channel, Side side, ViaUri via);

    /** Which side of the handshake this is. */
    enum Side {
        CLIENT,
        SERVER
    }

    /** One secured stream. Its handlers close the channel without a word of their own. */
    interface Secured {

        /**
         * Done, on the channel's event loop, when the handshake is, with who the peer is; fails with why the peer is not trusted. Bounded by
         * the session's open timeout.
         */
        CompletionStage<RemoteSecurity> handshake();

        /**
         * The peer's End has been read: nothing that comes behind it is part of the secured stream. It is left alone, and passed on as it
         * is by {@link #remove()}. Called on the channel's event loop.
         */
        void inputEnded();

        /**
         * Takes the handlers out again when the session has ended, without a word on the wire: the connection waits for its next preamble in
         * plain. Called on the channel's event loop.
         */
        void remove();
    }
}
