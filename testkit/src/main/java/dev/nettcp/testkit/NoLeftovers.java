package dev.nettcp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves sockets, other kernel objects or threads behind: {@code @ExtendWith(NoLeftovers.class)}. What
 * was there before the test may stay; what is closing gets some seconds. Files are not counted, since class loading opens
 * some at any time.
 */
public final class NoLeftovers implements BeforeEachCallback, AfterEachCallback {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Threads that the JDK and Netty start once per process and keep. */
    private static final Pattern KEPT_BY_THE_PROCESS = Pattern.compile(
            "process reaper.*|Common-Cleaner|Cleaner-.*|ForkJoinPool.commonPool-.*|CompletableFutureDelayScheduler"
                    + "|globalEventExecutor-.*|Attach Listener|surefire-.*|junit-.*|Keep-Alive-Timer|child processes.*"
                    + "|HttpClient-.*|Java2D Disposer|JFR.*|Read-Poller|Write-Poller|VirtualThread-unparker");

    private static final Namespace NAMESPACE = Namespace.create(NoLeftovers.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        warmUp();
        context.getStore(NAMESPACE).put(Snapshot.class, Snapshot.now());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Snapshot before = context.getStore(NAMESPACE).get(Snapshot.class, Snapshot.class);
        if (before == null) {
            throw new IllegalStateException("no snapshot was taken before " + context.getDisplayName());
        }
        List<String> left = new ArrayList<>();
        long deadline = System.nanoTime() + GRACE.toNanos();
        Waiting.until("leftovers of " + context.getDisplayName(), GRACE.plusSeconds(1), () -> {
            left.clear();
            left.addAll(Snapshot.now().withoutThoseOf(before));
            return left.isEmpty() || System.nanoTime() - deadline > 0;
        });
        if (!left.isEmpty()) {
            throw new AssertionError(context.getDisplayName() + " left behind:\n  " + String.join("\n  ", left));
        }
    }

    /** The JDK opens a socket of its own with the first channel and keeps it. */
    private static void warmUp() {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Snapshot(Set<String> descriptors, Set<Thread> threads) {

        static Snapshot now() {
            return new Snapshot(openDescriptors(), Thread.getAllStackTraces().keySet());
        }

        List<String> withoutThoseOf(Snapshot before) {
            Stream<String> newDescriptors = descriptors.stream()
                    .filter(one -> !before.descriptors.contains(one))
                    .map(one -> "descriptor " + SocketTables.describe(one));
            Stream<String> newThreads = threads.stream()
                    .filter(thread -> !before.threads.contains(thread) && thread.isAlive())
                    .filter(thread ->
                            !KEPT_BY_THE_PROCESS.matcher(thread.getName()).matches())
                    .map(thread -> "thread " + thread.getName());
            return Stream.concat(newDescriptors, newThreads).sorted().toList();
        }

        private static Set<String> openDescriptors() {
            Path directory = Path.of("/proc/self/fd");
            if (!Files.isDirectory(directory)) {
                return Set.of();
            }
            try (Stream<Path> links = Files.list(directory)) {
                return links.map(Snapshot::target)
                        .filter(target -> target.startsWith("socket:") || target.startsWith("anon_inode:"))
                        .collect(Collectors.toCollection(TreeSet::new));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sockets have a name of their own; of other kernel objects there may be several of one name, so the number counts. */
        private static String target(Path link) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("anon_inode:") ? target + " " + link.getFileName() : target;
            } catch (NoSuchFileException e) {
                return "closed meanwhile";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
