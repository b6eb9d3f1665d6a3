package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.soap.Message;
import dev.nettcp.transport.Connector;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionRequest;
import dev.nettcp.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
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
    private final String address;
    private final ViaUri via;
    private final NetTcpBinding binding;
    private final MessageHandler onMessage;
    private final Executor executor;
    private final Set<QName> understood;
    private final Connector connector;

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
        this.connector = SharedResources.connector(binding.connectionPoolSettings());
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
        long deadline = deadline();
        try {
            return opened(deadline).request(request, left(deadline));
        } catch (SessionOverException e) {
            return opened(deadline).request(request, left(deadline));
        }
    }

    /** As {@link #request}. Cancelling it means that nobody waits for the reply any more. */
    public CompletableFuture<Message> requestAsync(Message request) {
        CompletableFuture<Message> result = new CompletableFuture<>();
        use(result, conversation -> {
            if (!result.isDone()) {
                Futures.follow(conversation.requestAsync(request), result);
            }
        });
        return result;
    }

    /**
     * Sends a one-way message and returns when it has been written.
     *
     * @throws NetTcpException as {@link #request}
     */
    public void send(Message message) throws NetTcpException {
        opened(deadline()).send(message);
    }

    /** As {@link #send}, done when the message has been written. */
    public CompletableFuture<Void> sendAsync(Message message) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        use(result, conversation -> Futures.follow(conversation.sendAsync(message), result));
        return result;
    }

    /** Uses the session as soon as it is open; the result becomes the failure if it cannot be opened. */
    private void use(CompletableFuture<?> result, Consumer<Conversation> whenOpen) {
        ClientSession session;
        try {
            session = session();
        } catch (NetTcpException e) {
            result.completeExceptionally(e);
            return;
        }
        session.use(whenOpen, failure -> result.completeExceptionally(openingFailed(failure)));
    }

    // ---- the session

    /** Opens the session if there is none, for whoever does not want to wait for that in the first call. */
    public MessageSession open() throws NetTcpException {
        return opened(System.nanoTime() + binding.timeouts().openTimeout().toNanos());
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
     */
    @Override
    public void close() throws NetTcpException {
        ClientSession last = last();
        if (aborted || last == null || last.cancel()) {
            return;
        }
        CompletableFuture<Conversation> opened = new CompletableFuture<>();
        last.use(opened::complete, failure -> opened.cancel(false));
        if (!opened.isCancelled() && !opened.join().ended().isDone()) {
            close(opened.join());
        }
    }

    private void close(Conversation conversation) throws NetTcpException {
        try {
            conversation.close().get();
        } catch (ExecutionException e) {
            if (Failures.hasCause(e, TransportTimeoutException.class)) {
                throw new NetTcpTimeoutException(
                        "closeTimeout",
                        binding.timeouts().closeTimeout(),
                        "the End of " + address,
                        "the connection was reset");
            }
            throw Failures.of(e);
        } catch (InterruptedException e) {
            conversation.abort();
            Thread.currentThread().interrupt();
            throw new NetTcpException(Layer.SESSION, "interrupted while closing; the connection was reset", e);
        }
    }

    /** Breaks the session off, without waiting for anything. The client is of no use any more. */
    public void abort() {
        aborted = true;
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
                    null,
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
                        executor));
    }

    private Conversation opened(long deadline) throws NetTcpException {
        ClientSession session = session();
        Conversation open = session.conversation();
        return open != null ? open : await(session, deadline);
    }

    private Conversation await(ClientSession session, long deadline) throws NetTcpException {
        CompletableFuture<Conversation> opened = new CompletableFuture<>();
        session.use(opened::complete, opened::completeExceptionally);
        try {
            return opened.get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw openingFailed(e);
        } catch (TimeoutException e) {
            throw new NetTcpTimeoutException(
                    "sendTimeout",
                    binding.timeouts().sendTimeout(),
                    "the session with " + address + " to open",
                    "it is still being opened, for calls to come");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetTcpException(Layer.SESSION, "interrupted while the session was opened", e);
        }
    }

    private NetTcpException openingFailed(Throwable failure) {
        Throwable cause = Failures.unwrapped(failure);
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
        return System.nanoTime() + binding.timeouts().sendTimeout().toNanos();
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
        private Executor executor = DefaultExecutor.get();
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

        /** Handles what the service starts: messages it pushes, and its calls back. By default such calls are refused. */
        public Builder onMessage(MessageHandler handler) {
            onMessage = handler;
            return this;
        }

        /** Where the handler runs and what depends on asynchronous calls; see {@link NetTcpServer.Builder#executor}. */
        public Builder executor(Executor handlers) {
            executor = handlers;
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
         * @throws InvalidBindingException if the address is no {@code net.tcp} URI
         */
        public NetTcpClient build() {
            return new NetTcpClient(this);
        }

        private static @Nullable Message refuse(Message message, MessageSession session) throws Exception {
            throw new ActionNotSupportedException(message.action());
        }
    }
}
