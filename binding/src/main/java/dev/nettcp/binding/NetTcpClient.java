package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.connection.KeepAlive;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.soap.Message;
import dev.nettcp.transport.Connector;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import dev.nettcp.transport.SessionRequest;
import dev.nettcp.transport.StreamUpgrade;
import dev.nettcp.transport.TransportListener;
import dev.nettcp.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Calls a service. A client is one session at a time: the first message opens it, and after its end the next message opens another one. What
 * was under way when a session ended fails and is never sent again by itself. Safe for any number of threads; calls do not wait for each other.
 *
 * <pre>
 * try (NetTcpClient client = NetTcpClient.to("net.tcp://host:9000/calculator", binding)) {
 *     Message sum = client.request(message);
 * }
 * </pre>
 */
public final class NetTcpClient implements AutoCloseable {
    /** The transport keeps the timeouts; who waits for it gives it a little more time to say so. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String address;
    private final ViaUri via;
    private final NetTcpBinding binding;
    private final MessageHandler onMessage;
    private final Executor executor;
    private final Set<QName> understood;
    private final @Nullable StreamUpgrade upgrade;
    private final Connector connector;
    private final @Nullable StreamedCalls streamed; // in a streamed transfer mode, in place of the session

    private @Nullable ClientSession current;
    private boolean closed;
    private volatile boolean aborted;

    private NetTcpClient(Builder builder) {
        ViaUri service = parse(builder.address);
        this.address = service.toString();
        this.via = builder.via == null ? service : parse(builder.via);
        this.binding = builder.binding;
        this.onMessage = builder.onMessage;
        this.executor = builder.executor;
        this.understood = builder.understood;
        this.upgrade =
                binding.transportSecurity().map(TransportSecurity::ofClient).orElse(null);
        this.connector = SharedResources.connector(binding.connectionPoolSettings())
                .withKeepAlive(builder.watching.keepAlive())
                .withListener(builder.watching.listener());
        this.streamed = binding.transferMode().isStreamed()
                ? new StreamedCalls(address, via, binding, understood, executor, connector)
                : null;
    }

    /** A client for a service. Nothing is connected before the first message. */
    public static NetTcpClient to(String address, NetTcpBinding binding) {
        return builder(address, binding).build();
    }

    /** For settings beyond those of the binding. */
    public static Builder builder(String address, NetTcpBinding binding) {
        return new Builder(address, binding);
    }

    // ---- messages

    /**
     * Sends a request and waits for its reply.
     *
     * @throws SoapFaultException if the reply is a fault
     * @throws NetTcpTimeoutException if it took longer than the send timeout, or opening the session longer than the open timeout; the message
     *     says what is left of the session
     * @throws NetTcpException if the service cannot be reached, refuses the session, or ends it before the reply
     */
    public Message request(Message request) throws NetTcpException {
        SharedResources.refuseOnEventLoop("request", "requestAsync");
        if (streamed != null) {
            return streamed.request(request);
        }
        long deadline = deadline();
        try {
            return request(request, deadline);
        } catch (SessionOverException e) {
            return request(request, deadline);
        }
    }

    private Message request(Message request, long deadline) throws NetTcpException {
        Conversation open = session().conversation();
        return open != null
                ? open.request(request, left(deadline))
                : waitInTurn(deadline, conversation -> conversation.begin(request))
                        .await(left(deadline));
    }

    /** As {@link #request}. Cancelling it means that nobody waits for the reply any more. */
    public CompletableFuture<Message> requestAsync(Message request) {
        if (streamed != null) {
            return streamed.requestAsync(request);
        }
        long deadline = deadline();
        return follow(deadline, conversation -> conversation.requestAsync(request, left(deadline)));
    }

    /**
     * Sends a one-way message and returns when it has been written.
     *
     * @throws NetTcpException as {@link #request}
     */
    public void send(Message message) throws NetTcpException {
        SharedResources.refuseOnEventLoop("send", "sendAsync");
        if (streamed != null) {
            streamed.send(message);
            return;
        }
        long deadline = deadline();
        waitInTurn(deadline, conversation -> conversation.beginSend(message)).await(left(deadline));
    }

    /** As {@link #send}, done when the message has been written. */
    public CompletableFuture<Void> sendAsync(Message message) {
        if (streamed != null) {
            return streamed.sendAsync(message);
        }
        return follow(deadline(), conversation -> conversation.sendAsync(message));
    }

