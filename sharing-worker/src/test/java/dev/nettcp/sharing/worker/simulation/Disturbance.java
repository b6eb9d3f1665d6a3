package dev.nettcp.sharing.worker.simulation;

/** What comes in the way. It hits a lane, or a session with all of its lanes; only what was hit may fail. */
enum Disturbance {
    SERVICE_DIES,
    WORKER_DIES,
    SERVICE_STALLS,
    WORKER_STALLS,

    /** What is next in the lane never arrives. */
    LOST_THERE,
    LOST_BACK,

    /** The sender of the lane, or its receiver, writes what no sound one would. */
    NONSENSE_THERE,
    NONSENSE_BACK,
    CLOSED_BY_SENDER,
    CLOSED_BY_RECEIVER,

    /** The receiver does not want the connection that came, its kernel had no number for it, or it is none. */
    DECLINED,
    DESCRIPTOR_LOST,
    WRONG_DESCRIPTOR,

    /** A limit is reached although everybody is about to act. */
    READY_LATE,
    TAKEN_LATE,
    DESCRIPTOR_LATE,
    ANSWER_LATE,

    /** In a session: what is next never arrives. */
    REQUEST_LOST,
    ANSWER_LOST,

    SESSION_ENDED,
    WORKER_STOPS;

    /** A stall as such costs nobody anything: a limit that is reached meanwhile does. */
    boolean excuses() {
        return this != SERVICE_STALLS && this != WORKER_STALLS;
    }

    /** All but what concerns a session that has no lanes yet, or no longer. */
    boolean hitsLanes() {
        return this != ANSWER_LATE && this != REQUEST_LOST && this != ANSWER_LOST;
    }

    boolean hitsRegistrations() {
        return switch (this) {
            case SERVICE_DIES,
                    WORKER_DIES,
                    SERVICE_STALLS,
                    WORKER_STALLS,
                    ANSWER_LATE,
                    REQUEST_LOST,
                    ANSWER_LOST,
                    SESSION_ENDED,
                    WORKER_STOPS -> true;
            default -> false;
        };
    }
}
