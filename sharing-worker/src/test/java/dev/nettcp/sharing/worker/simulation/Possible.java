package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.worker.simulation.Seen.Moment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What has to be seen in the histories: all there is in the tables, but for what cannot happen. */
final class Possible {
    /** Moments that cannot come about, by the names of their states and of what happens, and why. */
    private record Never(Pattern state, Pattern what, String why) {
        static Never never(String state, String what, String why) {
            return new Never(Pattern.compile(state), Pattern.compile(what), why);
        }

        boolean is(Moment moment) {
            return state.matcher(moment.state()).matches()
                    && what.matcher(moment.what()).matches();
        }
    }

    private static final List<Never> NEVER = List.of(
            Never.never(
                    "LaneReceiver.AwaitingDescriptor",
                    "any message|Malformed",
                    "the lane is read for descriptors, and bytes without one vanish"),
            Never.never(
                    "LaneReceiver.Closed",
                    "DescriptorAccepted.*|RoomFound.*",
                    "the kernel closes what is on its way to a closed lane; these rules are for a driver that is just at work on it"),
            Never.never("Lane.*Closed", "[A-Z_]+", "nothing can hit an end that is closed"),

            // what hits a connection that arrives, or a wait
            Never.never(
                    "LaneReceiver.(Idle|ReadyAhead|WaitingForRoom|WritingTaken.*)",
                    "DECLINED|DESCRIPTOR_LOST|WRONG_DESCRIPTOR|DESCRIPTOR_LATE",
                    "only a lane that awaits a descriptor receives one, or waits in vain"),
            Never.never(
                    "LaneSender.(Idle|ReadyAhead|Offered)",
                    "DECLINED|DESCRIPTOR_LOST|WRONG_DESCRIPTOR",
                    "its descriptor is not out"),
            Never.never("LaneSender.(Idle|ReadyAhead|Passing|Draining)", "READY_LATE", "it does not wait for Ready"),
            Never.never("LaneSender.(Idle|ReadyAhead|Offered|Draining)", "TAKEN_LATE", "it does not wait for Taken"),
            Never.never(
                    "LaneReceiver.WritingTaken.*",
                    "READY_LATE",
                    "the sender waits for Taken, not for Ready: its descriptor is here"),

            // what hits a session
            Never.never(
                    "Registration.(Created|Opening.*|Waiting|Ended)",
                    "SESSION_ENDED|REQUEST_LOST|ANSWER_LOST",
                    "it has no session"),
            Never.never("Registration.(Created|Waiting)", "ANSWER_LATE", "it waits for no answer"),
            Never.never(
                    "Registration.Holding", "REQUEST_LOST|ANSWER_LOST", "nothing has been asked that is not answered"));

    /** What can happen, and is not asked for. */
    private static final List<Never> HARDLY_EVER = List.of(Never.never(
            "LaneSender.(Idle|ReadyAhead)",
            "DESCRIPTOR_LATE",
            "only if the receiver has declined what it waits for, against all rules"));

    private Possible() {}

    /** Every transition of the tables, and every disturbance in every state. */
    static Set<Moment> moments() {
        Set<Moment> possible = all();
        possible.removeIf(moment -> isIn(NEVER, moment) || isIn(HARDLY_EVER, moment));
        return possible;
    }

    /** Those that must not be seen. */
    static Set<Moment> impossible() {
        Set<Moment> impossible = all();
        impossible.removeIf(moment -> !isIn(NEVER, moment));
        return impossible;
    }

    private static boolean isIn(List<Never> list, Moment moment) {
        return list.stream().anyMatch(never -> never.is(moment));
    }

    private static Set<Moment> all() {
        Set<Moment> all = new TreeSet<>(Tables.transitions());
        all.addAll(Tables.disturbances());
        return all;
    }
}
