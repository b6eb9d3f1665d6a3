package dev.nettcp.sharing.worker.simulation;

import java.util.HashSet;
import java.util.Set;

/** What service and workers have in common: they hold descriptors, stall, and die. */
abstract class Party {
    private final String name;

    /** The connections of which it has a descriptor. */
    final Set<Connection> descriptors = new HashSet<>();

    boolean alive = true;
    boolean stalled;

    Party(String name) {
        this.name = name;
    }

    boolean runs() {
        return alive && !stalled;
    }

    void gets(Connection connection) {
        if (descriptors.add(connection)) {
            connection.copies++;
        }
    }

    void closes(Connection connection) {
        if (descriptors.remove(connection)) {
            connection.copies--;
        }
    }

    /** The kernel closes what it had; what it owned is lost with it, and nothing else. */
    void die() {
        alive = false;
        stalled = false;
        for (Connection connection : Set.copyOf(descriptors)) {
            closes(connection);
            if (connection.owner == this) {
                connection.end("lost with " + this);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
