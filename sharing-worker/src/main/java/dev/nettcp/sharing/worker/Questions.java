package dev.nettcp.sharing.worker;

import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.RouteOwner;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions a worker has put to the service in one session: which route a via has. At most so many are with the service
 * at a time, as in the original; the others wait here. On one event loop.
 */
final class Questions {
    static final int MAX_UNDER_WAY = 10 * Runtime.getRuntime().availableProcessors();

    private record Question(String via, InetSocketAddress local, CompletableFuture<Optional<RouteOwner>> answer) {}

    private final Map<Long, CompletableFuture<Optional<RouteOwner>>> underWay = new HashMap<>();
    private final Queue<Question> waiting = new ArrayDeque<>();
    private @Nullable Consumer<Validate> service;
    private long nextId;

    /** From here on there is somebody to ask. */
    void open(Consumer<Validate> toService) {
        service = toService;
    }

    /** Asks; the answer is empty if the service is away, or goes before it answers. */
    CompletableFuture<Optional<RouteOwner>> ask(String via, InetSocketAddress local) {
        CompletableFuture<Optional<RouteOwner>> answer = new CompletableFuture<>();
        if (service == null) {
            answer.complete(Optional.empty());
        } else {
            waiting.add(new Question(via, local, answer));
            sendNext(service);
        }
        return answer;
    }

    void answered(Validated message) {
        CompletableFuture<Optional<RouteOwner>> answer = underWay.remove(message.id());
        if (answer != null) {
            answer.complete(Optional.of(message.owner()));
        }
        if (service != null) {
            sendNext(service);
        }
    }

    /** The service is away: nobody gets an answer any more. */
    void close() {
        service = null;
        underWay.values().forEach(answer -> answer.complete(Optional.empty()));
        underWay.clear();
        waiting.forEach(question -> question.answer.complete(Optional.empty()));
        waiting.clear();
    }

    private void sendNext(Consumer<Validate> toService) {
        while (underWay.size() < MAX_UNDER_WAY) {
            Question question = waiting.poll();
            if (question == null) {
                return;
            }
            if (!question.answer.isDone()) { // its time may be over
                long id = nextId++ & 0xFFFF_FFFFL;
                underWay.put(id, question.answer);
                toService.accept(new Validate(id, question.via, question.local));
            }
        }
    }
}
