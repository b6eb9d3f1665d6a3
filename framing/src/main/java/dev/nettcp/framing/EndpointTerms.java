package dev.nettcp.framing;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What the endpoint that was found for a via accepts.
 *
 * @param mode the one mode it speaks
 * @param contentTypes whether its encoder can read a content type
 * @param upgrades the names of the stream upgrades it offers; if there are any, one of them is mandatory
 * @param maxEnvelopeBytes its largest envelope
 */
public record EndpointTerms(
        FramingMode mode, Predicate<ContentType> contentTypes, Set<String> upgrades, long maxEnvelopeBytes) {
    public EndpointTerms {
        upgrades = Set.copyOf(upgrades);
    }
}
