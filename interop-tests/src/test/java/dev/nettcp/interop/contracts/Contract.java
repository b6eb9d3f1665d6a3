package dev.nettcp.interop.contracts;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A contract of the peers and its scenarios, under the names of the .NET client. */
public enum Contract {
    TYPES(
            "string string-null string-hello bool small-ints int uint long ulong float double decimal char datetime datetime-local datetimeoffset"
                    + " timespan guid bytes bytes-null uri enum flags nullable int-array double-array string-list dictionary data-contract"
                    + " data-contract-null known-type data-contract-list data-contract-dictionary all-types void out-ref message-header one-way"
                    + " declared-fault plain-fault fault-code unhandled-fault large-string large-bytes large-download large-upload"
                    + " long-string-table string-table-reuse concurrent-calls async-pattern idle-then-call many-connections"
                    + " parallel-connections"),
    SESSION("session-instance session-separate session-not-initiated session-after-end session-id"),
    DUPLEX("duplex-ping duplex-one-way-callbacks duplex-callbacks-inside-call duplex-request-reply-callback"),
    STREAMING("streamed-string streamed-two-calls streamed-declared-fault "
            + sized("streamed-download streamed-upload streamed-echo")),
    CALCULATOR(
            "calculator-add calculator-subtract calculator-multiply calculator-divide calculator-divide-by-zero calculator-all"),
    RAW(
            "raw-echo-text raw-echo-empty-element raw-echo-namespaces raw-echo-attributes raw-echo-mixed-content raw-echo-unicode raw-echo-deep"
                    + " raw-echo-wide raw-echo-1-mib raw-echo-no-body raw-one-way raw-interleaved-1000 raw-pushed-1000 raw-half-close"
                    + " raw-unknown-action"),
    RAW_STREAMED(
            "raw-request-echo-text raw-request-echo-empty-element raw-request-echo-namespaces raw-request-echo-attributes"
                    + " raw-request-echo-mixed-content raw-request-echo-unicode raw-request-echo-deep raw-request-echo-wide raw-request-echo-1-mib"
                    + " raw-request-one-way raw-request-many"),
    POOLING(
            "pool-a-then-b pool-a-then-b-then-a pool-alternate-100 pool-empty-sessions pool-idle-then-b pool-abort-then-b"
                    + " pool-sessions-side-by-side pool-concurrent-mix"),
    REFUSALS(
            "connection-refused unknown-path unknown-path-below-an-endpoint unknown-path-streamed streamed-client-to-buffered-endpoint"
                    + " buffered-client-to-streamed-endpoint text-client-to-binary-endpoint text-soap11-client-to-binary-endpoint"
                    + " text-utf16-client-to-binary-endpoint mtom-client-to-binary-endpoint gzip-client-to-binary-endpoint"
                    + " text-client-to-streamed-binary-endpoint message-over-the-servers-limit message-far-over-the-servers-limit"
                    + " reply-over-the-clients-limit unknown-action tls-client-to-plain-endpoint windows-client-to-plain-endpoint");

    /** With a service over TLS. */
    private static final List<String> REFUSALS_OVER_TLS = List.of(
            "plain-client-to-tls-endpoint",
            "windows-client-to-tls-endpoint",
            "unknown-path-over-tls",
            "untrusted-certificate",
            "certificate-for-another-name");

    /** With a service that demands a certificate of its clients. */
    private static final List<String> REFUSALS_WITH_BOTH_CERTIFICATES = List.of("no-client-certificate");

    private final String names;

    /** @param names of the scenarios, with a space between two */
    Contract(String names) {
        this.names = names;
    }

    /** As the .NET client calls it, raw once for each transfer mode. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the .NET client's argument {@code --contract} takes. */
    public String argument() {
        return this == RAW_STREAMED ? RAW.toString() : toString();
    }

    /** The scenarios that there are with this security; those of the refusals are different ones for each. */
    public List<String> scenarios(Security security) {
        List<String> all = List.of(names.split(" ", -1));
        if (this != REFUSALS) {
            return all;
        }
        return switch (security) {
            case PLAIN -> all;
            case TLS -> REFUSALS_OVER_TLS;
            case MUTUAL_TLS -> REFUSALS_WITH_BOTH_CERTIFICATES;
        };
    }

    /** Of all securities. */
    public List<String> allScenarios() {
        return Stream.of(Security.values())
                .flatMap(security -> scenarios(security).stream())
                .distinct()
                .toList();
    }

    private static String sized(String names) {
        return String.join(
                " ",
                Stream.of(names.split(" ", -1))
                        .flatMap(name ->
                                Stream.of(0, 1000, 20_000, 1 << 20, 16 << 20).map(size -> name + "-" + size))
                        .toList());
    }
}
