package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneWait;
import dev.nettcp.sharing.PeerText;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs the rules of one end of a lane on its socket: feeds events in, one after the other, and does what comes out. Lives on
 * the event loop of the lane.
 *
 * @param <S> the states of this end
 */
abstract class LaneDriver<S> implements SocketRole {
    protected final MessageStream stream;
    private final EventLoop loop;
    private final LaneObserver observer;
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Queue<LaneEvent> events = new ArrayDeque<>();
    private S state;
    private boolean running;
    private final Alarm alarm;

    LaneDriver(MessageStream stream, S start, LaneObserver observer) {
        this.stream = stream;
        this.loop = stream.channel().eventLoop();
        this.state = start;
        this.observer = observer;
        this.alarm = new Alarm(loop);
    }

    /** The rules: where the event leads from this state. */
    abstract LaneStep<S> step(S state, LaneEvent event);

    /** Does one thing the rules want done, of those that only this end knows. */
    abstract void perform(LaneEffect effect);

    abstract Duration limit(LaneWait what);

    final S state() {
        return state;
    }

    public final CompletionStage<String> closed() {
        return closed.minimalCompletionStage();
    }

    final boolean isOpen() {
        return !closed.isDone();
    }

    public final void close(String why) {
        onLoop(() -> on(new LaneEvent.CloseRequested(why)));
    }

    @Override
    public final void message(ControlMessage message) {
        on(
                message instanceof LaneMessage lane
                        ? new LaneEvent.Received(lane)
                        : new LaneEvent.Malformed(message + " is no message of a lane"));
    }

    @Override
    public final void malformed(String why) {
        on(new LaneEvent.Malformed(why));
    }

    @Override
    public final void inputEnded(String why) {
        on(new LaneEvent.InputEnded(why));
    }

    final void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Always as a task of its own: whoever calls may be in the middle of something. */
    final void later(Runnable task) {
        loop.execute(task);
    }

    /** One event at a time: one that comes up while another is worked on waits its turn. */
    final void on(LaneEvent event) {
        events.add(event);
        if (running) {
            return;
        }
        running = true;
        try {
            for (LaneEvent next = events.poll(); next != null; next = events.poll()) {
                LaneStep<S> step = step(state, next);
                state = step.next();
                if (!step.effects().isEmpty()) {
                    alarm.forget();
                }
                observer.decided(next, step);
                step.effects().forEach(this::performAny);
                observer.performed(next, step);
            }
        } finally {
            running = false;
        }
    }

    private void performAny(LaneEffect effect) {
        if (effect instanceof LaneEffect.Send send) {
            stream.send(send.message());
        } else if (effect instanceof LaneEffect.Await await) {
            alarm.ring(limit(await.what()), () -> on(new LaneEvent.DeadlinePassed(await.what(), await.sequence())));
        } else if (effect instanceof LaneEffect.CloseLane close) {
            alarm.end();
            stream.channel().close();
            closed.complete(PeerText.shown(close.why()));
        } else {
            perform(effect);
        }
    }
}
