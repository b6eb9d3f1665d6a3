package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

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
}
