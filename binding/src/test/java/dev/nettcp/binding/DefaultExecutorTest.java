package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultExecutorTest {

    /** A JDK 17. */
    public static final class WithoutVirtualThreads {}

    /** A JDK 19 or 20 without {@code --enable-preview}. */
    public static final class AsAPreview {
        @SuppressWarnings("DoNotCallSuggester")
        public static Executor newVirtualThreadPerTaskExecutor() {
            throw new UnsupportedOperationException("Preview Features not enabled, need to run with --enable-preview");
        }
    }

    /** A JDK 21. */
    public static final class WithVirtualThreads {
        private static final Executor EXECUTOR = Runnable::run;

        public static Executor newVirtualThreadPerTaskExecutor() {
            return EXECUTOR;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {WithoutVirtualThreads.class, AsAPreview.class})
    void aJdkThatGivesNoVirtualThreadsGetsAPool(Class<?> executors) {
        Executor pool = DefaultExecutor.create(executors);

        assertThat(pool).isInstanceOf(ForkJoinPool.class);
        ((ForkJoinPool) pool).shutdown();
    }

    @Test
    void whereThereAreVirtualThreadsTheyAreTaken() {
        assertThat(DefaultExecutor.create(WithVirtualThreads.class)).isSameAs(WithVirtualThreads.EXECUTOR);
    }
}
