package dev.nettcp.sharing.service.registration;

import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.service.config.AllowAccounts;
import dev.nettcp.sharing.service.config.ConfigException;
import dev.nettcp.sharing.service.config.ConfigException.Problem;
import dev.nettcp.sharing.service.config.SettingPlaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who may register, and who may ask an operator's questions, by the credentials the kernel gives of a peer. Membership in a group
 * is what the user database says now, not what the peer's process says of itself: that could be a process of another
 * program by then.
 */
public final class AccessRules {
    /**
     * The answer to one account.
     *
     * @param allowed whether it may register
     * @param rule which rule says so, for logs and refusals
     */
    public record Decision(boolean allowed, String rule) {}

    private final Map<Integer, String> users;
    private final Map<Integer, String> groups;
    private final int serviceUser;
    private final UserDatabase database;

    private AccessRules(
            Map<Integer, String> users, Map<Integer, String> groups, int serviceUser, UserDatabase database) {
        this.users = users;
        this.groups = groups;
        this.serviceUser = serviceUser;
        this.database = database;
    }

    /**
     * Looks every listed name up.
     *
     * @param places where the names stand
     * @param serviceUser the user id the service runs as
     * @throws ConfigException naming every user and group this host does not know
     */
    public static AccessRules of(AllowAccounts accounts, SettingPlaces places, int serviceUser, UserDatabase database)
            throws ConfigException {
        if (accounts.isDefault()) {
            Map<Integer, String> users = new LinkedHashMap<>();
            users.put(serviceUser, "the service's own user by default");
            users.put(0, "root by default");
            return new AccessRules(users, Map.of(), serviceUser, database);
        }
        List<Problem> problems = new ArrayList<>();
        var users = ids(accounts.users(), "user", "allowAccounts.users", places, database::userId, problems);
        var groups = ids(accounts.groups(), "group", "allowAccounts.groups", places, database::groupId, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new AccessRules(users, groups, serviceUser, database);
    }

    private static Map<Integer, String> ids(
            List<String> names,
            String kind,
            String key,
            SettingPlaces places,
            Function<String, Optional<Integer>> idOf,
            List<Problem> problems) {
        Map<Integer, String> ids = new LinkedHashMap<>();
        for (String name : names) {
            idOf.apply(name)
                    .ifPresentOrElse(
                            id -> ids.put(id, "%s: %s".formatted(key, name)),
                            () -> problems.add(
                                    places.problem(key, name, "this host knows no %s '%s'".formatted(kind, name))));
        }
        return ids;
    }

    /** May this peer register? Decides at once when the credentials alone are enough. */
    public Optional<Decision> byCredentials(PeerCredentials peer) {
        return Optional.ofNullable(users.get(peer.uid()))
                .or(() -> Optional.ofNullable(groups.get(peer.gid())))
                .map(rule -> new Decision(true, rule))
                .or(() -> groups.isEmpty() ? Optional.of(refused(peer)) : Optional.empty());
    }

    /** May this peer register? Asks the user database, and so may take a while. */
    public Decision byMembership(PeerCredentials peer) {
        Optional<String> name = database.userName(peer.uid());
        return groups.entrySet().stream()
                .filter(group ->
                        name.map(database.members(group.getKey())::contains).orElse(false))
                .findFirst()
                .map(group -> new Decision(true, group.getValue()))
                .orElseGet(() -> refused(peer));
    }

    /** May this peer ask an operator's questions: root and the service's own user, whoever may register. */
    public boolean isOperator(PeerCredentials peer) {
        return peer.uid() == 0 || peer.uid() == serviceUser;
    }

    private Decision refused(PeerCredentials peer) {
        return new Decision(
                false,
                "user %s is not among allowAccounts (%s); an administrator adds the user, or a group of it, there"
                        .formatted(Integer.toUnsignedString(peer.uid()), listed()));
    }

    private String listed() {
        List<String> all = new ArrayList<>(users.values());
        all.addAll(groups.values());
        return String.join(", ", all);
    }
}
