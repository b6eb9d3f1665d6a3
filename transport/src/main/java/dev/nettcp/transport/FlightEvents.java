package dev.nettcp.transport;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * What is written into a recording of the JDK's Flight Recorder. Nothing of a message is, only addresses, sizes and reasons; and no stack traces, which
 * would show an event loop. While nothing is recorded an event costs its allocation, which the compiler mostly removes.
 */
final class FlightEvents {

    private FlightEvents() {}

    @Name("dev.nettcp.LookUp")
    @Label("Host Look-up")
    @Description("A client asked for the addresses of a host")
    @Category("nettcp")
    @StackTrace(false)
    @Threshold("10 ms")
    static final class LookUp extends Event {
        @Label("Host")
        @Nullable
        String host;

        @Label("Addresses")
        @Description("How many were found")
        int addresses;

        @Label("Failure")
        @Nullable
        String failure;
    }

    @Name("dev.nettcp.Connect")
    @Label("Connect")
    @Description("A client tried to connect to one address")
    @Category("nettcp")
    @StackTrace(false)
    @Threshold("0 ms")
    static final class Connect extends Event {
        @Label("Via")
        @Nullable
        String via;

        @Label("Remote Address")
        @Nullable
        String remote;

        @Label("Failure")
        @Nullable
        String failure;
    }

    @Name("dev.nettcp.Upgrade")
    @Label("Upgrade")
    @Description("A stream was secured, from the agreement on it to the end of the handshake")
    @Category("nettcp")
    @StackTrace(false)
    @Threshold("0 ms")
    static final class Upgrade extends Event {
        @Label("Side")
        @Nullable
        String side;

        @Label("Remote Address")
        @Nullable
        String remote;

        @Label("Upgrade")
        @Nullable
        String upgrade;

        @Label("Mechanism")
        @Description("What the handshake agreed upon")
        @Nullable
        String mechanism;

        @Label("Failure")
        @Nullable
        String failure;
    }

    @Name("dev.nettcp.Session")
    @Label("Session")
    @Description("A session, from its acknowledgement to its end; written when it ends")
    @Category("nettcp")
    @StackTrace(false)
    @Threshold("0 ms")
    static final class SessionSpan extends Event {
        @Label("Side")
        @Nullable
        String side;

        @Label("Via")
        @Nullable
        String via;

        @Label("Remote Address")
        @Nullable
        String remote;

        @Label("Connection Reused")
        boolean reused;

        @Label("Envelopes Received")
        long envelopesReceived;

        @Label("Bytes Received")
        @DataAmount
        long bytesReceived;

        @Label("Envelopes Sent")
        long envelopesSent;

        @Label("Bytes Sent")
        @DataAmount
        long bytesSent;

        @Label("Failure")
        @Description("Empty if both sides have ended the session")
        @Nullable
        String failure;
    }

    @Name("dev.nettcp.Fault")
    @Label("Fault")
    @Description("A server refused a session, or gave it up, with a framing fault")
    @Category("nettcp")
    @StackTrace(false)
    static final class Fault extends Event {
        @Label("Side")
        @Description("SERVER: the fault was sent; CLIENT: it was received")
        @Nullable
        String side;

        @Label("Remote Address")
        @Nullable
        String remote;

        @Label("Fault")
        @Nullable
        String fault;

        @Label("Reason")
        @Nullable
        String reason;
    }

    @Name("dev.nettcp.Pool")
    @Label("Connection Pool")
    @Description("A client's pool of idle connections was used")
    @Category("nettcp")
    @StackTrace(false)
    static final class Pool extends Event {
        @Label("Action")
        @Nullable
        String action;

        @Label("Host")
        @Nullable
        String host;

        @Label("Port")
        int port;

        @Label("Idle Connections")
        @Description("In the whole pool, afterwards")
        int idle;
    }
}
