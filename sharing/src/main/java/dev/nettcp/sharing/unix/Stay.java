package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.StatusCode;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How long one connection to the control socket may stay, by its {@link Standing}. On the event loop of its socket. */
final class Stay {
    private final Channel channel;
    private final PeerCredentials peer;
    private final Guests guests;
    private final Duration limit;
    private Consumer<Refused> ending;
    private Guests.@Nullable Guest guest;
    private @Nullable ScheduledFuture<?> deadline;

    /**
     * Of a connection that has just come: {@link Standing#IDLE}.
     *
     * @param ending sends the refusal and ends the connection
     */
    Stay(Channel channel, PeerCredentials peer, Guests guests, Duration limit, Consumer<Refused> ending) {
        this.channel = channel;
        this.peer = peer;
        this.guests = guests;
        this.limit = limit;
        this.ending = ending;
        as(Standing.IDLE);
        channel.closeFuture().addListener(closed -> leave());
    }

    /** From here on somebody else ends it, and its time begins anew. */
    void handedTo(Consumer<Refused> newEnding) {
        ending = newEnding;
        as(Standing.IDLE);
    }

    void as(Standing standing) {
        leave();
        if (standing == Standing.HOLDING || !channel.isOpen()) {
            return;
        }
        guest = guests.enter(peer.uid(), () -> channel.eventLoop().execute(this::oneTooMany));
        if (standing == Standing.IDLE) {
            deadline = channel.eventLoop().schedule(this::overdue, limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void oneTooMany() {
        ending.accept(new Refused(
                StatusCode.REGISTRATION_QUOTA_EXCEEDED,
                "too many connections to the control socket are without a registration; of user %d, who has most of them, this is the oldest"
                        .formatted(peer.uid())));
    }

    private void overdue() {
        ending.accept(
                new Refused(StatusCode.INVALID_ARGUMENT, "nothing was asked for or registered here within " + limit));
    }

    private void leave() {
        if (guest != null) {
            guest.leave();
            guest = null;
        }
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
