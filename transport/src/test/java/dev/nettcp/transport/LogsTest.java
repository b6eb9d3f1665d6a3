package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged down to the level of debug shows nothing of what is inside envelopes. */
class LogsTest extends TransportFixture {

    private static final byte[] SECRET = "s3cr3t-payload".getBytes(StandardCharsets.US_ASCII);

    /** Everything that any class of the project logs. */
    private static final class Everything extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger("dev.nettcp");
        private final Level before = logger.getLevel();

        private Everything() {
            start();
            logger.addAppender(this);
            logger.setLevel(Level.TRACE);
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }

        @Override
        public void close() {
            logger.setLevel(before);
            logger.detachAppender(this);
            stop();
        }
    }

    @Test
    void noPayloadIsLoggedWhetherItIsWelcomeTooLargeOrNoEnvelopeAtAll() {
        String secret = Hex.of(Unpooled.wrappedBuffer(SECRET));
        try (Everything log = new Everything()) {
            Server server = serve(
                    AcceptorSettings.DEFAULT,
                    calc(Echo.LISTENER).withMaxReceivedMessageSize(SECRET.length),
                    endpoint("/failing", SessionListener.of(session -> (told, envelope) -> {
                        throw new IllegalStateException("the handler is broken");
                    })));
            try (ScriptedPeer welcome = introduced(server)) {
                welcome.sends("06 0e " + secret);
                welcome.expects("06 0e " + secret);
                welcome.resets();
            }
            try (ScriptedPeer tooLarge = introduced(server)) {
                tooLarge.sends("06 0f " + secret);
                tooLarge.receivesUntilEndOrReset();
            }
            try (ScriptedPeer noEnvelope = introduced(server)) {
                noEnvelope.sends(secret);
                noEnvelope.receivesUntilEndOrReset();
            }
            try (ScriptedPeer failing = ScriptedPeer.connect(server.address())) {
                failing.sends(Preambles.whole(server.via("/failing")));
                failing.expects("0b");
                failing.sends("06 0e " + secret);
                failing.receivesUntilEndOrReset();
            }
            Waiting.until("all are gone", () -> server.acceptor.connections() == 0);
            assertThat(log.lines)
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("s3cr3t") || line.contains(secret) || line.contains("s3c"));
        }
    }
}
