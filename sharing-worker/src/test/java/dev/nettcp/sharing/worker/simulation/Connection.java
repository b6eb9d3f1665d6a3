package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.HandoverHeader;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A client's connection, with the truth about it that no single process knows. */
final class Connection {
    private static final InetSocketAddress END = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);

    final int id;
    final HandoverHeader header;

    /** Which address its present preamble is for. */
    int destination;

    /** Whose it is: the sender's until Taken is in the lane. Null when it is over. */
    @Nullable
    Party owner;

    /** Descriptors of it, in processes and on their way. */
    int copies;

    /** Of the present preamble. */
    int adoptions;

    int returns;

    /** Whether it takes one of the places of the worker that has it: from the reservation until its session is open. */
    boolean holdsPlace;

    /** How many more preambles its client sends. */
    int preamblesToCome;

    boolean hasArrived;
    private @Nullable String end;

    Connection(int id, int destination) {
        this.id = id;
        this.destination = destination;
        this.header = new HandoverHeader("net.tcp://h/" + id, END, END, Unpooled.EMPTY_BUFFER);
    }

    boolean isOver() {
        return end != null;
    }

    /** Whoever does something to a connection must own it, and alone. */
    void touchedBy(Party process, String what) {
        if (!process.equals(owner) || end != null) {
            throw new AssertionError("%s %s %s, which is %s".formatted(process, what, this, state()));
        }
    }

    void end(String how) {
        end = how;
        owner = null;
    }

    void nextPreamble(int newDestination) {
        destination = newDestination;
        adoptions = 0;
        returns = 0;
    }

    String state() {
        return end == null ? owner + "'s" : "over: " + end;
    }

    @Override
    public String toString() {
        return "connection " + id;
    }
}
