package dev.nettcp.sharing.worker;

import dev.nettcp.sharing.LaneToken;

/** What the rules of a registration want done. */
public sealed interface RegistrationEffect {
    record OpenSession(int attempt) implements RegistrationEffect {}

    record SendRegister(int attempt) implements RegistrationEffect {}

    record SendUnregister(int attempt) implements RegistrationEffect {}

    /** Starts the limit of the service's next answer. */
    record AwaitAnswer(int attempt) implements RegistrationEffect {}

    /** Ends the session of this attempt, which ends whatever it registered; if it is still being opened, then as soon as it is. */
    record CloseSession(int attempt) implements RegistrationEffect {}

    record OpenLanes(int attempt, LaneToken token, int lanes) implements RegistrationEffect {}

    record CloseLanes() implements RegistrationEffect {}

    /** Starts the wait before the next attempt. */
    record WaitToRetry(int attempt, int failures) implements RegistrationEffect {}

    /** The opening succeeded. */
    record Opened() implements RegistrationEffect {}

    /** The opening failed; nothing is held. */
    record OpenFailed(Exception cause) implements RegistrationEffect {}

    /** The registration stands, for the first time or again. */
    record Listening() implements RegistrationEffect {}

    /** The registration was lost; attempts to get it back begin. */
    record Interrupted(Exception cause) implements RegistrationEffect {}

    /** Everything is over, and the address is free. */
    record Stopped() implements RegistrationEffect {}
}
