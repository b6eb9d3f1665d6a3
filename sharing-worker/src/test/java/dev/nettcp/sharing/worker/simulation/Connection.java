package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.HandoverHeader;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A client's connection, with the truth about it that no single process knows. */
final class Connection {
    static final InetSocketAddress END = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);

    final int id;
    final HandoverHeader header;

    /** Which address its present preamble is for. */
    Address destination;

    /** Whose it is: the sender's until Taken is in the lane. Null when it is over. */
    @Nullable
    Party owner;

    /** Descriptors of it, in processes and on their way. */
    int copies;

    /** Of the present preamble. */
    int adoptions;

    int returns;

    /** Whose worker gave it back for the present preamble. */
    @Nullable
    Worker returnedBy;

    /** Where the service had to send it when it routed it last. */
    @Nullable
    Session route;

    /** Since it came to the service: offers that failed, each because of a disturbance; and whether its time there is over. */
    int failedOffers;

    boolean late;

    /** Whether it takes one of the places of the worker that has it: from the reservation until its session is open. */
    boolean holdsPlace;

    /** How many more preambles its client sends. */
    int preamblesToCome;

    boolean hasArrived;
    private @Nullable End end;

    Connection(int id, Address destination) {
        this.id = id;
        this.destination = destination;
        this.header = new HandoverHeader("net.tcp://h/" + id, END, END, Unpooled.EMPTY_BUFFER);
    }

    boolean isOver() {
        return end != null;
    }

    @Nullable
    End end() {
        return end;
    }

    /** Whoever does something to a connection must own it, and alone. */
    void touchedBy(Party process, String what) {
        if (!process.equals(owner) || end != null) {
            throw new AssertionError("%s %s %s, which is %s".formatted(process, what, this, state()));
        }
    }

    void end(End how) {
        end = how;
        owner = null;
    }

    void nextPreamble(Address newDestination) {
        destination = newDestination;
        adoptions = 0;
        returns = 0;
        returnedBy = null;
        route = null;
    }

    String state() {
        return end == null ? owner + "'s" : "over: " + end;
    }

    @Override
    public String toString() {
        return "connection " + id;
    }
}
