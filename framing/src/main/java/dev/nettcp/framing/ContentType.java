package dev.nettcp.framing;

import java.util.List;
import java.util.Locale;

/**
 * What the envelopes of a session are, as the text by which both sides compare it, [MC-NMF] 2.2.3.4. The encoding
 * record says it by number or by text; which of the two was used makes no difference.
 */
public record ContentType(String text) {
    /** SOAP 1.1 as text. */
    public static final ContentType SOAP11_UTF8 = new ContentType("text/xml; charset=utf-8");
    /** SOAP 1.2 as text. */
    public static final ContentType SOAP12_UTF8 = new ContentType("application/soap+xml; charset=utf-8");
    /** MTOM, as its number says it; MTOM writers use a longer text of the same media type. */
    public static final ContentType MTOM = new ContentType("multipart/related");
    /** Binary XML with the static dictionary only: the default of streamed sessions, not allowed in duplex ones. */
    public static final ContentType BINARY = new ContentType("application/soap+msbin1");
    /** Binary XML with a dictionary per session: the default of duplex sessions, not allowed in streamed ones. */
    public static final ContentType BINARY_SESSION = new ContentType("application/soap+msbinsession1");

    /** By number. The UTF-16 texts are spelt as .NET spells them; no .NET writer uses those numbers. */
    private static final List<ContentType> KNOWN = List.of(
            SOAP11_UTF8,
            new ContentType("text/xml; charset=utf16"),
            new ContentType("text/xml; charset=unicodeFFFE"),
            SOAP12_UTF8,
            new ContentType("application/soap+xml; charset=utf16"),
            new ContentType("application/soap+xml; charset=unicodeFFFE"),
            MTOM,
            BINARY,
            BINARY_SESSION);

    /** The content type of a known encoding record. An undefined number becomes a text that no encoder supports. */
    public static ContentType ofKnown(int code) {
        return code < KNOWN.size() ? KNOWN.get(code) : new ContentType("unknown<" + code + ">");
    }

    /** The record that announces this content type: by number if the text is exactly a known one, as .NET writers do. */
    public FramingRecord toRecord() {
        int code = KNOWN.indexOf(this);
        return code >= 0 ? new FramingRecord.KnownEncoding(code) : new FramingRecord.ExtensibleEncoding(text);
    }

    /** The text before the first parameter, in lower case: {@code multipart/related}. */
    public String mediaType() {
        int end = text.indexOf(';');
        return (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
