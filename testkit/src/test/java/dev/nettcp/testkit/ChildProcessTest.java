package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeftovers.class)
class ChildProcessTest {

    /** A child that starts another one and tells its pid. */
    static final class Parent {
        public static void main(String[] args) {
            ChildProcess grandchild = JavaProcess.of(Parrot.class).start();
            grandchild.awaitLine("ready"::equals);
            System.out.println("grandchild " + grandchild.pid());
            Waiting.until("the end", Waiting.LIMIT.multipliedBy(3), () -> !grandchild.isAlive());
        }
    }

    /** Says what it is told until its input ends. */
    static final class Parrot {
        public static void main(String[] args) {
            System.out.println("ready");
            new Scanner(System.in, StandardCharsets.UTF_8).forEachRemaining(System.out::println);
        }
    }

    @Test
    void aChildSaysWhatItIsToldAndEndsWhenItIsTerminated() {
        try (ChildProcess parrot = JavaProcess.of(Parrot.class).start()) {
            parrot.awaitLine("ready"::equals);
            parrot.tell("hello");
            assertThat(parrot.awaitLineStartingWith("hel")).isEqualTo("hello");
            assertThat(parrot.terminate()).isEqualTo(143);
        }
    }

    @Test
    void whatAChildSaidAndWhetherItRunsIsToldWhenALineDoesNotCome() {
        try (ChildProcess parrot = JavaProcess.of(Parrot.class).start()) {
            parrot.awaitLine("ready"::equals);

            assertThatThrownBy(() -> parrot.awaitLine(Duration.ofMillis(50), "never"::equals))
                    .hasMessageContaining(
                            "waited PT0.05S in vain: a line of Parrot (pid " + parrot.pid() + ", running)")
                    .hasMessageContaining("standard output:\n  ready");
            parrot.kill();
            assertThatThrownBy(() -> parrot.awaitLine("never"::equals))
                    .hasMessageContaining("ended with status 137")
                    .hasMessageContaining("standard error: nothing");
        }
    }

    @Test
    void aStoppedChildDoesNothingUntilItIsResumed() {
        try (ChildProcess parrot = JavaProcess.of(Parrot.class).start()) {
            parrot.awaitLine("ready"::equals);
            parrot.stop();
            parrot.tell("later");
            assertThat(parrot.output()).doesNotContain("later");
            parrot.resume();
            parrot.awaitLine("later"::equals);
        }
    }

    @Test
    void aStoppedChildIsGoneAfterClose() {
        ChildProcess parrot = JavaProcess.of(Parrot.class).start();
        try (parrot) {
            parrot.awaitLine("ready"::equals);
            parrot.stop();
        }
        assertThat(parrot.isAlive()).isFalse();
    }

    @Test
    void aChildDiesWithItsParentAlsoWhenThatIsKilled() {
        try (ChildProcess parent = JavaProcess.of(Parent.class).start()) {
            String line = parent.awaitLineStartingWith("grandchild ");
            long grandchild = Long.parseLong(line.substring("grandchild ".length()));

            parent.kill();

            Waiting.until(
                    "the grandchild is gone",
                    () -> ProcessHandle.of(grandchild)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    @Test
    void variablesAreSetAndRemoved() {
        List<String> command = List.of("sh", "-c", "echo ${ADDED-none} ${HOME-none}; exit 3");
        try (ChildProcess shell = ChildProcess.start(command, Map.of("ADDED", "yes", "HOME", ""))) {
            assertThat(shell.awaitExit(Waiting.LIMIT)).isEqualTo(3);
            assertThat(shell.output()).containsExactly("yes none");
        }
    }

    @Test
    void aProcessThatEndsWithoutTheLineIsAFailureThatShowsWhatItWrote() {
        try (ChildProcess shell = ChildProcess.start(List.of("sh", "-c", "echo no; echo trouble >&2"))) {
            assertThatThrownBy(() -> shell.awaitLine("yes"::equals))
                    .hasMessageContaining("ended without the expected line")
                    .hasMessageContaining("standard output:\n  no\nstandard error:\n  trouble");
        }
    }
}
