package dev.nettcp.cli.codec;

import dev.nettcp.capture.PrettyXml;
import dev.nettcp.cli.CommandFailed;
import dev.nettcp.nbfx.BinaryXml;
import dev.nettcp.nbfx.BinaryXmlException;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Prints binary documents as XML, one after the other. */
final class DocumentPrinter {
    private static final int LEAST_TAG = 0x40; // records below it are no beginning of a document, but for a comment
    private static final int COMMENT = 0x02;

    private final PrintWriter out;
    private final boolean session;
    private final boolean compact;
    private final SessionReaderDictionary strings = new SessionReaderDictionary(1 << 20);
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader();
    private int messages;

    /**
     * @param session whether a table of strings stands in front of each document, for it and those after it
     * @param compact whether the document is printed exactly as it is, on one line
     */
    DocumentPrinter(PrintWriter out, boolean session, boolean compact) {
        this.out = out;
        this.session = session;
        this.compact = compact;
    }

    void print(byte[] bytes, String title) {
        messages++;
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            if (!session) {
                print(reader.reset(rest, Snapshot.NONE));
                return;
            }
            printMessage(rest);
            while (rest.hasRemaining()) {
                messages++;
                printMessage(rest);
            }
        } catch (XMLStreamException e) {
            out.flush();
            String which = session ? "%s, message %d".formatted(title, messages) : title;
            throw new CommandFailed("%s: %s%s".formatted(which, e.getMessage(), advice(bytes)), e);
        } catch (IOException e) {
            throw new CommandFailed("the output cannot be written: " + e.getMessage(), e);
        }
    }

    /** One message of a session; more may follow it. */
    private void printMessage(ByteBuffer rest) throws XMLStreamException, IOException {
        strings.readTable(rest);
        Snapshot known = strings.snapshot();
        int length = length(rest, known);
        print(reader.reset(rest.slice(rest.position(), length), known));
        rest.position(rest.position() + length);
    }

    /** Bytes until behind the end of the root element: from a stream a reader takes no more. */
    private int length(ByteBuffer rest, Snapshot known) throws XMLStreamException {
        ByteArrayInputStream stream =
                new ByteArrayInputStream(rest.array(), rest.arrayOffset() + rest.position(), rest.remaining());
        BinaryXmlStreamReader document = reader.reset(stream, known);
        int depth = 0;
        while (document.hasNext()) {
            int event = document.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT && --depth == 0) {
                break;
            }
        }
        return rest.remaining() - stream.available();
    }

    private void print(BinaryXmlStreamReader document) throws XMLStreamException, IOException {
        if (compact) {
            out.println(BinaryXml.toXml(document));
        } else {
            PrettyXml.of(out).write(document);
        }
    }

    /** What else the bytes might be. */
    private String advice(byte[] bytes) {
        if (bytes.length > 1 && bytes[0] == 0 && bytes[1] == 1) {
            return "; this begins like a net.tcp stream: capture it with tcpdump, or write it down as JSON lines, and decode that file";
        }
        if (session) {
            return "; the messages of a session must be there from the first one on, in their order, and of one direction only";
        }
        if (hasTable(bytes)) {
            return "; there is a table of strings in front, as in the messages of a session: try --session";
        }
        return "";
    }

    private static boolean hasTable(byte[] bytes) {
        ByteBuffer document = ByteBuffer.wrap(bytes);
        try {
            new SessionReaderDictionary(1 << 20).readTable(document);
            int first = document.hasRemaining() ? document.get() & 0xFF : 0;
            return first >= LEAST_TAG || first == COMMENT;
        } catch (BinaryXmlException e) {
            return false;
        }
    }
}
