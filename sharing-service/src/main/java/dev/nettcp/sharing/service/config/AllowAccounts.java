package dev.nettcp.sharing.service.config;

import java.util.List;

/**
 * Who may register: the complete list, by name or number. Without the section in the file it is the default: root and the
 * user the service runs as, so that an ordinary user's own service serves that user.
 *
 * @param users names or numeric ids
 * @param groups names or numeric ids; their members may register
 * @param isDefault true when the file does not have the section
 */
public record AllowAccounts(List<String> users, List<String> groups, boolean isDefault) {
    /** The default: root and whoever runs the service. */
    public static final AllowAccounts DEFAULT = new AllowAccounts(List.of(), List.of(), true);

    public AllowAccounts {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    /** Exactly these. */
    public static AllowAccounts of(List<String> users, List<String> groups) {
        return new AllowAccounts(users, groups, false);
    }

    static AllowAccounts of(ConfigFile file) throws ConfigException {
        if (!file.hasSection("allowAccounts")) {
            return DEFAULT;
        }
        var accounts = of(file.value(Settings.ALLOWED_USERS), file.value(Settings.ALLOWED_GROUPS));
        if (accounts.users().isEmpty() && accounts.groups().isEmpty()) {
            throw file.refuse(
                    "allowAccounts",
                    "nobody is listed, so nobody could register; list users or groups, or remove the section to allow root and"
                            + " the service's own user");
        }
        return accounts;
    }
}
