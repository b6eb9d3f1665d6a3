package dev.nettcp.benchmarks;

import dev.nettcp.benchmarks.Handovers.Target;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** What the service still holds after many handovers: descriptors, and heap after a full collection. */
final class Leftovers {

    private static final Duration AT_MOST = Duration.ofMinutes(3);

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
        long descriptorsBefore = service.descriptors();
        long heapBefore = service.liveHeap();
        Handovers.through(target, handovers, AT_MOST);
        Waiting.until("the last connections are closed", () -> descriptors() <= descriptorsBefore);
        long descriptorsAfter = service.descriptors();
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

    private long descriptors() {
        try {
            return service.descriptors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
