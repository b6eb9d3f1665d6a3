package dev.nettcp.sharing.service.listen;

import static dev.nettcp.sharing.service.telemetry.LogCode.PREAMBLE_FAILED;

import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.FaultPolicy;
import dev.nettcp.framing.FramingException;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.PreambleParser;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.service.config.SettingType.Span;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the bytes of one connection to the {@link PreambleParser} and does what comes of it: reads on, passes the
 * connection on, answers with a fault, or aborts. After the encoding record nothing more is asked for; a client that wants TLS
 * waits for the worker's answer. What epoll still reads on a hang-up is kept with the rest.
 */
final class PreambleHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PreambleHandler.class);

    private final ClientConnection connection;
    private final Duration receiveTimeout;
    private final FaultPolicy faultPolicy;
    private final FaultAndClose farewell;
    private final Counters counters;
    private final Arrivals arrivals;
    private final PreambleParser parser = new PreambleParser(FramingLimits.DEFAULT);
    private @Nullable Future<?> timeout;
    private boolean passedOn;

    PreambleHandler(
            ClientConnection connection,
            Duration receiveTimeout,
            FaultPolicy faultPolicy,
            FaultAndClose farewell,
            Counters counters,
            Arrivals arrivals) {
        this.connection = connection;
        this.receiveTimeout = receiveTimeout;
        this.faultPolicy = faultPolicy;
        this.farewell = farewell;
        this.counters = counters;
        this.arrivals = arrivals;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!receiveTimeout.equals(Span.INFINITE)) {
            timeout = context.executor()
                    .schedule(
                            () -> failed("receiveTimeout=%s is over".formatted(Span.print(receiveTimeout))),
                            receiveTimeout.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
        parse(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        connection.bytesRead().writeBytes(read);
        read.release();
        if (!passedOn) {
            parse(context);
        } else if (connection.bytesRead().writerIndex() > HandoverHeader.MAX_BYTES_READ) {
            context.close(); // more than a header can carry, read unasked: whoever waits for the connection finds it
            // closed
        }
    }

    private void parse(ChannelHandlerContext context) {
        try {
            Preamble preamble = parser.read(connection.bytesRead());
            if (preamble == null) {
                context.read();
            } else {
                passOn(preamble);
            }
        } catch (FramingException violation) {
            refused(violation);
        }
    }

    private void passOn(Preamble preamble) {
        done();
        connection.preamble(preamble);
        arrivals.arrived(connection);
    }

    private void refused(FramingException violation) {
        count();
        done();
        LOG.debug("{} {}: {}", PREAMBLE_FAILED, connection, violation.getMessage());
        faultPolicy.answerTo(violation).ifPresentOrElse(fault -> connection.refuse(farewell, fault), connection::abort);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !passedOn) {
            ended(context);
        }
    }

    private void ended(ChannelHandlerContext context) {
        if (parser.mayEndHere(connection.bytesRead())) {
            counters.count(Counter.SILENT_CLOSES);
            done();
            connection.releasePipelineSlot();
            context.close();
        } else {
            failed("the client ended in the middle of its preamble");
        }
    }

    /** Closed by the client's reset, or by ourselves. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed("closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed(String.valueOf(cause.getMessage()));
    }

    private void failed(String why) {
        if (!passedOn) {
            count();
            done();
            LOG.debug("{} {}: {}", PREAMBLE_FAILED, connection, why);
            connection.abort();
        }
    }

    private void count() {
        counters.count(
                parser.stage() == PreambleParser.Stage.VERSION_AND_MODE
                        ? Counter.EARLY_FAILURES
                        : Counter.PROTOCOL_FAILURES);
    }

    private void done() {
        passedOn = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
