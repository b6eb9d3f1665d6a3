package dev.nettcp.cli.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one call.
 *
 * @param expectedWorker the process that serves this via
 * @param worker the process that answered, by its own word
 * @param result what it answered; absent when there was no answer
 * @param failure why there was none; empty otherwise
 */
record Answer(
        String via,
        long expectedWorker,
        Calculation calculation,
        Optional<Long> worker,
        Optional<Double> result,
        Duration latency,
        String failure) {

    /** What is wrong with it, if anything is. */
    Optional<String> complaint() {
        String call = calculation + " at " + via;
        if (result.isEmpty()) return Optional.of(call + " was not answered: " + failure);
        if (!result.get().equals(calculation.expected())) {
            return Optional.of(call + " should have given " + Calculation.text(calculation.expected()));
        }
        if (!worker.equals(Optional.of(expectedWorker))) {
            return Optional.of(call + " should have been answered by process " + expectedWorker);
        }
        return Optional.empty();
    }
}
