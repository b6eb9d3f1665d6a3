package dev.nettcp.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system says about a socket, without what the libraries between put around it. */
public final class SocketFailure {

    /** {@code finishConnect(..) failed with error(-111): Connection refused: localhost/127.0.0.1:1} */
    private static final Pattern AROUND =
            Pattern.compile("(?:.* failed with error\\(-?\\d+\\): )?(.+?)(?:: \\S*/\\S+:\\d+)?", Pattern.DOTALL);

    private SocketFailure() {}

    /** For the middle of a sentence: {@code Connection refused}. */
    public static String text(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        Matcher matcher = AROUND.matcher(message);
        return matcher.matches() ? matcher.group(1) : message;
    }
}
