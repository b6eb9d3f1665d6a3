package dev.nettcp.sharing.service.config;

import java.time.Duration;

/**
 * The way from the queue of a registration to its worker.
 *
 * @param maxWaiting connections that may wait for one registration
 * @param queueTimeout from routing until taken, over all attempts; may be {@link SettingType.Span#INFINITE}
 * @param takeTimeout from <em>ready</em> until <em>taken</em>
 * @param attempts how often a connection is offered before it gets ConnectionDispatchFailed
 */
public record HandoverSettings(int maxWaiting, Duration queueTimeout, Duration takeTimeout, int attempts) {

    static HandoverSettings of(ConfigFile file) {
        int maxWaiting = file.value(Settings.MAX_WAITING);
        return new HandoverSettings(
                maxWaiting == 0 ? file.value(Settings.MAX_PENDING_CONNECTIONS) : maxWaiting,
                file.value(Settings.QUEUE_TIMEOUT),
                file.value(Settings.TAKE_TIMEOUT),
                file.value(Settings.HANDOVER_ATTEMPTS));
    }
}
