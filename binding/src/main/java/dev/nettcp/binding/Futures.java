package dev.nettcp.binding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Small things about futures. */
final class Futures {
    private Futures() {}

    /** {@code result} becomes what {@code source} becomes; cancelling the result cancels the source. */
    static <T> void follow(CompletableFuture<T> source, CompletableFuture<T> result) {
        source.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                source.cancel(false);
            }
        });
    }

    /** What {@code first} becomes, or, if it fails in that way, what another attempt becomes. Cancelling it cancels both. */
    static <T> CompletableFuture<T> orElse(
            CompletableFuture<T> first, Class<? extends Throwable> failing, Supplier<CompletableFuture<T>> another) {
        CompletableFuture<T> result = new CompletableFuture<>();
        first.whenComplete((value, failure) -> {
            boolean again = failure != null && failing.isInstance(Failures.unwrapped(failure)) && !result.isDone();
            follow(again ? another.get() : first, result);
        });
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                first.cancel(false);
            }
        });
        return result;
    }

    /** What depends on a result may block, so it does not run here; unless the executor has been shut down meanwhile. */
    static void later(Executor executor, Runnable dependents) {
        try {
            executor.execute(dependents);
        } catch (RuntimeException | Error e) { // above all a RejectedExecutionException
            dependents.run();
        }
    }
}
