package dev.nettcp.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition, with a limit; what was waited for is named in the failure. */
public final class Waiting {

    /** Long enough for a busy machine; only a failing test ever waits that long. */
    public static final Duration LIMIT = Duration.ofSeconds(40);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Waiting() {}

    public static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    public static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until the supplier has a value. */
    public static <T> T value(String what, Supplier<Optional<T>> supplier) {
        return value(what, LIMIT, supplier);
    }

    public static <T> T value(String what, Duration limit, Supplier<Optional<T>> supplier) {
        return value(() -> what, limit, supplier);
    }

    /** As above; what was waited for is described only when it was in vain, so it can tell how far things had come. */
    public static <T> T value(Supplier<String> what, Duration limit, Supplier<Optional<T>> supplier) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> value = supplier.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited %s in vain: %s".formatted(limit, what.get()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The result of a stage; its exception is thrown as it is, if it is unchecked, else inside an AssertionError. */
    public static <T> T result(String what, CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("waited %s in vain: %s".formatted(LIMIT, what), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + what, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError(what + ": " + e.getCause(), e.getCause());
        }
    }
}
