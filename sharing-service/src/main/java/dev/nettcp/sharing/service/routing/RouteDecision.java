package dev.nettcp.sharing.service.routing;

import dev.nettcp.framing.FaultCode;

/** What becomes of a connection whose via is known. */
public sealed interface RouteDecision {

    /** It is handed to this registration's worker. */
    record To(Registration registration) implements RouteDecision {}

    /** It is answered with a fault; the text is for the log. */
    record Refuse(FaultCode fault, String why) implements RouteDecision {}

    /**
     * It is ended without a word. Only a connection that a worker gave back: one that would go to another user's worker must
     * not, since who gave it back may have kept a copy of the socket and could read along. A .NET client hides this end
     * and connects anew.
     */
    record Abort(String why) implements RouteDecision {}
}
