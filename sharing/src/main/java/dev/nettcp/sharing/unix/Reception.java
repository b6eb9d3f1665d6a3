package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlMessage.LaneHello;
import dev.nettcp.sharing.ControlMessage.LaneOpened;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Welcome;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneDirection;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.PeerText;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.sharing.StatusCode;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody came to the service's socket. First the kernel says who it is and the service whether it may speak; until then
 * nothing of it is looked at. Then its first message says what the socket is to be: a control session or a lane.
 */
final class Reception implements SocketRole {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final long FINISH_SECONDS = 2;

    private final MessageStream stream;
    private final PeerCredentials peer;
    private final ControlServerSettings settings;
    private final ControlService service;
    private final LaneObserver observer;
    private final Stay stay;
    private boolean greeted;

    /** On the event loop of the socket, which has just become active and is not being read. */
    Reception(
            MessageStream stream,
            PeerCredentials peer,
            ControlServerSettings settings,
            ControlService service,
            LaneObserver observer,
            Guests guests) {
        this.stream = stream;
        this.peer = peer;
        this.settings = settings;
        this.service = service;
        this.observer = observer;
        this.stay = new Stay(stream.channel(), peer, guests, settings.greetingLimit(), this::expel);
    }

    void begin() {
        stream.become(this);
        stream.channel().pipeline().addLast(stream);
        service.admit(peer)
                .whenComplete((refusal, failure) -> onLoop(() -> {
                    if (failure == null) {
                        refusal.ifPresentOrElse(this::end, stream::resume);
                    } else {
                        LOG.warn("{} was neither admitted nor refused; its socket is closed", peer, failure);
                        stream.channel().close();
                    }
                }));
    }

    @Override
    public void message(ControlMessage message) {
        if (greeted) {
            return;
        }
        greeted = true;
        if (message instanceof Hello hello) {
            openSession(hello);
        } else if (message instanceof LaneHello hello) {
            stream.pause();
            service.laneRequested(new Request(hello));
        } else {
            malformed(message.getClass().getSimpleName() + " came first; Hello or LaneHello is the first message");
        }
    }

    @Override
    public void malformed(String why) {
        service.brokenBy(peer, PeerText.shown(why));
        end(new Refused(StatusCode.INVALID_ARGUMENT, why));
    }

    @Override
    public void inputEnded(String why) {
        stream.channel().close();
    }

    private void openSession(Hello hello) {
        if (hello.version().major() > ProtocolVersion.CURRENT.major()) {
            String why = "the protocol version is %s; this service speaks versions up to %s"
                    .formatted(hello.version(), ProtocolVersion.CURRENT);
            service.brokenBy(peer, PeerText.shown(why + " (" + hello.product() + ")"));
            end(new Refused(StatusCode.VERSION_UNSUPPORTED, why));
            return;
        }
        stream.send(new Welcome(ProtocolVersion.CURRENT, settings.product(), List.of()));
        new SessionDriver(
                        stream,
                        peer,
                        new SessionDriver.Greeting(hello.version(), hello.product(), hello.features()),
                        why -> service.brokenBy(peer, why),
                        Optional.of(stay))
                .begin(service::sessionOpened);
    }

    private void expel(Refused refusal) {
        greeted = true;
        service.brokenBy(peer, refusal.text());
        stream.send(refusal);
        stream.channel().close();
    }

    /** The refusal is the last we write; what the peer still writes is dropped, so that it can read the refusal. */
    private void end(Refused refusal) {
        greeted = true;
        stream.resume();
        stream.send(refusal);
        ((DuplexChannel) stream.channel()).shutdownOutput();
        stream.channel().eventLoop().schedule(() -> stream.channel().close(), FINISH_SECONDS, TimeUnit.SECONDS);
    }

    private void onLoop(Runnable task) {
        if (stream.channel().eventLoop().inEventLoop()) {
            task.run();
        } else {
            stream.channel().eventLoop().execute(task);
        }
    }

    private final class Request implements LaneRequest {
        private final LaneHello hello;

        private Request(LaneHello hello) {
            this.hello = hello;
        }

        @Override
        public LaneToken token() {
            return hello.token();
        }

        @Override
        public LaneDirection direction() {
            return hello.direction();
        }

        @Override
        public PeerCredentials peer() {
            return peer;
        }

        @Override
        public HandoverLane acceptHandover(LaneDeadlines deadlines) {
            require(LaneDirection.HANDOVER);
            return open(new SendingLane(stream, deadlines, observer));
        }

        @Override
        public ReceivingLane acceptReturn(LaneDeadlines deadlines, HandoverReceiver receiver) {
            require(LaneDirection.RETURN);
            return open(new TakingLane(stream, deadlines, receiver, observer));
        }

        @Override
        public void refuse(StatusCode status, String text) {
            end(new Refused(status, text));
        }

        private <L extends LaneDriver<?>> L open(L lane) {
            stay.as(Standing.HOLDING);
            stream.become(lane);
            stream.send(new LaneOpened());
            stream.resume();
            return lane;
        }

        private void require(LaneDirection direction) {
            if (hello.direction() != direction) {
                throw new IllegalStateException("a lane for %s was asked for".formatted(hello.direction()));
            }
        }
    }
}
