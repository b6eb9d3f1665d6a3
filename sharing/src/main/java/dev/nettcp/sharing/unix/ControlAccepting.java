package dev.nettcp.sharing.unix;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * The control socket at the limit of descriptors: what can be spared is given up for whoever comes now, the service's own reserve
 * first, then the oldest connection that holds nothing; else accepting pauses, and who comes waits in the kernel.
 */
final class ControlAccepting extends ChannelInboundHandlerAdapter {
    private static final long PAUSE_MILLIS = 100;
    private static final long SHORT_PAUSE_MILLIS = 2;

    private final ControlService service;
    private final Guests guests;

    ControlAccepting(ControlService service, Guests guests) {
        this.service = service;
        this.guests = guests;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.channel().config().setAutoRead(false);
        boolean spared = service.descriptorsShort(String.valueOf(cause.getMessage())) || guests.dismissOne();
        context.executor()
                .schedule(
                        () -> context.channel().config().setAutoRead(true),
                        spared ? SHORT_PAUSE_MILLIS : PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }
}
