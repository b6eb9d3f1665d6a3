package dev.nettcp.interop.services;

import dev.nettcp.binding.ActionNotSupportedException;
import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.Operations;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.SoapFault;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The peers' contract ISession: each session has a total of its own; {@code Begin} must come first, and nothing after {@code End}. */
public final class SessionService {

    private SessionService() {}

    /** What a session keeps. */
    private record Account(AtomicInteger total, AtomicBoolean over) {}

    public static MessageHandler handler() {
        return Operations.of(Map.of(
                named("Begin").action(),
                Answers.effect(
                        named("Begin"),
                        (start, session) ->
                                session.attributes().put(Account.class.getName(), begun(start.getElementAsInt()))),
                named("Add").action(),
                Answers.result(named("Add"), (amount, session) -> {
                    int total = account(session, "Add").total().addAndGet(amount.getElementAsInt());
                    return out -> out.writeInt(total);
                }),
                named("SessionId").action(),
                (message, session) -> {
                    account(session, "SessionId");
                    return named("SessionId").result(out -> out.writeCharacters(session.id()));
                },
                named("End").action(),
                (message, session) -> {
                    Account account = account(session, "End");
                    account.over().set(true);
                    return named("End")
                            .result(out -> out.writeInt(account.total().get()));
                }));
    }

    public static Operation named(String operation) {
        return new Operation("ISession", operation);
    }

    private static Account begun(int start) {
        return new Account(new AtomicInteger(start), new AtomicBoolean());
    }

    private static Account account(MessageSession session, String operation) throws SoapFaultException {
        Account account = (Account) session.attributes().get(Account.class.getName());
        if (account == null) {
            throw new ActionNotSupportedException(named(operation).action());
        }
        if (account.over().get()) {
            throw new SoapFaultException(
                    SoapFault.sender("The session was ended by its last operation.")
                            .withSubcode(FaultCodes.SESSION_TERMINATED),
                    FaultCodes.DISPATCHER_FAULT_ACTION);
        }
        return account;
    }
}
