package dev.nettcp.sharing.worker;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.sharing.HandoverHeader;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** What a recording of the JDK's Flight Recorder tells of a connection that this worker has taken over. */
@Name("dev.nettcp.Handover")
@Label("Handover")
@Description(
        "A connection came from the port sharing service: from the descriptor that is ours to the acceptor that serves it")
@Category("nettcp")
@StackTrace(false)
@Threshold("0 ms")
final class HandoverFlight extends Event {
    @Label("Via")
    @Nullable
    String via;

    @Label("Client Address")
    @Nullable
    String client;

    @Label("Bytes Read Before")
    @Description("What the service had read of the connection")
    @DataAmount
    int bytesRead;

    void commit(HandoverHeader header) {
        if (shouldCommit()) {
            via = header.via();
            client = ConnectionAddresses.text(header.remote());
            bytesRead = header.bytesRead().readableBytes();
            commit();
        }
    }
}
