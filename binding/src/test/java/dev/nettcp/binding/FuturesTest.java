package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FuturesTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<String> second = new CompletableFuture<>();
    private final CompletableFuture<String> result = Futures.orElse(first, SessionOverException.class, () -> {
        attempts.incrementAndGet();
        return second;
    });

    @Test
    void whatSucceedsIsNotRepeated() {
        first.complete("one");

        assertThat(result).isCompletedWithValue("one");
        assertThat(attempts).hasValue(0);
    }

    @Test
    void anotherFailureIsNotRepeated() {
        first.completeExceptionally(new IllegalStateException("another"));

        assertThatThrownBy(result::join).hasRootCauseMessage("another");
        assertThat(attempts).hasValue(0);
    }

    @Test
    void theSecondAttemptDecides() {
        first.completeExceptionally(new SessionOverException(new IllegalStateException("over")));
        assertThat(result).isNotDone();

        second.completeExceptionally(new SessionOverException(new IllegalStateException("over again")));

        assertThatThrownBy(result::join).hasRootCauseMessage("over again");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void cancellingItCancelsWhatIsUnderWay() {
        result.cancel(false);

        assertThat(first).isCancelled();
        assertThat(attempts).hasValue(0);
    }

    @Test
    void cancellingItCancelsTheSecondAttempt() {
        first.completeExceptionally(new SessionOverException(new IllegalStateException("over")));

        result.cancel(false);

        assertThat(second).isCancelled();
    }
}
