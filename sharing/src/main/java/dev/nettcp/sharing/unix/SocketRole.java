package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage;
import io.netty.channel.unix.FileDescriptor;
import java.util.List;

/** What a Unix socket is at the moment: somebody not yet known, a control session or an end of a lane. */
interface SocketRole {
    void message(ControlMessage message);

    /** What came is no message; nothing more will be delivered but the end. */
    void malformed(String why);

    /** Everything the peer wrote has been delivered, and no more will come. */
    void inputEnded(String why);

    /** Descriptors that came while the socket was read for them; one owner from here on. */
    default void descriptors(List<FileDescriptor> descriptors) {
        throw new IllegalStateException("descriptors without having been expected");
    }

    /** The socket reported an error while it was read for descriptors. */
    default void descriptorError(Throwable error) {
        throw new IllegalStateException("an error of descriptors without having expected any", error);
    }

    /** The peer does not keep up with reading, or does again. */
    default void writabilityChanged(boolean writable) {}
}
