package dev.nettcp.binding;

/**
 * The places of one server, over all its ports.
 *
 * @param sessions that are open; a call in a streamed transfer mode is no session in this sense, as in WCF
 * @param calls that are being handled
 */
record Throttles(Places sessions, Places calls) {
    static Throttles of(ServiceThrottle throttle) {
        return new Throttles(new Places(throttle.maxConcurrentSessions()), new Places(throttle.maxConcurrentCalls()));
    }
}
