package dev.nettcp.binding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

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

    /** What depends on a result may block, so it does not run here; unless the executor has been shut down meanwhile. */
    static void later(Executor executor, Runnable dependents) {
        try {
            executor.execute(dependents);
        } catch (RuntimeException | Error e) { // above all a RejectedExecutionException
            dependents.run();
        }
    }
}
