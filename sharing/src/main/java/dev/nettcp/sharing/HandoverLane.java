package dev.nettcp.sharing;

import io.netty.channel.unix.FileDescriptor;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The sending end of an open lane, over which connections are given away one at a time. Callable from any thread. */
public interface HandoverLane {
    /**
     * Offers a connection. It must be deregistered from its event loop before (epoll reads on a hang-up even when it is told
     * not to), and stays deregistered and untouched until the outcome is known. After {@link HandoverOutcome.Taken} the
     * caller closes its copy of the descriptor at once, by a plain close: the peer owns the connection. After every other
     * outcome the caller owns it as before. Completed on the event loop of the lane; never exceptionally.
     *
     * @param header looked at until the outcome is known, not released
     * @param descriptor the connection's; not closed by the lane
     * @param readyLimit how long the peer may take to find room for it, more than zero; with a queue in front, what is left
     *     of the connection's time in it
     * @throws IllegalArgumentException if the header holds more than {@link HandoverHeader#MAX_BYTES_READ} bytes
     * @throws IllegalStateException if a connection is under way already
     */
    CompletionStage<HandoverOutcome> send(HandoverHeader header, FileDescriptor descriptor, Duration readyLimit);

    /** Whether the lane is open and nothing is under way. */
    boolean isIdle();

    /**
     * Closes the lane as soon as the owner of a connection under way is decided; its outcome still comes, and is never in
     * doubt. Also the way to give up an offer early (its client has gone): a worker opens a new lane at once.
     */
    void close(String why);

    /** Done when the lane is closed by either end, with the reason. The outcome of a connection under way came before. */
    CompletionStage<String> closed();
}
