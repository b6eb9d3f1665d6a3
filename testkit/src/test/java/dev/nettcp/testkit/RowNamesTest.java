package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RowNamesTest {

    @Test
    void aFailureSaysInWhichRowItWas() {
        assertThatThrownBy(() -> RowNames.named("frame-err-27: a via of 2049 bytes", () -> {
                    throw new AssertionError("expected a fault");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected a fault")
                .satisfies(failure -> assertThatThrownBy(() -> {
                            throw failure.getSuppressed()[0];
                        })
                        .hasMessage("frame-err-27: a via of 2049 bytes"));
    }

    @Test
    void whatWasNotRunHasNotFailed() {
        TestAbortedException aborted = new TestAbortedException("no peer");

        assertThatThrownBy(() -> RowNames.named("row", () -> {
                    throw aborted;
                }))
                .isSameAs(aborted)
                .hasNoSuppressedExceptions();
    }
}
