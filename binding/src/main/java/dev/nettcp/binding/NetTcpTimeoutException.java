package dev.nettcp.binding;

import java.io.Serial;
import java.time.Duration;

/** One of a binding's {@link Timeouts} has passed. */
public final class NetTcpTimeoutException extends NetTcpException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String setting;
    private final Duration limit;

    /**
     * @param setting WCF's name of the timeout, for example {@code sendTimeout}
     * @param limit its value
     * @param waitedFor what did not happen, as it continues "waiting for …"
     * @param now what is left of the session, as a sentence
     */
    NetTcpTimeoutException(String setting, Duration limit, String waitedFor, String now) {
        super(
                Layer.TIMEOUT,
                setting + " of " + limit.toMillis() + " ms passed waiting for " + waitedFor + "; " + now,
                null);
        this.setting = setting;
        this.limit = limit;
    }

    /** The same, with the stack of another thread. */
    NetTcpTimeoutException(NetTcpTimeoutException cause) {
        super(Layer.TIMEOUT, String.valueOf(cause.getMessage()), cause);
        this.setting = cause.setting;
        this.limit = cause.limit;
    }

    /** WCF's name of the timeout that passed. */
    public String setting() {
        return setting;
    }

    /** Its value. */
    public Duration limit() {
        return limit;
    }
}
