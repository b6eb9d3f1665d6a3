package dev.nettcp.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/** Ends connections the hard way. */
public final class Connections {

    private Connections() {}

    /** Closes the socket so that the peer sees a reset, and nothing that is still unsent goes out. From any thread. */
    public static void abort(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }
}
