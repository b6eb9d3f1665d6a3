package dev.nettcp.sharing.service.registration;

import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.StatusCode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Answers the questions of operators. Called on the registrar's thread. */
public interface OperatorDesk {
    /**
     * The answer to one request.
     *
     * @param status whether it was understood and done
     * @param text why not; empty on success
     * @param rows named values in the order in which they are shown; drawn one by one while they are sent
     */
    record Answer(StatusCode status, String text, Iterator<Map<String, String>> rows) {
        /** The rows of a success. */
        public static Answer of(List<Map<String, String>> rows) {
            return new Answer(StatusCode.SUCCESS, "", rows.iterator());
        }

        /** No rows, but a reason. */
        public static Answer refused(StatusCode status, String text) {
            return new Answer(status, text, List.<Map<String, String>>of().iterator());
        }
    }

    Answer answer(AdminRequest request);
}
