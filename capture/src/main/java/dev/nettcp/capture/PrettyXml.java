package dev.nettcp.capture;

import java.io.IOException;
import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document so that people can read it: an element a line, indented; elements that have text stay on one line with it.
 *
 * <p>What a terminal would obey instead of showing it is written as a character reference, also where XML 1.0
 * has none: .NET writes it so, too.
 */
public final class PrettyXml {
    private static final int DEEPEST_INDENT = 40;
    private static final String STEP = "  ";

    private final Appendable out;
    private final String margin;
    private final int longestText;

    private boolean[] hasText = new boolean[16];
    private int depth;
    private boolean tagOpen;
    private boolean begun;

    private PrettyXml(Appendable out, String margin, int longestText) {
        this.out = out;
        this.margin = margin;
        this.longestText = longestText;
    }

    /** Everything, line feeds of texts included. */
    public static PrettyXml of(Appendable out) {
        return new PrettyXml(out, "", Integer.MAX_VALUE);
    }

    /**
     * For a listing.
     *
     * @param margin in front of every line; texts have no lines of their own, their line feeds are written as references
     * @param longestText of a longer text only so many characters are written, and how many there were
     */
    public static PrettyXml listing(Appendable out, String margin, int longestText) {
        return new PrettyXml(out, margin, longestText);
    }

    /** The rest of what the reader has, with a line feed at its end. */
    public void write(XMLStreamReader reader) throws XMLStreamException, IOException {
        try {
            while (reader.hasNext()) {
                event(reader, reader.next());
            }
        } catch (IllegalStateException e) {
            throw XmlProblem.in(e);
        } finally {
            closeTag();
            if (begun) {
                out.append('\n');
            }
        }
    }

    private void event(XMLStreamReader reader, int event) throws IOException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> end(reader);
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                text(reader.getText());
            case XMLStreamConstants.COMMENT -> {
                closeTag();
                line();
                out.append("<!--");
                escaped(reader.getText(), false);
                out.append("-->");
            }
            default -> {} // nothing that binary XML could have
        }
    }

    private void start(XMLStreamReader reader) throws IOException {
        closeTag();
        line();
        out.append('<');
        name(reader.getPrefix(), reader.getLocalName());
        for (int k = 0; k < reader.getNamespaceCount(); k++) {
            String prefix = orEmpty(reader.getNamespacePrefix(k));
            out.append(prefix.isEmpty() ? " xmlns" : " xmlns:");
            escaped(prefix, true);
            value(orEmpty(reader.getNamespaceURI(k)));
        }
        for (int k = 0; k < reader.getAttributeCount(); k++) {
            out.append(' ');
            name(reader.getAttributePrefix(k), reader.getAttributeLocalName(k));
            value(reader.getAttributeValue(k));
        }
        tagOpen = true;
        depth++;
        if (depth == hasText.length) {
            hasText = Arrays.copyOf(hasText, 2 * depth);
        }
        hasText[depth] = false;
    }

    private void end(XMLStreamReader reader) throws IOException {
        boolean onOneLine = hasText[depth];
        depth--;
        if (tagOpen) {
            tagOpen = false;
            out.append("/>");
            return;
        }
        if (!onOneLine) {
            newLine();
        }
        out.append("</");
        name(reader.getPrefix(), reader.getLocalName());
        out.append('>');
    }

    private void text(String text) throws IOException {
        if (depth == 0 || text.isEmpty()) {
            return; // space around the root
        }
        closeTag();
        hasText[depth] = true;
        if (text.length() <= longestText) {
            escaped(text, isListing());
        } else {
            escaped(text.substring(0, longestText), true);
            out.append("[... %d characters in all]".formatted(text.length()));
        }
    }

    private boolean isListing() {
        return !margin.isEmpty();
    }

    private void closeTag() throws IOException {
        if (tagOpen) {
            tagOpen = false;
            out.append('>');
        }
    }

    /** A line of its own, unless there is text around. */
    private void line() throws IOException {
        if (!begun) {
            begun = true;
            out.append(margin);
        } else if (!hasText[depth]) {
            newLine();
        }
    }

    private void newLine() throws IOException {
        out.append('\n').append(margin).append(STEP.repeat(Math.min(depth, DEEPEST_INDENT)));
    }

    private void name(@Nullable String prefix, String local) throws IOException {
        if (prefix != null && !prefix.isEmpty()) {
            escaped(prefix, true);
            out.append(':');
        }
        escaped(local, true);
    }

    private void value(String value) throws IOException {
        out.append("=\"");
        escaped(value, true);
        out.append('"');
    }

    private void escaped(String text, boolean onOneLine) throws IOException {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(onOneLine ? "&quot;" : "\"");
                case '\n', '\t' -> {
                    if (onOneLine) {
                        reference(c);
                    } else {
                        out.append(c);
                    }
                }
                default -> {
                    if (isObeyed(c)) {
                        reference(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    private void reference(char c) throws IOException {
        out.append("&#x%X;".formatted((int) c));
    }

    private static boolean isObeyed(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == 0xFFFE || c == 0xFFFF;
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