    /** What it returns, unless nobody waits for that any more when its turn comes. */
    private <T> CompletableFuture<T> follow(long deadline, Function<Conversation, CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        inTurn(deadline, conversation -> {
                    if (!result.isDone()) {
                        Futures.follow(call.apply(conversation), result);
                    }
                    return conversation;
                })
                .exceptionally(failure -> {
                    Futures.later(executor, () -> result.completeExceptionally(openingFailed(failure)));
                    return null;
                });
        return result;
    }

    // ---- the session

    /** Opens the session if there is none, for whoever does not want to wait for that in the first call. */
    public MessageSession open() throws NetTcpException {
        SharedResources.refuseOnEventLoop("open", "requestAsync or sendAsync, which open it");
        if (streamed != null) {
            throw new IllegalStateException("with transferMode=" + binding.transferMode()
                    + " each call is a session of its own: there is none to open");
        }
        long deadline = System.nanoTime() + Settings.nanos(binding.timeouts().openTimeout()) + MARGIN_NANOS;
        return waitInTurn(deadline, conversation -> conversation);
    }

    /** Ends this side's direction of the session: replies to what was sent and messages of the service still come. */
    public void closeOutput() throws NetTcpException {
        open().closeOutput();
    }

    /**
     * Closes the session in good order, after which the connection may serve another client of this process. Replies that are on their way
     * still reach who waits for them. After that the client is of no use any more. Does nothing after {@link #abort}.
     *
     * @throws NetTcpTimeoutException if the service did not end its side within the close timeout; the connection is reset
     * @throws NetTcpException if the session broke off meanwhile
     * @throws IllegalStateException if called on a thread that carries sessions; see {@link Builder#executor}
     */
    @Override
    public void close() throws NetTcpException {
        SharedResources.refuseOnEventLoop("close", "close() of the session, abort()");
        if (streamed != null) {
            streamed.close();
            return;
        }
        ClientSession last = last();
        if (aborted || last == null || last.cancel()) {
            return;
        }
        try {
            end(last).get(Settings.nanos(binding.timeouts().closeTimeout()) + MARGIN_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abort();
            throw endIsLate();
        } catch (ExecutionException e) {
            throw Failures.hasCause(e, TransportTimeoutException.class) ? endIsLate() : Failures.of(e);
        } catch (InterruptedException e) {
            abort();
            Thread.currentThread().interrupt();
            throw new NetTcpException(Layer.SESSION, "interrupted while closing; the connection was reset", e);
        }
    }

    /** Ends the session behind whoever is in line. Fails only if it breaks off from now on. */
    private static CompletableFuture<Void> end(ClientSession session) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        session.use(
                conversation -> {
                    if (conversation.ended().isDone()) {
                        ended.complete(null);
                    } else {
                        Futures.follow(conversation.close(), ended);
                    }
                },
                failure -> ended.complete(null));
        return ended;
    }

    private NetTcpTimeoutException endIsLate() {
        return new NetTcpTimeoutException(
                "closeTimeout", binding.timeouts().closeTimeout(), "the End of " + address, "the connection was reset");
    }

    /** Breaks the session off, without waiting for anything. The client is of no use any more. */
    public void abort() {
        aborted = true;
        if (streamed != null) {
            streamed.abort(new SessionClosedException("aborted by this side"));
            return;
        }
        ClientSession last = last();
        if (last != null && !last.cancel()) {
            last.use(Conversation::abort, failure -> {});
        }
    }

    private synchronized @Nullable ClientSession last() {
        closed = true;
        return current;
    }

    /** The session that is open or being opened; a new one if there is none. */
    private synchronized ClientSession session() throws NetTcpException {
        if (closed) {
            throw new NetTcpException(Layer.SESSION, "the client is closed", null);
        }
        if (current == null || current.isOver()) {
            SessionRequest request = new SessionRequest(
                    via,
                    FramingMode.DUPLEX,
                    ContentType.BINARY_SESSION,
                    upgrade,
                    SessionSettings.timeouts(binding.timeouts()),
                    binding.messageLimits().maxBufferSize());
            current = ClientSession.open(connector, request, this::converse);
        }
        return current;
    }

    private Conversation converse(Session session) {
        Dispatcher.Rules rules = new Dispatcher.Rules(null, onMessage, understood, false, false);
        return new Conversation(
                session,
                new Conversation.Parts(
                        BinaryMessageEncoder.session(binding.readerQuotas().buffered()),
                        Addresser.ofClient(address),
                        new Dispatcher(rules),
                        understood,
                        binding.timeouts(),
                        executor,
                        Places.unlimited()));
    }

    /** As {@link #inTurn}, and waits for it. */
    private <T> T waitInTurn(long deadline, Function<Conversation, T> use) throws NetTcpException {
        try {
            return inTurn(deadline, use).get();
        } catch (ExecutionException | CancellationException e) {
            throw openingFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetTcpException(Layer.SESSION, "interrupted while the session was opened", e);
        }
    }

