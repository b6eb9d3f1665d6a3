package dev.nettcp.sharing.service.telemetry;

/**
 * What a queue has at one moment.
 *
 * @param waiting connections that no lane has yet
 * @param offered connections on lanes, until their worker has taken them
 * @param lanes open lanes
 */
public record QueueStatus(int waiting, int offered, int lanes) {
    /** Nothing at all. */
    public static final QueueStatus NONE = new QueueStatus(0, 0, 0);

    /** Both together. */
    public QueueStatus plus(QueueStatus other) {
        return new QueueStatus(waiting + other.waiting, offered + other.offered, lanes + other.lanes);
    }

    /** Connections that are the service's and have a destination. */
    public int connections() {
        return waiting + offered;
    }
}
