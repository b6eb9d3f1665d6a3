package dev.nettcp.sharing;

import dev.nettcp.framing.via.HostNameComparisonMode;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * One message between a worker (or an operator's command) and the port sharing service. Layout, order and meaning of every
 * message: {@code docs/registration-protocol.md}.
 *
 * <p>Identifiers and sequence numbers are unsigned 32-bit numbers, chosen by who sends first and echoed in the answer.
 */
public sealed interface ControlMessage {

    // ---- opening a control session -------------------------------------------------------------------------------

    /**
     * First message of a control session, worker to service.
     *
     * @param product name and version of the sender's software, for the operator
     * @param features names of what the sender can do beyond the base protocol; unknown names are ignored
     */
    record Hello(ProtocolVersion version, String product, List<String> features) implements ControlMessage {
        public Hello {
            features = List.copyOf(features);
        }
    }

    /** The answer to {@link Hello}: the session is open. */
    record Welcome(ProtocolVersion version, String product, List<String> features) implements ControlMessage {
        public Welcome {
            features = List.copyOf(features);
        }
    }

    /** The service ends this socket, and why. May come at any time, even before the first message is sent. */
    record Refused(StatusCode status, String text) implements ControlMessage {}

    // ---- a registration ------------------------------------------------------------------------------------------

    /** Asks for the one registration of this session; worker to service, once. */
    record Register(String baseAddress, HostNameComparisonMode mode) implements ControlMessage {}

    /**
     * The answer to {@link Register}. With any other status than success the service ends the session within 2 s.
     *
     * @param token opens the lanes of this registration; all zero unless the status is success
     * @param lanes how many handover lanes the service will use, at least 1; more are refused
     */
    record Registered(StatusCode status, String text, LaneToken token, int lanes) implements ControlMessage {}

    /** Asks to whom a via leads now, for a connection that arrived at {@code local}. */
    record Validate(long id, String via, InetSocketAddress local) implements ControlMessage {}

    record Validated(long id, RouteOwner owner) implements ControlMessage {}

    /** Gives the registration back; may be repeated. */
    record Unregister() implements ControlMessage {}

    /** The registration is gone, whether by this request or before. */
    record Unregistered() implements ControlMessage {}

    // ---- questions of an operator --------------------------------------------------------------------------------

    /** A command of an operator with named arguments, in a session that holds no registration. */
    record AdminRequest(long id, String command, Map<String, String> arguments) implements ControlMessage {
        public AdminRequest {
            arguments = OrderedMaps.copyOf(arguments);
        }
    }

    /** One row of the answer: named values in the order in which they are shown. Any number of rows, then the end. */
    record AdminRow(long id, Map<String, String> values) implements ControlMessage {
        public AdminRow {
            values = OrderedMaps.copyOf(values);
        }
    }

    /** End of the answer; the text says why the status is not success. */
    record AdminEnd(long id, StatusCode status, String text) implements ControlMessage {}

    // ---- lanes ---------------------------------------------------------------------------------------------------

    /** First message on a socket that becomes a lane of the registration that was given the token. */
    record LaneHello(LaneToken token, LaneDirection direction) implements ControlMessage {}

    /** The answer to {@link LaneHello}: the lane is open, its offering end may begin. */
    record LaneOpened() implements ControlMessage {}

    /** A message on an open lane; {@link LaneSender} and {@link LaneReceiver} are the rules of their order. */
    sealed interface LaneMessage extends ControlMessage {
        long sequence();
    }

    record Offer(long sequence, HandoverHeader header) implements LaneMessage {}

    /** There is room: the descriptor may come now. */
    record Ready(long sequence) implements LaneMessage {}

    /** The ownership moves with the writing of this message. */
    record Taken(long sequence) implements LaneMessage {}

    /** Instead of {@link Ready} or of {@link Taken}. */
    record Declined(long sequence, DeclineReason reason, String text) implements LaneMessage {}

    // ---- what later versions add -----------------------------------------------------------------------------------

    /** An optional message (type 0x8000 and above) that this version does not know; it is skipped. */
    record Unknown(int type) implements ControlMessage {}
}
