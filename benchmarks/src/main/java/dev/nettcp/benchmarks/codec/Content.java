package dev.nettcp.benchmarks.codec;

import java.util.Objects;

/** All values of a message: those of its headers, and the body, which is an {@link Order} or an array. */
record Content(String action, String messageId, String replyTo, String to, Object body) {

    /** Arrays by their elements. */
    boolean hasSameValuesAs(Content other) {
        return action.equals(other.action)
                && messageId.equals(other.messageId)
                && replyTo.equals(other.replyTo)
                && to.equals(other.to)
                && Objects.deepEquals(body, other.body);
    }
}
