package dev.nettcp.framing.via;

/** A text that .NET would not take for an absolute URI of the wanted kind. The message says where it breaks the rules. */
public final class UriFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UriFormatException(String text, String why) {
        super("\"%s\" is refused: %s".formatted(PrintableText.of(text), why));
    }
}
