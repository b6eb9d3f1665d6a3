package dev.nettcp.soap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A fault of SOAP 1.2 (part 1, section 5.4): who is to blame, why in words, and whatever the service tells in the detail.
 * Immutable; made by {@link #sender}, {@link #receiver} or {@link #of} and refined by the {@code with…} methods.
 */
public final class SoapFault {
    /** The language of reasons that say no other: as WCF writes it. */
    public static final String DEFAULT_LANGUAGE = "en-US";

    private final QName code;
    private final List<QName> subcodes;
    private final List<Reason> reasons;
    private final @Nullable String node;
    private final @Nullable String role;
    private final @Nullable XmlContent detail;

    /** Why, in one language. */
    public record Reason(String language, String text) {}

    SoapFault(
            QName code,
            List<QName> subcodes,
            List<Reason> reasons,
            @Nullable String node,
            @Nullable String role,
            @Nullable XmlContent detail) {
        this.code = code;
        this.subcodes = List.copyOf(subcodes);
        this.reasons = List.copyOf(reasons);
        this.node = node;
        this.role = role;
        this.detail = detail;
    }

    /** A fault with one of {@link FaultCodes}' codes or any other. */
    public static SoapFault of(QName code, String reason) {
        return new SoapFault(code, List.of(), List.of(new Reason(DEFAULT_LANGUAGE, reason)), null, null, null);
    }

    /** The message was at fault. */
    public static SoapFault sender(String reason) {
        return of(FaultCodes.SENDER, reason);
    }

    /** The receiver was at fault. */
    public static SoapFault receiver(String reason) {
        return of(FaultCodes.RECEIVER, reason);
    }

    /** Adds a subcode inside those that are there already. */
    public SoapFault withSubcode(QName subcode) {
        return new SoapFault(code, plus(subcodes, subcode), reasons, node, role, detail);
    }

    /** Adds the reason in another language, an RFC 4646 tag. */
    public SoapFault withReason(String language, String text) {
        return new SoapFault(code, subcodes, plus(reasons, new Reason(language, text)), node, role, detail);
    }

    /** The URI of the node that failed. */
    public SoapFault withNode(String uri) {
        return new SoapFault(code, subcodes, reasons, uri, role, detail);
    }

    /** The URI of the role in which it failed. */
    public SoapFault withRole(String uri) {
        return new SoapFault(code, subcodes, reasons, node, uri, detail);
    }

    /** What the service tells: the content of the Detail element. */
    public SoapFault withDetail(ContentWriter content) {
        return new SoapFault(code, subcodes, reasons, node, role, XmlContent.of(content));
    }

    private static <T> List<T> plus(List<T> list, T added) {
        List<T> longer = new ArrayList<>(list);
        longer.add(added);
        return longer;
    }

    /** Who is to blame. */
    public QName code() {
        return code;
    }

    /** From the outer to the innermost one. */
    public List<QName> subcodes() {
        return subcodes;
    }

    /** Whether {@code name} is the code or one of the subcodes. */
    public boolean is(QName name) {
        return code.equals(name) || subcodes.contains(name);
    }

    /** The reason in every language that was given. */
    public List<Reason> reasons() {
        return reasons;
    }

    /** The reason in English if it was given in English, else the first one; empty if there is none. */
    public String reason() {
        return reasons.stream()
                .filter(r -> r.language().toLowerCase(Locale.ROOT).startsWith("en"))
                .findFirst()
                .or(() -> reasons.stream().findFirst())
                .map(Reason::text)
                .orElse("");
    }

    /** The URI of the node that failed. */
    public Optional<String> node() {
        return Optional.ofNullable(node);
    }

    /** The URI of the role in which it failed. */
    public Optional<String> role() {
        return Optional.ofNullable(role);
    }

    /** The content of the Detail element. */
    public Optional<XmlContent> detail() {
        return Optional.ofNullable(detail);
    }

    /** The code, the subcodes and the reason in one line: its line breaks and other control characters are spaces here. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(code.getLocalPart());
        subcodes.forEach(subcode -> text.append('/').append(subcode.getLocalPart()));
        return text.append(": ").append(reason().replaceAll("\\p{Cntrl}", " ")).toString();
    }
}
