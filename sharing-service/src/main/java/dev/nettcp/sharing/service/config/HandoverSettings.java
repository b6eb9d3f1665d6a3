package dev.nettcp.sharing.service.config;

import java.time.Duration;

/**
 * The way of a routed connection to its worker.
 *
 * @param startGrace from the start of the service, for which a connection without a route is kept: its worker may register yet
 * @param maxWaiting connections that may wait for one registration, and for registrations in startGrace
 * @param queueTimeout from routing until taken, over all attempts; may be {@link SettingType.Span#INFINITE}
 * @param takeTimeout from <em>ready</em> until <em>taken</em>
 * @param attempts how often a connection is offered before it gets ConnectionDispatchFailed
 */
public record HandoverSettings(
        Duration startGrace, int maxWaiting, Duration queueTimeout, Duration takeTimeout, int attempts) {

    static HandoverSettings of(ConfigFile file) {
        int maxWaiting = file.value(Settings.MAX_WAITING);
        return new HandoverSettings(
                file.value(Settings.START_GRACE),
                maxWaiting == 0 ? file.value(Settings.MAX_PENDING_CONNECTIONS) : maxWaiting,
                file.value(Settings.QUEUE_TIMEOUT),
                file.value(Settings.TAKE_TIMEOUT),
                file.value(Settings.HANDOVER_ATTEMPTS));
    }
}
