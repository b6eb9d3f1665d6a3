package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox<String> inbox = new Inbox<>();

    @Test
    void whatArrivesFirstComesFirst() {
        inbox.offer("a", 1);
        inbox.offer("b", 1);

        assertThat(inbox.next()).isEqualTo("a");
        assertThat(inbox.next()).isEqualTo("b");
        assertThat(inbox.next()).isNull();
    }

    @Test
    void onlyOneWorksOnIt() {
        assertThat(inbox.offer("a", 1)).isTrue();
        assertThat(inbox.offer("b", 1)).isFalse();
        inbox.next();
        inbox.next();
        assertThat(inbox.offer("c", 1)).isFalse();
        inbox.next();
        assertThat(inbox.next()).isNull();
        assertThat(inbox.offer("d", 1)).isTrue();
    }

    @Test
    void readingPausesWhenTooManyMessagesWait() {
        for (int i = 0; i < Inbox.MESSAGES; i++) {
            assertThat(inbox.hasRoom(false)).isTrue();
            inbox.offer("m" + i, 1);
        }
        assertThat(inbox.hasRoom(false)).isFalse();
        inbox.next();
        assertThat(inbox.hasRoom(false)).isTrue();
    }

    @Test
    void readingPausesWhenTooManyBytesWait() {
        inbox.offer("large", Inbox.BYTES);

        assertThat(inbox.hasRoom(false)).isFalse();
        inbox.next();
        assertThat(inbox.hasRoom(false)).isTrue();
    }

    @Test
    void readingGoesOnForAWhileAfterThatWhenACallWaitsForItsReply() {
        for (int i = 0; i < Inbox.MESSAGES; i++) {
            inbox.offer("m" + i, 1);
        }
        assertThat(inbox.hasRoom(true)).isTrue();
        for (int i = 0; i < Inbox.MESSAGES * Inbox.WHILE_CALLING; i++) {
            inbox.offer("m" + i, 1);
        }
        assertThat(inbox.hasRoom(true)).isFalse();
    }

    @Test
    void whatWasClearedDoesNotCome() {
        inbox.offer("a", Inbox.BYTES);
        inbox.clear();

        assertThat(inbox.hasRoom(false)).isTrue();
        assertThat(inbox.next()).isNull();
    }

    @Test
    void whoPutsItDownLeavesNothingAndTheTurnToTheNext() {
        inbox.offer("a", 1);
        inbox.offer("b", 1);

        inbox.putDown();

        assertThat(inbox.offer("c", 1)).isTrue();
        assertThat(inbox.next()).isEqualTo("c");
    }

    @Test
    void whoPutsItDownHandsOverToWhoWantsBack() {
        inbox.offer("a", 1);
        inbox.next();
        inbox.leave();
        assertThat(inbox.isAnybodyAway()).isTrue();
        inbox.offer("b", 1);
        CompletableFuture<Void> turn = inbox.comeBack();

        inbox.putDown();

        assertThat(turn).isDone();
        assertThat(inbox.isAnybodyAway()).isFalse();
        assertThat(inbox.offer("c", 1)).isFalse();
    }

    @Test
    void whoLeavesInTheMiddleLetsOthersWork() {
        inbox.offer("a", 1);
        inbox.next();
        assertThat(inbox.leave()).isFalse();

        assertThat(inbox.offer("b", 1)).isTrue();
        assertThat(inbox.next()).isEqualTo("b");
    }

    @Test
    void whoLeavesWorkBehindFindsSomebodyForIt() {
        inbox.offer("a", 1);
        inbox.offer("b", 1);
        inbox.next();

        assertThat(inbox.leave()).isTrue();
        assertThat(inbox.offer("c", 1)).isFalse();
    }

    @Test
    void whoComesBackWaitsForTheTurnAndGoesBeforeNewWork() {
        inbox.offer("a", 1);
        inbox.offer("b", 1);
        inbox.offer("c", 1);
        assertThat(inbox.next()).isEqualTo("a");
        assertThat(inbox.leave()).isTrue();
        assertThat(inbox.next()).isEqualTo("b");

        CompletableFuture<Void> turn = inbox.comeBack();
        assertThat(turn).isNotDone();
        assertThat(inbox.next()).isNull();
        assertThat(turn).isDone();
        assertThat(inbox.next()).isEqualTo("c");
    }

    @Test
    void whoComesBackToNobodyHasTheTurnAtOnce() {
        inbox.offer("a", 1);
        inbox.next();
        inbox.leave();

        assertThat(inbox.comeBack()).isDone();
        assertThat(inbox.offer("b", 1)).isFalse();
    }

    @Test
    void whoLeavesHandsOverToWhoWantsBack() {
        inbox.offer("a", 1);
        inbox.offer("b", 1);
        inbox.next();
        inbox.leave();
        inbox.next();
        CompletableFuture<Void> turn = inbox.comeBack();

        assertThat(inbox.leave()).isFalse();
        assertThat(turn).isDone();
    }
}
