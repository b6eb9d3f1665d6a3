package dev.nettcp.binding;

import dev.nettcp.soap.Message;
import dev.nettcp.transport.RemoteSecurity;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * One session seen from either side: both may call the other at any time until they have ended their direction. Safe for
 * use by any number of threads; messages go out in the order in which the calls to send them began.
 */
public interface MessageSession {
    /** A name for logs, unique in this process. */
    String id();

    /** Where the other side is. */
    InetSocketAddress remoteAddress();

    /** The address of this side's socket. */
    InetSocketAddress localAddress();

    /** How the stream is secured and who the other side has proven to be; empty without security. */
    default Optional<RemoteSecurity> remoteSecurity() {
        return Optional.empty();
    }

    /** Whatever handlers want to keep as long as the session lives. */
    ConcurrentMap<String, Object> attributes();

    /**
     * Sends a one-way message and returns when it has been written.
     *
     * @throws NetTcpException if the session is over or the message cannot be written
     * @throws NetTcpTimeoutException if it was not written within the send timeout; the session is aborted then
     */
    void send(Message message) throws NetTcpException;

    /** As {@link #send}, done when the message has been written. */
    CompletableFuture<Void> sendAsync(Message message);

    /**
     * Sends a request and waits for its reply. A handler of this session that calls it gives up its turn meanwhile: messages that arrive while
     * it waits are handled, and it goes on when it has the reply and nobody else has the turn. So calls inside of calls never wait for each
     * other; waiting for a {@link #requestAsync} does not have that.
     *
     * @throws SoapFaultException if the reply is a fault
     * @throws NetTcpTimeoutException if there was no reply within the send timeout; the session stays usable, and a late reply is dropped
     * @throws NetTcpException if the session ended before the reply
     */
    Message request(Message request) throws NetTcpException;

    /** As {@link #request}. Cancelling it means that nobody waits for the reply any more. */
    CompletableFuture<Message> requestAsync(Message request);

    /** Ends this side's direction: nothing more can be sent, replies and messages of the other side still come. */
    void closeOutput();

    /** Ends the session in good order: End, then the peer's End within the close timeout. */
    CompletableFuture<Void> close();

    /** Breaks the session off; the other side sees a reset. */
    void abort();

    /** Done when the session is over; exceptionally if it did not end in good order. */
    CompletableFuture<Void> ended();

    /** Runs the action when both sides have ended the session in good order; at once if they have already. */
    default void onClosed(Runnable action) {
        ended().thenRun(action);
    }

    /** Runs the action when the session breaks off, with what did that: also a peer that has vanished. At once if it has already. */
    default void onFaulted(Consumer<? super Throwable> action) {
        ended().exceptionally(failure -> {
            action.accept(Failures.unwrapped(failure));
            return null;
        });
    }
}
