package dev.nettcp.sharing.worker.simulation;

import java.util.ArrayList;
import java.util.List;

/** What service and workers have in common: they hold descriptors, stall, and die. */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
abstract class Party {
    private final String name;

    /** Its descriptors. There may be two of one connection: an old one that is to be closed, and the one it owns it by. */
    private final List<Connection> descriptors = new ArrayList<>();

    boolean alive = true;
    boolean stalled;

    Party(String name) {
        this.name = name;
    }

    boolean runs() {
        return alive && !stalled;
    }

    void gets(Connection connection) {
        descriptors.add(connection);
        connection.copies++;
    }

    void closes(Connection connection) {
        if (descriptors.remove(connection)) {
            connection.copies--;
        }
    }

    /** The end of a connection that is its own. */
    void ends(Connection connection, End how) {
        connection.touchedBy(this, "ends");
        connection.end(how);
        closes(connection);
    }

    /** The kernel closes what it had; what it owned is lost with it, and nothing else. */
    void die() {
        alive = false;
        stalled = false;
        for (Connection connection : List.copyOf(descriptors)) {
            closes(connection);
            if (connection.owner == this) {
                connection.end(End.LOST_WITH_OWNER);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
