package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.soap.UniqueId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallTableTest {
    private final CallTable calls = new CallTable();

    private CallTable.Call enter() {
        CallTable.Call call = new CallTable.Call(UniqueId.next(), "urn:a", new CompletableFuture<>());
        assertThat(calls.enter(call)).isNull();
        return call;
    }

    @Test
    void aReplyFindsItsCallOnce() {
        CallTable.Call first = enter();
        CallTable.Call second = enter();

        assertThat(calls.answered(second.id())).contains(second);
        assertThat(calls.answered(second.id())).isEmpty();
        assertThat(calls.answered(first.id())).contains(first);
        assertThat(calls.isEmpty()).isTrue();
    }

    @Test
    void aReplyToNobodyIsNotLate() {
        assertThat(calls.answered(UniqueId.parse("urn:unknown"))).isEmpty();
        assertThat(calls.isLate(UniqueId.parse("urn:unknown"))).isFalse();
    }

    @Test
    void theReplyToAnAbandonedCallIsLateOnce() {
        CallTable.Call call = enter();

        assertThat(calls.abandon(call.id())).isTrue();
        assertThat(calls.abandon(call.id())).isFalse();

        assertThat(calls.answered(call.id())).isEmpty();
        assertThat(calls.isLate(call.id())).isTrue();
        assertThat(calls.isLate(call.id())).isFalse();
    }

    @Test
    void theOldestAbandonedCallsAreForgotten() {
        CallTable.Call oldest = enter();
        calls.abandon(oldest.id());
        for (int i = 0; i < 1024; i++) {
            calls.abandon(enter().id());
        }

        assertThat(calls.isLate(oldest.id())).isFalse();
    }

    @Test
    void closingGivesAllCallsAndLetsNoneIn() {
        CallTable.Call call = enter();
        IOException cause = new IOException("the end");

        assertThat(calls.close(cause)).containsExactly(call);
        assertThat(calls.close(new IOException("again"))).isEmpty();
        assertThat(calls.enter(new CallTable.Call(UniqueId.next(), "urn:a", new CompletableFuture<>())))
                .isSameAs(cause);
    }

    @Test
    void twoRequestsWithOneIdAreAnError() {
        CallTable.Call call = enter();

        assertThatThrownBy(() -> calls.enter(call))
                .hasMessageContaining(call.id().toString());
    }
}
