package dev.nettcp.sharing.service.registration;

import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.AdminEnd;
import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.ControlProtocolException;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.registration.Registrar.Result;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.sharing.unix.ControlSessionHandler;
import dev.nettcp.sharing.unix.Standing;
import org.jspecify.annotations.Nullable;

/**
 * One control session: at most one registration, or an operator's questions.
 *
 * <pre>
 *            Register                  port open, place free                Unregister
 *   Fresh ────────────▶ Registering ─────────────────────────▶ Holding ────────────────▶ Over
 *     │                      │ refused: the status, then the session ends                 ▲
 *     └─ AdminRequest*       └─────────────────────────────────────────────────────────── │
 *                                        the session ends, from every state ──────────────┘
 * </pre>
 *
 * A question about a route before there is a registration is answered with nobody and ends the session. Unregister may be
 * repeated. Everything else that is out of place breaks the protocol.
 */
final class WorkerSession implements ControlSessionHandler {
    private enum State {
        FRESH,
        REGISTERING,
        HOLDING,
        OVER
    }

    private static final LaneToken NO_TOKEN = LaneToken.of(new byte[LaneToken.SIZE]);

    private final ControlSession session;
    private final Registrar registrar;
    private final Registry registry;
    private State state = State.FRESH;
    private @Nullable LiveRegistration held;

    WorkerSession(ControlSession session, Registrar registrar, Registry registry) {
        this.session = session;
        this.registrar = registrar;
        this.registry = registry;
    }

    @Override
    public void received(ControlMessage message) throws ControlProtocolException {
        if (message instanceof Register register) {
            register(register);
        } else if (message instanceof Validate validate) {
            validate(validate);
        } else if (message instanceof Unregister) {
            unregister();
        } else if (message instanceof AdminRequest request) {
            answer(request);
        } else if (!(message instanceof ControlMessage.Unknown)) {
            throw outOfPlace(message);
        }
    }

    @Override
    public void closed(String why) {
        registrar.sessionClosed(session);
        release("its session ended: " + why);
    }

    private void register(Register wish) throws ControlProtocolException {
        if (state != State.FRESH) {
            throw outOfPlace(wish);
        }
        state = State.REGISTERING;
        registrar.register(session, wish).thenAccept(this::decided);
    }

    private void decided(Result result) {
        if (result instanceof Result.Granted granted) {
            granted(granted.live());
        } else if (result instanceof Result.Denied denied && state == State.REGISTERING) {
            state = State.OVER;
            session.send(new Registered(denied.status(), denied.text(), NO_TOKEN, registrar.handoverLanes()));
            session.finish();
        }
    }

    private void granted(LiveRegistration live) {
        if (state == State.OVER) {
            registrar.unregister(live, "its session ended while it was being registered");
            return;
        }
        state = State.HOLDING;
        held = live;
        session.stand(Standing.HOLDING);
        session.send(new Registered(StatusCode.SUCCESS, "", live.token(), registrar.handoverLanes()));
    }

    private void validate(Validate question) {
        registrar.countValidation();
        LiveRegistration asking = held;
        if (asking == null) {
            session.send(new Validated(question.id(), RouteOwner.NOBODY));
            session.finish();
        } else {
            session.send(new Validated(question.id(), owner(question, asking.registration())));
        }
    }

    private RouteOwner owner(Validate question, Registration asking) {
        try {
            return registry.routes()
                    .owner(ViaUri.parse(question.via()), question.local())
                    .map(registration -> seenFrom(asking, registration))
                    .orElse(RouteOwner.NOBODY);
        } catch (UriFormatException noAddress) {
            return RouteOwner.NOBODY;
        }
    }

    private static RouteOwner seenFrom(Registration asking, Registration owner) {
        if (owner == asking) {
            return RouteOwner.MINE;
        }
        return owner.worker().uid() == asking.worker().uid() ? RouteOwner.SAME_USER : RouteOwner.OTHER_USER;
    }

    private void unregister() throws ControlProtocolException {
        if (state == State.REGISTERING) {
            throw new ControlProtocolException("unregister came before the answer to register");
        }
        release("it was given back");
        session.stand(Standing.IDLE);
        session.send(new Unregistered());
    }

    private void release(String why) {
        state = State.OVER;
        LiveRegistration live = held;
        held = null;
        if (live != null) {
            registrar.unregister(live, why);
        }
    }

    private void answer(AdminRequest request) throws ControlProtocolException {
        if (state != State.FRESH) {
            throw outOfPlace(request);
        }
        if (registrar.isOperator(session.peer())) {
            session.stand(Standing.ASKING);
            AnswerSender.send(session, request.id(), registrar.answer(request));
        } else {
            session.send(new AdminEnd(
                    request.id(), StatusCode.ACCESS_DENIED, "only root and the service's own user may ask this"));
        }
    }

    private ControlProtocolException outOfPlace(ControlMessage message) {
        return new ControlProtocolException("%s is out of place in a session that is %s"
                .formatted(message.getClass().getSimpleName(), state));
    }
}
