package dev.nettcp.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.time.Duration;

/**
 * How TCP finds out that the peer of a silent connection has vanished, its host or the network between: it asks, and asks again. A connection that stays
 * without an answer breaks. Where something that was sent is not acknowledged, TCP repeats that instead, for about a quarter of an hour on Linux by default.
 *
 * @param idle after so much silence it asks; whole seconds
 * @param interval between two questions; whole seconds
 * @param probes how many questions may stay without an answer
 */
public record KeepAlive(Duration idle, Duration interval, int probes) {

    /** A peer that has vanished is missed after three minutes. The system's own is two hours and more. */
    public static final KeepAlive DEFAULT = new KeepAlive(Duration.ofMinutes(2), Duration.ofSeconds(15), 4);

    private static final long MOST_SECONDS = 32_767; // Linux takes no more

    public KeepAlive {
        requireSeconds(idle, "idle");
        requireSeconds(interval, "interval");
        if (probes < 1 || probes > 127) {
            throw new IllegalArgumentException("keepAlive.probes: 1 to 127 are possible, not " + probes);
        }
    }

    /** Sets it on a connection of this process. Without epoll the times are the system's. */
    public void applyTo(Channel channel) {
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, (int) idle.toSeconds());
            channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, (int) interval.toSeconds());
            channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, probes);
        }
    }

    private static void requireSeconds(Duration time, String name) {
        if (time.toSeconds() < 1 || time.toSeconds() > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "keepAlive.%s: 1 to %d seconds are possible, not %s".formatted(name, MOST_SECONDS, time));
        }
    }
}
