package dev.nettcp.connection;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ConnectionSource} is asked to listen on.
 *
 * @param address the base address: its host and port on a port of one's own, all of it on a shared one
 * @param hostNameComparisonMode which hosts in a via lead to the address; registered with the service on a shared port
 * @param limits how much may wait
 * @param openTimeout how long opening it may take; what stands in the way then is told
 * @param eventLoops the threads that carry the connections
 * @param listener is told what happens to the source
 * @param controlSocketOrNull the service's control socket, if it is not to be looked for in the usual places
 */
public record ListenRequest(
        BaseAddress address,
        HostNameComparisonMode hostNameComparisonMode,
        AcceptLimits limits,
        Duration openTimeout,
        EventLoops eventLoops,
        SourceListener listener,
        @Nullable Path controlSocketOrNull) {

    /** With defaults for everything that has one. */
    public static ListenRequest of(BaseAddress address, EventLoops eventLoops) {
        return new ListenRequest(
                address,
                HostNameComparisonMode.STRONG_WILDCARD,
                AcceptLimits.DEFAULT,
                Duration.ofMinutes(1),
                eventLoops,
                SourceListener.NONE,
                null);
    }

    /** The service's control socket where it was set. */
    public Optional<Path> controlSocket() {
        return Optional.ofNullable(controlSocketOrNull);
    }

    public ListenRequest withHostNameComparisonMode(HostNameComparisonMode mode) {
        return new ListenRequest(address, mode, limits, openTimeout, eventLoops, listener, controlSocketOrNull);
    }

    public ListenRequest withLimits(AcceptLimits newLimits) {
        return new ListenRequest(
                address, hostNameComparisonMode, newLimits, openTimeout, eventLoops, listener, controlSocketOrNull);
    }

    public ListenRequest withOpenTimeout(Duration timeout) {
        return new ListenRequest(
                address, hostNameComparisonMode, limits, timeout, eventLoops, listener, controlSocketOrNull);
    }

    public ListenRequest withListener(SourceListener newListener) {
        return new ListenRequest(
                address, hostNameComparisonMode, limits, openTimeout, eventLoops, newListener, controlSocketOrNull);
    }

    public ListenRequest withControlSocket(Path path) {
        return new ListenRequest(address, hostNameComparisonMode, limits, openTimeout, eventLoops, listener, path);
    }
}
