package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.nbfx.Quotas;
import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.soap.EncodedMessage;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.UniqueId;
import dev.nettcp.testkit.Hex;
import dev.nettcp.transport.ConnectionLostException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final FakeSession session = new FakeSession();
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<String> handled = new ArrayList<>();
    private final BinaryMessageEncoder peer = BinaryMessageEncoder.session(Quotas.BUFFERED);
    private final Conversation conversation = new Conversation(
            session,
            new Conversation.Parts(
                    BinaryMessageEncoder.session(Quotas.BUFFERED),
                    Addresser.ofServer("net.tcp://localhost:9000/service"),
                    new Dispatcher(new Dispatcher.Rules(null, this::handle, Set.of(), true, false)),
                    Set.of(),
                    Timeouts.DEFAULT,
                    executor::add,
                    Places.unlimited()));

    private @Nullable Message handle(Message message, MessageSession on) {
        handled.add(message.action());
        return message.messageId().isPresent() ? Message.empty("urn:reply") : null;
    }

    private void receive(Message message) throws Exception {
        try (EncodedMessage encoded = peer.encode(message)) {
            receive(encoded.toByteArray());
        }
    }

    private void receive(byte[] payload) {
        ByteBuf envelope = Unpooled.wrappedBuffer(payload);
        conversation.envelope(session, envelope);
        assertThat(envelope.refCnt()).isEqualTo(1);
    }

    private static Message request(String action) {
        return Message.empty(action)
                .withAddressing(new Addressing(action, UniqueId.next(), null, Namespaces.ANONYMOUS, "urn:to"));
    }

    private void runExecutor() {
        for (Runnable work = executor.poll(); work != null; work = executor.poll()) {
            work.run();
        }
    }

    @Test
    void nothingIsHandledOnTheEventLoop() throws Exception {
        receive(request("urn:a"));
        assertThat(handled).isEmpty();

        runExecutor();

        assertThat(handled).containsExactly("urn:a");
        assertThat(session.log).containsExactly("send");
    }

    @Test
    void readingPausesWhileTheHandlerLagsAndGoesOnWhenItCatchesUp() throws Exception {
        for (int i = 0; i < Inbox.MESSAGES - 1; i++) {
            receive(Message.empty("urn:a" + i));
        }
        assertThat(session.log).isEmpty();
        receive(Message.empty("urn:last"));
        assertThat(session.log).containsExactly("pause");

        runExecutor();

        assertThat(session.log).containsExactly("pause", "read");
        assertThat(handled).hasSize(Inbox.MESSAGES).endsWith("urn:last");
    }

    @Test
    void readingDoesNotPauseWhileACallWaitsForItsReply() throws Exception {
        conversation.requestAsync(Message.empty("urn:question"));

        for (int i = 0; i < 2 * Inbox.MESSAGES; i++) {
            receive(Message.empty("urn:a" + i));
        }

        assertThat(session.log).containsExactly("send");
    }

    @Test
    void readingGoesOnWhenACallBeginsBehindAFullInbox() throws Exception {
        for (int i = 0; i < Inbox.MESSAGES; i++) {
            receive(Message.empty("urn:a" + i));
        }
        assertThat(session.log).containsExactly("pause");

        conversation.requestAsync(Message.empty("urn:question"));

        assertThat(session.log).containsExactly("pause", "read", "send");
    }

    @Test
    void aPeerThatGoesOnWhileThisSideClosesIsHeldBackAsBefore() throws Exception {
        for (int i = 0; i < Inbox.MESSAGES; i++) {
            receive(Message.empty("urn:a" + i));
        }
        conversation.close();
        receive(Message.empty("urn:next"));

        assertThat(session.log).containsExactly("pause", "close", "pause");

        runExecutor();
        assertThat(session.log).containsExactly("pause", "close", "pause", "read");
    }

    @Test
    void whatNobodyForesawEndsTheSessionAndTheTurnIsPassedOn() throws Exception {
        session.cannotSend = true;
        receive(request("urn:a"));
        receive(request("urn:b"));

        runExecutor();

        assertThat(handled).containsExactly("urn:a");
        assertThat(session.log)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("abort: ").contains("no memory left"));
        conversation.closeWhenDone();
        runExecutor();
        assertThat(session.log).endsWith("close");
    }

    @Test
    void aMessageThatWasEncodedAndCannotBeSentEndsTheSession() {
        session.cannotSend = true;

        var reply = conversation.requestAsync(Message.empty("urn:question"));

        assertThat(reply).isCompletedExceptionally();
        assertThat(session.log).singleElement().asString().contains("encoded and could not be sent");
    }

    @Test
    void whatArrivesBehindTheEndOfThisSideIsNotHandled() throws Exception {
        receive(request("urn:a"));
        conversation.closeWhenDone();
        receive(request("urn:b"));

        runExecutor();
        receive(request("urn:c"));
        runExecutor();

        assertThat(handled).containsExactly("urn:a");
        assertThat(session.log).containsExactly("send", "close");
    }

    @Test
    void theEndOfThePeerIsAnsweredWhenEverythingIsHandled() throws Exception {
        receive(request("urn:a"));
        receive(request("urn:b"));
        conversation.ended(session);
        assertThat(session.log).isEmpty();

        runExecutor();

        assertThat(session.log).containsExactly("send", "send", "close");
    }

    @Test
    void aBrokenSessionDropsWhatWasNotHandled() throws Exception {
        receive(request("urn:a"));
        conversation.faulted(session, new ConnectionLostException("gone"));

        runExecutor();

        assertThat(handled).isEmpty();
        assertThat(conversation.ended()).isCompletedExceptionally();
    }

    @Test
    void whatCannotBeDecodedAbortsTheSession() {
        receive(Hex.bytes("00ff"));

        assertThat(session.log).singleElement().asString().startsWith("abort: ").contains("2 bytes cannot be decoded");
    }

    @Test
    void callsFailWhenThePeerEndsItsDirection() throws Exception {
        var reply = conversation.requestAsync(Message.empty("urn:question"));

        conversation.ended(session);
        runExecutor();

        assertThat(reply).isCompletedExceptionally();
        assertThat(session.log).containsExactly("send", "close");
        assertThat(conversation.isOver()).isTrue();
    }

    @Test
    void anExecutorThatIsShutDownAbortsTheSession() throws Exception {
        Conversation orphan = new Conversation(
                session,
                new Conversation.Parts(
                        BinaryMessageEncoder.session(Quotas.BUFFERED),
                        Addresser.ofServer("urn:s"),
                        new Dispatcher(new Dispatcher.Rules(null, this::handle, Set.of(), true, false)),
                        Set.of(),
                        Timeouts.DEFAULT,
                        work -> {
                            throw new RejectedExecutionException("shut down");
                        },
                        Places.unlimited()));
        try (EncodedMessage encoded = peer.encode(request("urn:a"))) {
            orphan.envelope(session, Unpooled.wrappedBuffer(encoded.toByteArray()));
        }

        assertThat(session.log).singleElement().asString().contains("the executor takes no work");
    }
}
