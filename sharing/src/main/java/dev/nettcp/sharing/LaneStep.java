package dev.nettcp.sharing;

import java.util.List;

/**
 * Where an event leads: the next state, and what is to be done, in this order.
 *
 * @param <S> the states of one end of a lane
 */
public record LaneStep<S>(S next, List<LaneEffect> effects) {
    public LaneStep {
        effects = List.copyOf(effects);
    }

    static <S> LaneStep<S> to(S next, LaneEffect... effects) {
        return new LaneStep<>(next, List.of(effects));
    }

    static <S> LaneStep<S> ignored(S same) {
        return new LaneStep<>(same, List.of());
    }
}
