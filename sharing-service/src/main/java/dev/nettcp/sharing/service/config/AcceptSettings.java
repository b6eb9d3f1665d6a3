package dev.nettcp.sharing.service.config;

import java.time.Duration;

/**
 * The limits of one listening socket. Numbers are resolved: automatic has become a number.
 *
 * @param listenBacklog connections the kernel keeps before they are accepted
 * @param maxPendingAccepts connections accepted in one go
 * @param maxPendingConnections connections between accept and routing
 * @param receiveTimeout from accept until the encoding record is complete; may be {@link SettingType.Span#INFINITE}
 * @param addresses which addresses of a port are opened
 */
public record AcceptSettings(
        int listenBacklog,
        int maxPendingAccepts,
        int maxPendingConnections,
        Duration receiveTimeout,
        ListenAddresses addresses) {
    private static final int BACKLOG_PER_PROCESSOR = 12;
    private static final int ACCEPTS_PER_PROCESSOR = 4;

    static AcceptSettings of(ConfigFile file, int processors) {
        return new AcceptSettings(
                orAutomatic(file.value(Settings.LISTEN_BACKLOG), BACKLOG_PER_PROCESSOR * processors),
                orAutomatic(file.value(Settings.MAX_PENDING_ACCEPTS), ACCEPTS_PER_PROCESSOR * processors),
                file.value(Settings.MAX_PENDING_CONNECTIONS),
                file.value(Settings.RECEIVE_TIMEOUT),
                file.value(Settings.LISTEN_ADDRESSES));
    }

    private static int orAutomatic(int value, int automatic) {
        return value == 0 ? automatic : value;
    }
}
