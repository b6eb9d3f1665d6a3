package dev.nettcp.interop.services;

import static dev.nettcp.interop.services.Operation.part;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.Operations;
import dev.nettcp.soap.Message;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** The peers' contract IDuplex: calls back while it is called. */
public final class DuplexService {

    private DuplexService() {}

    public static MessageHandler handler() {
        return Operations.of(Map.of(
                named("Ping").action(),
                        Answers.result(named("Ping"), (text, session) -> {
                            String pong = "pong:" + text.getElementText();
                            return out -> out.writeCharacters(pong);
                        }),
                named("Start").action(), Answers.oneWay((steps, session) -> tell(steps.getElementAsInt(), session)),
                named("StartAndWait").action(),
                        Answers.result(named("StartAndWait"), (parts, session) -> {
                            int steps = parts.getElementAsInt();
                            tell(steps, session);
                            return out -> out.writeInt(steps);
                        }),
                named("Ask").action(),
                        Answers.result(named("Ask"), (question, session) -> {
                            String answer = "answer:" + ask(question.getElementText(), session);
                            return out -> out.writeCharacters(answer);
                        })));
    }

    /** Operations of the contract and of its callback, which stand under one name. */
    public static Operation named(String operation) {
        return new Operation("IDuplex", operation);
    }

    private static void tell(int steps, MessageSession session) throws NetTcpException {
        for (int step = 1; step <= steps; step++) {
            session.send(named("OnProgress").request(part("step", step), part("text", "step " + step)));
        }
    }

    private static String ask(String question, MessageSession session) throws NetTcpException, XMLStreamException {
        Message answer = session.request(named("OnQuestion").request(part("question", question)));
        return Operation.parts(answer).getElementText();
    }
}