    /** Uses the session at once if it is open, else behind whoever asked before and on its event loop; after the deadline not at all. */
    private <T> CompletableFuture<T> inTurn(long deadline, Function<Conversation, T> use) {
        try {
            ClientSession session = session();
            CompletableFuture<Conversation> turn = new CompletableFuture<>();
            CompletableFuture<T> used = turn.thenApply(use);
            session.use(turn::complete, turn::completeExceptionally);
            turn.orTimeout(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
            return used;
        } catch (NetTcpException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private NetTcpException openingFailed(Throwable failure) {
        Throwable cause = Failures.unwrapped(failure);
        if (cause instanceof TimeoutException) {
            return new NetTcpTimeoutException(
                    "sendTimeout",
                    binding.timeouts().sendTimeout(),
                    "the session with " + address + " to open",
                    "it is still being opened, for calls to come");
        }
        if (cause instanceof TransportTimeoutException) {
            return new NetTcpTimeoutException(
                    "openTimeout",
                    binding.timeouts().openTimeout(),
                    address + " to acknowledge the session",
                    "the attempt was given up: " + cause.getMessage());
        }
        return cause instanceof CancellationException
                ? new NetTcpException(Layer.SESSION, "the client was closed while its session was opened", cause)
                : Failures.of(cause);
    }

    private long deadline() {
        return System.nanoTime() + Settings.nanos(binding.timeouts().sendTimeout());
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private static ViaUri parse(String uri) {
        try {
            ViaUri parsed = ViaUri.parse(uri);
            if (!parsed.isNetTcp()) {
                throw new InvalidBindingException("address", "\"" + uri + "\" is no net.tcp address");
            }
            return parsed;
        } catch (UriFormatException e) {
            throw new InvalidBindingException("address", String.valueOf(e.getMessage()));
        }
    }

    /** The address of the service. */
    @Override
    public String toString() {
        return "client of " + address;
    }

    /** Collects the settings of a client. Not for use by several threads. */
    public static final class Builder {
        private final String address;
        private final NetTcpBinding binding;
        private @Nullable String via;
        private MessageHandler onMessage = Builder::refuse;
        private boolean expectsMessages;
        private Executor executor = DefaultExecutor.get();
        private Watching watching = Watching.DEFAULT;
        private Set<QName> understood = Set.of();

        private Builder(String address, NetTcpBinding binding) {
            this.address = address;
            this.binding = binding;
        }

        /** Where to connect and what to ask for there, if it is not the address of the service: a router, for example. */
        public Builder via(String uri) {
            via = uri;
            return this;
        }

        /**
         * Handles what the service starts: messages it pushes, and its calls back. By default such calls are refused. Not in a streamed transfer
         * mode, in which a service can start nothing.
         */
        public Builder onMessage(MessageHandler handler) {
            onMessage = handler;
            expectsMessages = true;
            return this;
        }

        /** Where the handler runs and what depends on asynchronous calls; see {@link NetTcpServer.Builder#executor}. */
        public Builder executor(Executor handlers) {
            executor = handlers;
            return this;
        }

        /** Who is told what happens on this client's connections: for metrics. By default nobody. */
        public Builder transportListener(TransportListener listener) {
            watching = new Watching(Objects.requireNonNull(listener, "transportListener"), watching.keepAlive());
            return this;
        }

        /** How a service that has vanished is missed on connections that this client makes; by default {@link KeepAlive#DEFAULT}. */
        public Builder keepAlive(KeepAlive settings) {
            watching = new Watching(watching.listener(), Objects.requireNonNull(settings, "keepAlive"));
            return this;
        }

        /** Headers that are understood here; a message with another one that must be understood is an error. */
        public Builder understands(QName... headers) {
            understood = Set.of(headers);
            return this;
        }

        /**
         * The client.
         *
         * @throws InvalidBindingException if the address is no {@code net.tcp} URI, or there is a handler for messages that cannot come
         */
        public NetTcpClient build() {
            if (expectsMessages && binding.transferMode().isStreamed()) {
                throw new InvalidBindingException(
                        "transferMode",
                        binding.transferMode()
                                + " contradicts onMessage: a session carries one call there, and the service can start none."
                                + " Use BUFFERED, or do without onMessage");
            }
            return new NetTcpClient(this);
        }

        private static @Nullable Message refuse(Message message, MessageSession session) throws Exception {
            throw new ActionNotSupportedException(message.action());
        }
    }
}
