package dev.nettcp.interop.crash;

import dev.nettcp.connection.AcceptLimits;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.connection.SourceEvent;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.worker.SharedListener;
import dev.nettcp.sharing.worker.SharedPortSettings;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.Acceptor;
import dev.nettcp.transport.AcceptorSettings;
import dev.nettcp.transport.Endpoint;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionHandler;
import dev.nettcp.transport.SessionListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * A worker that answers every envelope with its name, in a process that can be held at a step: {@code WorkerProcess CONTROL_SOCKET NAME
 * PLACES ADDRESS...}. It registers when it is told {@code open}, so that one can stand by.
 */
final class WorkerProcess {

    /** Enough that a lane which is held holds up nothing else. */
    private static final int THREADS = 8;

    /** So many lanes, however few processors there are. */
    private static final AcceptLimits LIMITS = AcceptLimits.DEFAULT.withMaxPendingAccepts(Site.LANES);

    private WorkerProcess() {}

    public static void main(String[] arguments) throws Exception {
        HeldSteps steps = new HeldSteps();
        var defaults = SharedPortSettings.of(Optional.of(Path.of(arguments[0])), Map.of());
        var settings = new SharedPortSettings(
                defaults.controlSocket(),
                defaults.serviceUsers(),
                defaults.lanes(),
                Limits.ANSWER,
                new LaneDeadlines(Limits.TAKEN, Limits.DESCRIPTOR),
                Limits.ANSWER,
                defaults.backoff(),
                steps);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("READY");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!steps.told(line)) {
                    open(settings, arguments);
                }
            }
        }
    }

    private static void open(SharedPortSettings settings, String[] arguments) {
        EventLoops loops = EventLoops.create("worker", THREADS);
        Acceptor acceptor = new Acceptor(AcceptorSettings.DEFAULT.withLimits(
                AcceptLimits.DEFAULT.withMaxPendingConnections(Integer.parseInt(arguments[2]))));
        for (int i = 3; i < arguments.length; i++) {
            BaseAddress address = BaseAddress.parse(arguments[i]);
            acceptor.add(Endpoint.duplex(address, SessionListener.of(session -> new Named(arguments[1]))));
            ListenRequest request = ListenRequest.of(address, loops)
                    .withLimits(LIMITS)
                    .withListener(event -> {
                        if (event instanceof SourceEvent.Listening) {
                            System.out.println("LISTENING " + address);
                        }
                    });
            Waiting.until(
                    address + " to be registered", () -> isOpened(acceptor, new SharedListener(request, settings)));
        }
        System.out.println("OPEN");
    }

    /** The limits are short for two processes that have just started on a busy machine. */
    private static boolean isOpened(Acceptor acceptor, SharedListener listener) {
        try {
            acceptor.open(listener).join();
            return true;
        } catch (CompletionException e) {
            System.err.println(e.getCause());
            return false;
        }
    }

    private record Named(String name) implements SessionHandler {
        @Override
        public void envelope(Session session, ByteBuf envelope) {
            session.send(Unpooled.copiedBuffer(name, StandardCharsets.UTF_8));
        }
    }
}
