package dev.nettcp.interop.services;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.MessageSession;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.Message;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/** What an operation does with its request, in a shorter form than a handler. */
final class Answers {

    private Answers() {}

    /** Makes the result of what the first part of the request holds. */
    @FunctionalInterface
    interface Result {
        ContentWriter of(TypedXMLStreamReader argument, MessageSession session) throws Exception;
    }

    /** Does something and answers without a result. */
    @FunctionalInterface
    interface Effect {
        void of(TypedXMLStreamReader argument, MessageSession session) throws Exception;
    }

    static MessageHandler result(Operation operation, Result result) {
        return (message, session) -> operation.result(result.of(Operation.parts(message), session));
    }

    static MessageHandler effect(Operation operation, Effect effect) {
        return (message, session) -> {
            effect.of(Operation.parts(message), session);
            return operation.response();
        };
    }

    /** Without an answer. */
    static MessageHandler oneWay(Effect effect) {
        return (message, session) -> {
            effect.of(Operation.parts(message), session);
            return nothing();
        };
    }

    private static Message nothing() {
        return null;
    }
}
