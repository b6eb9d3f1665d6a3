package dev.nettcp.binding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** As the source, but that its failure is named as this layer does; when somebody asks, since many sessions end that nobody asks for. */
    static <T> CompletableFuture<T> named(CompletableFuture<T> source) {
        CompletableFuture<T> result = new CompletableFuture<>();
        source.handle((value, failure) ->
                failure == null ? result.complete(value) : result.completeExceptionally(Failures.of(failure)));
        return result;
    }

    /** Tells the failure as it is, or that there is none; without the exception in which a dependent future would wrap it. */
    static void tell(CompletableFuture<?> source, Consumer<@Nullable Throwable> action) {
        source.handle((value, failure) -> {
            action.accept(failure);
            return null;
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
