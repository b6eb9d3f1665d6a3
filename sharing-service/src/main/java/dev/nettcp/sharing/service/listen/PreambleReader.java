package dev.nettcp.sharing.service.listen;

import static dev.nettcp.sharing.service.telemetry.LogCode.PREAMBLE_FAILED;

import dev.nettcp.framing.FramingException;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.PreambleParser;
import dev.nettcp.sharing.service.config.SettingType.Span;
import dev.nettcp.sharing.service.telemetry.Counter;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the bytes of one connection to the {@link PreambleParser} and does what comes of it: reads on, passes the
 * connection on, answers with a fault, or aborts. After the encoding record nothing more is read; a client that wants TLS
 * waits for the worker's answer.
 *
 * <p>Most preambles are there when their connection is accepted: the event loop, and the clock, are only troubled for the others.
 */
final class PreambleReader implements EpollIoHandle {
    private static final Logger LOG = LoggerFactory.getLogger(PreambleReader.class);

    private final ClientConnection connection;
    private final Preambles rules;
    private final PreambleParser parser = new PreambleParser(FramingLimits.DEFAULT);
    private @Nullable IoRegistration registration;
    private @Nullable Future<?> timeout;
    private boolean decided;

    PreambleReader(ClientConnection connection, Preambles rules) {
        this.connection = connection;
        this.rules = rules;
    }

    /** Begins with the bytes that are there. On the connection's event loop. */
    void begin() {
        if (connection.bytesRead().isReadable()) { // a worker has read it before
            parse();
        }
        if (!decided) {
            read();
        }
        if (!decided) {
            awaitMore();
        }
    }

    private void awaitMore() {
        if (!rules.receiveTimeout().equals(Span.INFINITE)) {
            timeout = connection
                    .loop()
                    .schedule(
                            () -> failed("receiveTimeout=%s is over".formatted(Span.print(rules.receiveTimeout()))),
                            rules.receiveTimeout().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
        connection.loop().register(this).addListener((Future<IoRegistration> registered) -> {
            if (registered.isSuccess()) {
                registration = registered.getNow();
                registration.submit(EpollIoOps.EPOLLIN);
            } else {
                failed("the event loop is ending");
            }
        });
    }

    @Override
    public FileDescriptor fd() {
        return connection.descriptor();
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        if (!decided) {
            read();
        }
    }

    private void read() {
        try {
            int read = connection.read();
            if (read > 0) {
                parse();
            } else if (read < 0) {
                ended();
            }
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void parse() {
        try {
            Preamble preamble = parser.read(connection.bytesRead());
            if (preamble != null) {
                settle();
                connection.preamble(preamble);
                rules.arrivals().arrived(connection);
            }
        } catch (FramingException violation) {
            refused(violation);
        }
    }

    private void refused(FramingException violation) {
        count();
        settle();
        LOG.debug("{} {}: {}", PREAMBLE_FAILED, connection, violation.getMessage());
        rules.faultPolicy()
                .answerTo(violation)
                .ifPresentOrElse(fault -> connection.refuse(rules.farewell(), fault), connection::abort);
    }

    private void ended() {
        if (parser.mayEndHere(connection.bytesRead())) {
            rules.counters().count(Counter.SILENT_CLOSES);
            settle();
            connection.close();
        } else {
            failed("the client ended in the middle of its preamble");
        }
    }

    private void failed(String why) {
        if (!decided) {
            count();
            settle();
            LOG.debug("{} {}: {}", PREAMBLE_FAILED, connection, why);
            connection.abort();
        }
    }

    private void count() {
        rules.counters()
                .count(
                        parser.stage() == PreambleParser.Stage.VERSION_AND_MODE
                                ? Counter.EARLY_FAILURES
                                : Counter.PROTOCOL_FAILURES);
    }

    /** Nothing more is read, nor does anybody hear of the socket: it is about to be somebody else's. */
    private void settle() {
        decided = true;
        if (registration != null) {
            registration.cancel();
        }
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    /** The event loop ends. */
    @Override
    public void close() {
        failed("the service has stopped");
    }
}
