package dev.nettcp.sharing.service.registration;

import java.util.Optional;
import java.util.Set;

/** Users and groups of this host. Look-ups may read files or ask a directory service, and so may take a while. */
public interface UserDatabase {
    /** The id of a user; the name may also be a number, which is its own id whether a user has it or not. */
    Optional<Integer> userId(String nameOrNumber);

    /** The id of a group; as {@link #userId}. */
    Optional<Integer> groupId(String nameOrNumber);

    Optional<String> userName(int uid);

    /** The names of the users whom a group lists as its members; those whose primary group it is are not among them. */
    Set<String> members(int gid);
}
