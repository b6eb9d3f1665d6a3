package dev.nettcp.sharing.service.admin;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.AdminEnd;
import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.ControlMessage.AdminRow;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.unix.ControlClient;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.sharing.unix.ControlSessionHandler;
import dev.nettcp.sharing.unix.ServiceUsers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running service over its control socket, as root or as the service's own user. Each question blocks its caller until
 * the answer is complete; one at a time.
 *
 * <pre>{@code
 * try (AdminClient service = AdminClient.connect(ControlSocketPath.toConnect(Optional.empty(), System.getenv()))) {
 *     service.routes().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class AdminClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLoops loops;
    private final ControlSession session;
    private final Answers answers;
    private long nextId;

    private AdminClient(EventLoops loops, ControlSession session, Answers answers) {
        this.loops = loops;
        this.session = session;
        this.answers = answers;
    }

    /** Opens a session with root's service or this user's own; as root, with anybody's. */
    public static AdminClient connect(Path controlSocket) throws IOException {
        return connect(controlSocket, List.of());
    }

    /**
     * Opens a session.
     *
     * @param serviceUsers user ids the service may have besides; root asks whoever listens
     * @throws IOException if there is no service, or it does not let us in; the message says which and is fit for people
     */
    public static AdminClient connect(Path controlSocket, List<Integer> serviceUsers) throws IOException {
        EventLoops loops = EventLoops.create("nettcp-admin", 1);
        try {
            var answers = new Answers();
            var client = new ControlClient(
                    controlSocket,
                    loops.group().next(),
                    PATIENCE,
                    ServiceUsers.askedBy(ControlClient.ownUser(), serviceUsers));
            var opened = client.openSession("nettcp admin", List.of(), session -> answers);
            return new AdminClient(loops, await(opened.toCompletableFuture()), answers);
        } catch (IOException | RuntimeException e) {
            loops.close();
            throw e;
        }
    }

    /** All registrations, ordered by port, path and mode. */
    public List<Route> routes() throws IOException {
        return ask("routes", Map.of()).stream().map(Route::of).toList();
    }

    /**
     * Where a connection for this via would go.
     *
     * @param from IP address of the client, which decides where it would arrive; empty: from this host, or at the via's own
     *     address
     */
    public Explanation explain(String via, Optional<String> from) throws IOException {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("via", via);
        from.ifPresent(address -> arguments.put("from", address));
        return Explanation.of(ask("explain", arguments));
    }

    /** What the service is doing and has counted, by name. */
    public Map<String, String> status() throws IOException {
        Map<String, String> status = new LinkedHashMap<>();
        for (Map<String, String> row : ask("status", Map.of())) {
            status.put(row.getOrDefault("name", ""), row.getOrDefault("value", ""));
        }
        return status;
    }

    /** Every connection that has a route gets EndpointUnavailable until the service is continued. */
    public void pause() throws IOException {
        ask("pause", Map.of());
    }

    /** Ends a pause. */
    public void continueService() throws IOException {
        ask("continue", Map.of());
    }

    /** Any command, and the rows of its answer as they come. */
    public List<Map<String, String>> ask(String command, Map<String, String> arguments) throws IOException {
        long id = ++nextId;
        var answer = answers.expect(id);
        session.send(new AdminRequest(id, command, arguments));
        return await(answer);
    }

    @Override
    public void close() {
        session.close();
        loops.close();
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the service did not answer within %d s".formatted(PATIENCE.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for the service").initCause(e);
        }
    }

    /** Collects the rows of the one answer that is awaited. */
    private static final class Answers implements ControlSessionHandler {
        private record Awaited(
                long id, List<Map<String, String>> rows, CompletableFuture<List<Map<String, String>>> all) {}

        private final AtomicReference<@Nullable Awaited> awaited = new AtomicReference<>();

        CompletableFuture<List<Map<String, String>>> expect(long id) {
            var answer = new Awaited(id, new ArrayList<>(), new CompletableFuture<>());
            awaited.set(answer);
            return answer.all();
        }

        @Override
        public void received(ControlMessage message) {
            Awaited answer = awaited.get();
            if (answer == null) {
                return;
            }
            if (message instanceof AdminRow row && row.id() == answer.id()) {
                answer.rows().add(row.values());
            } else if (message instanceof AdminEnd end && end.id() == answer.id()) {
                if (end.status().isSuccess()) {
                    answer.all().complete(answer.rows());
                } else {
                    answer.all().completeExceptionally(new AdminException(end.status(), end.text()));
                }
            } else if (message instanceof Refused refused) {
                answer.all().completeExceptionally(new AdminException(refused.status(), refused.text()));
            }
        }

        @Override
        public void closed(String why) {
            Awaited answer = awaited.get();
            if (answer != null) {
                answer.all()
                        .completeExceptionally(
                                new AdminException(StatusCode.SHUTTING_DOWN, "the service ended the session: " + why));
            }
        }
    }
}
