package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.worker.Registration;
import dev.nettcp.sharing.worker.RegistrationEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often what was seen in the histories: which events in which states, and which disturbances in which states. */
final class Seen {
    /** Something that happens in a state of one of the tables. */
    record Moment(String state, String what) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int byState = state.compareTo(other.state);
            return byState != 0 ? byState : what.compareTo(other.what);
        }

        @Override
        public String toString() {
            return state + " × " + what;
        }
    }

    private static final class Count {
        private long times;
    }

    private final Map<Moment, Count> counts = new HashMap<>();

    void event(LaneSender state, LaneEvent event) {
        count(Names.of(state), Names.of(event, state));
    }

    void event(LaneReceiver state, LaneEvent event) {
        count(Names.of(state), Names.of(event, state));
    }

    void event(Registration state, RegistrationEvent event) {
        count(Names.of(state), Names.of(event, state));
    }

    void disturbed(LaneSender state, Disturbance disturbance) {
        count(Names.of(state), disturbance.name());
    }

    void disturbed(LaneReceiver state, Disturbance disturbance) {
        count(Names.of(state), disturbance.name());
    }

    void disturbed(Registration state, Disturbance disturbance) {
        count(Names.of(state), disturbance.name());
    }

    private void count(String state, String what) {
        counts.computeIfAbsent(new Moment(state, what), moment -> new Count()).times++;
    }

    long times(Moment moment) {
        Count count = counts.get(moment);
        return count == null ? 0 : count.times;
    }

    /** Those of these moments that were seen less often. */
    List<String> seldom(Set<Moment> moments, int times) {
        return moments.stream()
                .filter(moment -> times(moment) < times)
                .map(moment -> moment + ": " + times(moment))
                .toList();
    }

    /** Those of these moments that were seen. */
    List<String> atAll(Set<Moment> moments) {
        return moments.stream()
                .filter(moment -> times(moment) > 0)
                .map(Moment::toString)
                .toList();
    }
}
