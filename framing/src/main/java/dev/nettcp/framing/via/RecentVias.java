package dev.nettcp.framing.via;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Texts that were read a moment ago, and what they mean. Every client of a service says the same one, in each preamble and in each message,
 * and to read it by .NET's rules costs more than all the rest of a preamble. A fixed number of places; of two texts that share one,
 * the later has it. Any thread.
 */
final class RecentVias {
    private static final int PLACES = 128;

    private record Known(String text, ViaUri uri) {}

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    ViaUri parse(String text) {
        int place = Math.floorMod(text.hashCode(), PLACES);
        Known known = places.get(place);
        if (known != null && known.text().equals(text)) {
            return known.uri();
        }
        ViaUri uri = ViaUriParser.parse(text);
        places.set(place, new Known(text, uri));
        return uri;
    }
}
