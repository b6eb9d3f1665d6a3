package dev.nettcp.benchmarks;

import dev.nettcp.benchmarks.Handovers.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the service still holds after many handovers: descriptors, and heap after a full collection. */
final class Leftovers {

    private static final Duration AT_MOST = Duration.ofMinutes(3);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final ServiceProcess service;
    private final Target target;
    private final int handovers;

    Leftovers(ServiceProcess service, Target target, Scale scale) {
        this.service = service;
        this.target = target;
        this.handovers = scale.handovers();
    }

    List<Figure> measure() throws Exception {
        Handovers.through(target, Math.max(handovers / 5, 1), AT_MOST); // classes are loaded, pools have their size
        long heapBefore = service.liveHeap(); // first of all: being asked for the first time costs a descriptor
        long descriptorsBefore = service.descriptors();
        Handovers.through(target, handovers, AT_MOST);
        long descriptorsAfter = settled(descriptorsBefore);
        long heapAfter = service.liveHeap();

        String after = "service after %d handovers: ".formatted(handovers);
        double perHandover = (heapAfter - heapBefore) / (double) handovers;
        return List.of(
                new Figure(
                        after + "open descriptors",
                        "%+d".formatted(descriptorsAfter - descriptorsBefore),
                        "%d → %d".formatted(descriptorsBefore, descriptorsAfter),
                        "+0",
                        descriptorsAfter <= descriptorsBefore),
                new Figure(
                        after + "live heap",
                        "%+.2f B each".formatted(perHandover),
                        "%d → %d KiB".formatted(heapBefore / 1024, heapAfter / 1024),
                        "< 1 B each",
                        perHandover < 1));
    }

    /** The service closes the last connections a moment after their clients are done: so many descriptors, or what stays above. */
    private long settled(long expected) throws IOException {
        long end = System.nanoTime() + LONGEST_CLOSE.toNanos();
        long descriptors = service.descriptors();
        while (descriptors > expected && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            descriptors = service.descriptors();
        }
        return descriptors;
    }
}
