package dev.nettcp.sharing.service.config;

import java.time.Duration;

/**
 * What a client that was sent a fault may still cost.
 *
 * @param timeout until it has closed
 * @param maxBytes that it may still send
 * @param maxConnections that are waited for at the same time
 */
public record DrainSettings(Duration timeout, int maxBytes, int maxConnections) {

    static DrainSettings of(ConfigFile file) {
        return new DrainSettings(
                file.value(Settings.DRAIN_TIMEOUT),
                file.value(Settings.DRAIN_BYTES),
                file.value(Settings.DRAIN_CONNECTIONS));
    }
}
