package dev.nettcp.sharing.worker;

import dev.nettcp.sharing.LaneToken;

/** What can happen to a registration. Events of an attempt carry its number, so that those of a former one are known. */
public sealed interface RegistrationEvent {
    record Open() implements RegistrationEvent {}

    record Stop() implements RegistrationEvent {}

    /** The service has welcomed the session of this attempt. */
    record SessionOpened(int attempt) implements RegistrationEvent {}

    /** It did not come about. */
    record SessionFailed(int attempt, Exception cause) implements RegistrationEvent {}

    record Registered(int attempt, LaneToken token, int lanes) implements RegistrationEvent {}

    record RegistrationRefused(int attempt, Exception cause) implements RegistrationEvent {}

    /** The session ended, or must not be trusted any more. */
    record SessionLost(int attempt, Exception cause) implements RegistrationEvent {}

    record Unregistered(int attempt) implements RegistrationEvent {}

    /** The service did not answer in time. */
    record AnswerOverdue(int attempt, Exception cause) implements RegistrationEvent {}

    record RetryDue(int attempt) implements RegistrationEvent {}
}
