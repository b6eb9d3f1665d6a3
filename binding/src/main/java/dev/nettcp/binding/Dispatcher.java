package dev.nettcp.binding;

import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the messages of one session to the handler and decides what is answered and whether the session goes on:
 *
 * <pre>
 *   first message, To is another endpoint's      DestinationUnreachable          the session ends
 *   a header must be understood and is not       MustUnderstand                  goes on
 *   the handler throws ActionNotSupported        that fault                      ends
 *   … another SoapFaultException                 that fault                      goes on
 *   … XMLStreamException                         DeserializationFailed           ends
 *   … anything else                              InternalServiceFault            ends
 * </pre>
 *
 * A one-way message is never answered. One message at a time; no socket, no clock.
 */
final class Dispatcher {
    private final Rules rules;
    private boolean first = true;

    /**
     * What is the same for all sessions of an endpoint.
     *
     * @param filter whom the first message must be addressed to; null: not looked at
     * @param understood headers that the handler understands
     * @param endOnFailure whether a failure ends the session, as it does at a server
     * @param exceptionDetail whether a fault tells the exception behind it
     */
    record Rules(
            @Nullable AddressFilter filter,
            MessageHandler handler,
            Set<QName> understood,
            boolean endOnFailure,
            boolean exceptionDetail) {}

    /**
     * What came of a message.
     *
     * @param reply what is answered, still without RelatesTo and To
     * @param ends whether the session ends after it
     * @param failure what went wrong in a way that the author of the handler did not foresee
     */
    record Outcome(
            @Nullable Message reply, boolean ends, @Nullable Throwable failure) {

        /** Whether the message was not what the handler expected: the mistake of who sent it. */
        boolean isMisread() {
            return failure != null && Dispatcher.isMisread(failure);
        }
    }

    Dispatcher(Rules rules) {
        this.rules = rules;
    }

    /** Handles one message. Whatever the handler throws is in the outcome. */
    Outcome dispatch(Message request, MessageSession session) {
        boolean isFirst = first;
        first = false;
        Outcome outcome = outcome(request, session, isFirst);
        Message reply = outcome.reply();
        if (reply == null || request.messageId().isPresent()) {
            return outcome;
        }
        if (reply.isFault()) {
            return new Outcome(null, outcome.ends(), outcome.failure());
        }
        return new Outcome(
                null,
                rules.endOnFailure(),
                new IllegalStateException("the handler replied to the message " + request.action()
                        + ", which cannot be answered: it has no MessageID"));
    }

    private Outcome outcome(Message request, MessageSession session, boolean isFirst) {
        AddressFilter filter = rules.filter();
        if (isFirst && filter != null && !filter.matches(request.to())) {
            return new Outcome(Faults.destinationUnreachable(request), true, null);
        }
        List<Header> notUnderstood = notUnderstood(request.headers());
        if (!notUnderstood.isEmpty()) {
            return new Outcome(Faults.mustUnderstand(notUnderstood), false, null);
        }
        try {
            return new Outcome(rules.handler().handle(request, session), false, null);
        } catch (ActionNotSupportedException e) {
            return new Outcome(Faults.of(e, isFirst), rules.endOnFailure(), null);
        } catch (SoapFaultException e) {
            return new Outcome(Faults.of(e, isFirst), false, null);
        } catch (Exception | Error e) {
            boolean detail = rules.exceptionDetail();
            Message fault =
                    isMisread(e) ? Faults.deserializationFailed(e, detail) : Faults.internalServiceFault(e, detail);
            return new Outcome(fault, rules.endOnFailure(), e);
        }
    }

    private List<Header> notUnderstood(List<Header> headers) {
        return headers.isEmpty()
                ? headers
                : headers.stream()
                        .filter(header ->
                                header.mustUnderstand() && !rules.understood().contains(header.name()))
                        .toList();
    }

    /** An IllegalStateException is what a reader throws where StAX allows no other exception. */
    private static boolean isMisread(Throwable failure) {
        return failure instanceof XMLStreamException
                || (failure instanceof IllegalStateException && failure.getCause() instanceof XMLStreamException);
    }

    /** What is answered instead of a reply that cannot be written. */
    Message failedToReply(Throwable cause) {
        return Faults.internalServiceFault(cause, rules.exceptionDetail());
    }
}
