package dev.nettcp.sharing.worker.simulation;

/** How a connection ends. What entitles to each, {@link Truth} knows. */
enum End {
    /** The process that owned it died. */
    LOST_WITH_OWNER,

    // ---- by the service ------------------------------------------------------------------------------------------

    ENDPOINT_NOT_FOUND,
    CONNECTION_DISPATCH_FAILED,

    /** Its time in the queues is over. */
    ENDPOINT_UNAVAILABLE,

    /** A worker gave it back, and it would go to another user's worker. */
    ABORTED_FOR_A_STRANGER,

    // ---- by its worker, at a later preamble ----------------------------------------------------------------------

    /** The preamble is for a stranger's worker, or nobody's. */
    RESET_AS_A_STRANGERS,

    /** It was to be given back, and there is no service. */
    RESET_WITHOUT_SERVICE,

    /** The service has not taken it back. */
    RESET_NOT_TAKEN_BACK,

    /** The service could not be asked, and the worker has no endpoint for it. */
    RESET_UNASKED
}
