package dev.nettcp.sharing.unix;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Whom a worker or an operator believes to be the service. */
public final class ServiceUsers {
    /** The service's user ids, separated by commas, where it runs neither as root nor as the user who speaks to it. */
    public static final String ENVIRONMENT_VARIABLE = "NETTCP_SERVICE_UID";

    private static final int ROOT = 0;

    private ServiceUsers() {}

    /**
     * Those that the environment names; none if it names none.
     *
     * @throws IllegalArgumentException if what stands there are no user ids; the message is fit for people
     */
    public static List<Integer> named(Map<String, String> environment) {
        String text = environment.getOrDefault(ENVIRONMENT_VARIABLE, "");
        try {
            return text.isBlank()
                    ? List.of()
                    : List.of(text.split(",")).stream()
                            .map(user -> Integer.parseUnsignedInt(user.strip()))
                            .toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s=%s; user ids separated by commas are expected".formatted(ENVIRONMENT_VARIABLE, text), e);
        }
    }

    /**
     * Whom somebody may ask who only reads the answers: root may ask everybody's service, since nobody can do with root's question
     * what root could not prevent; others ask root's, their own, and those that are named.
     */
    public static IntPredicate askedBy(int user, List<Integer> named) {
        return service -> user == ROOT || service == ROOT || service == user || named.contains(service);
    }
}
