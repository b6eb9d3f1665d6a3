package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Figure.Goal;
import org.jspecify.annotations.Nullable;

/** How many call at the same time, each on a thread of its own, and how much goes there and back with each call. */
enum Scene {
    MANY_SMALL("64 callers, 100 B", 64, 100, new Goals(Goal.atLeast(3), Goal.atLeast(4), Goal.atLeast(0.6))),
    MANY_LARGE("64 callers, 64 KiB", 64, 64 << 10, new Goals(Goal.atLeast(2), Goal.atLeast(6), Goal.atLeast(0.65))),
    ONE_SMALL("1 caller, 100 B", 1, 100, new Goals(Goal.atLeast(1.5), Goal.atLeast(1.5), Goal.atLeast(0.6))),
    ONE_LARGE("1 caller, 64 KiB", 1, 64 << 10, new Goals(null, Goal.atLeast(6), Goal.atLeast(0.65)));

    final String title;
    final int callers;
    final int size;

    @SuppressWarnings("ImmutableEnumChecker") // a record of records of numbers
    private final Goals goals;

    Scene(String title, int callers, int size, Goals goals) {
        this.title = title;
        this.callers = callers;
        this.size = size;
        this.goals = goals;
    }

    Goals goals() {
        return goals;
    }

    /** How many times as many calls a second are wanted; null: it is told for its own sake. */
    record Goals(@Nullable Goal grpc, Goal cxf, Goal netty) {}
}
