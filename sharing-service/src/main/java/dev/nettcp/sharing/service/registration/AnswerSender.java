package dev.nettcp.sharing.service.registration;

import dev.nettcp.sharing.ControlMessage.AdminEnd;
import dev.nettcp.sharing.ControlMessage.AdminRow;
import dev.nettcp.sharing.unix.ControlSession;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends the rows of an answer as fast as the operator's command takes them, so that a long list is never piled up. */
final class AnswerSender {
    private static final int AT_ONCE = 64;

    private AnswerSender() {}

    static void send(ControlSession session, long id, OperatorDesk.Answer answer) {
        CompletionStage<Void> last = null;
        Iterator<Map<String, String>> rows = answer.rows();
        for (int i = 0; i < AT_ONCE && rows.hasNext(); i++) {
            last = session.send(new AdminRow(id, rows.next()));
        }
        if (last == null) {
            session.send(new AdminEnd(id, answer.status(), answer.text()));
        } else {
            last.thenRun(() -> send(session, id, answer));
        }
    }
}
