package dev.nettcp.benchmarks.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.benchmarks.transport.Peer.Client;
import dev.nettcp.benchmarks.transport.Peer.Target;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The client of one contestant in a process of its own: {@code PeerLoad GRPC port certificates}. Does what it is told on its input, line by line,
 * and answers each with {@code done N} and a {@link Turn}, or with {@code failed N} and why; N counts from 1.
 *
 * <pre>
 *   echo CALLERS CONNECTIONS SIZE MILLIS    calls for so long
 *   calls CALLERS CONNECTIONS SIZE COUNT    so many calls together
 *   open CALLERS MILLIS                     connections opened and broken off
 *   stream BYTES                            one stream
 *   hold COUNT                              so many more connections, with one call on each
 *   ask SIZE                                one call on each of those
 * </pre>
 */
final class PeerLoad {

    static final String DONE = "done ";
    static final String FAILED = "failed ";

    private static final int SMALL = 100;
    private static final int OPENED_AT_ONCE = 16;

    private final Peer peer;
    private final Target target;
    private final Callers callers = new Callers();
    private final Map<Integer, Client> clients = new HashMap<>();
    private final List<Client> held = new ArrayList<>();

    private PeerLoad(Peer peer, Target target) {
        this.peer = peer;
        this.target = target;
    }

    public static void main(String[] arguments) throws Exception {
        Peer peer = Contestant.valueOf(arguments[0]).peer();
        PeerLoad load = new PeerLoad(peer, new Target(Integer.parseInt(arguments[1]), Path.of(arguments[2])));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            System.out.println(load.answer(number, line.split(" ", -1)));
        }
        System.exit(0); // whatever threads a library leaves
    }

    private String answer(int number, String[] words) {
        try {
            return DONE + number + " " + run(words).toLine();
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED + number + " " + e;
        }
    }

    private Turn run(String[] words) throws Exception {
        long[] numbers = new long[words.length];
        for (int i = 1; i < words.length; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        int first = (int) numbers[1];
        return switch (words[0]) {
            case "echo" -> {
                Client client = client((int) numbers[2]);
                int size = (int) numbers[3];
                yield callers.callFor(
                        Duration.ofMillis(numbers[4]), first, caller -> new EchoCall(client, caller, size));
            }
            case "calls" -> {
                Client client = client((int) numbers[2]);
                int size = (int) numbers[3];
                yield callers.calls(numbers[4], first, caller -> new EchoCall(client, caller, size));
            }
            case "open" -> callers.callFor(Duration.ofMillis(numbers[2]), first, caller -> () -> peer.open(target));
            case "stream" -> callers.calls(1, 1, caller -> () -> peer.stream(target, numbers[1]));
            case "hold" -> callers.calls(first, OPENED_AT_ONCE, caller -> this::hold);
            case "ask" -> ask(first);
            default -> throw new IllegalArgumentException("unknown: " + words[0]);
        };
    }

    private Client client(int connections) throws Exception {
        Client client = clients.get(connections);
        if (client == null) {
            client = peer.connect(target, connections);
            clients.put(connections, client);
        }
        return client;
    }

    private void hold() throws Exception {
        Client client = peer.connect(target, 1);
        new EchoCall(client, 0, SMALL).make();
        synchronized (held) {
            held.add(client);
        }
    }

    private Turn ask(int size) throws Exception {
        List<Client> all;
        synchronized (held) {
            all = List.copyOf(held);
        }
        int[] next = {0};
        return callers.calls(all.size(), 1, caller -> () -> new EchoCall(all.get(next[0]), next[0]++, size).make());
    }
}
