package dev.nettcp.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.nettcp.capture.CaptureEvent.Ended.How;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that was recorded as JSON lines, one per piece of the stream in the order seen.
 *
 * <pre>
 *   {"seq": 0, "dir": "c2s", "hex": "0001..."}    bytes from the client; "s2c": from the server
 *   {"seq": 9, "dir": "c2s", "eof": true}         that side ended its stream
 *   {"seq": 2, "dir": "s2c", "reset": true}       that side reset the connection
 *   {"seq": 2, "open": true}                      nothing more came
 * </pre>
 *
 * <p>How the stream is cut into pieces means nothing. Other members are passed over.
 */
final class ConversationFile {
    private static final int MAX_HEX = 16 << 20;

    private final JsonParser json;

    private ConversationFile(JsonParser json) {
        this.json = json;
    }

    /** Reads all of it. */
    static void read(InputStream in, Report report) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MAX_HEX)
                        .maxNestingDepth(16)
                        .build())
                .build();
        Conversation conversation = new Conversation(report, Peers.UNKNOWN, true, true);
        try (JsonParser json = factory.createParser(in)) {
            new ConversationFile(json).read(conversation);
        } catch (JsonProcessingException e) {
            long offset = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
            conversation.finish(How.CAPTURE_ENDS);
            throw new CaptureException(
                    offset, "no JSON lines of a recorded conversation: " + withoutSource(e.getOriginalMessage()), e);
        }
        conversation.finish(How.CAPTURE_ENDS);
    }

    /** The parser ends some sentences with where it was reading from, which it does not know. */
    private static String withoutSource(String message) {
        int source = message.indexOf(" (start marker at");
        return source < 0 ? message : message.substring(0, source);
    }

    private void read(Conversation conversation) throws IOException {
        JsonToken token = json.nextToken();
        while (token != null) {
            if (token != JsonToken.START_OBJECT) {
                throw wrong("an object is expected, seen is " + token);
            }
            readLine(conversation);
            token = json.nextToken();
        }
    }

    private void readLine(Conversation conversation) throws IOException {
        Side side = null;
        byte[] bytes = null;
        boolean eof = false;
        boolean reset = false;
        boolean open = false;
        String name = json.nextFieldName();
        while (name != null) {
            json.nextToken();
            switch (name) {
                case "dir" -> side = side(json.getText());
                case "hex" -> bytes = hex(json.getText());
                case "eof" -> eof = json.getBooleanValue();
                case "reset" -> reset = json.getBooleanValue();
                case "open" -> open = json.getBooleanValue();
                default -> json.skipChildren();
            }
            name = json.nextFieldName();
        }
        if (!open) {
            tell(conversation, side, bytes, eof, reset);
        }
    }

    private void tell(
            Conversation conversation, @Nullable Side side, byte @Nullable [] bytes, boolean eof, boolean reset)
            throws CaptureException {
        if (side == null || (bytes == null && !eof && !reset)) {
            throw wrong("a line needs \"dir\", and one of \"hex\", \"eof\" and \"reset\"; or \"open\"");
        }
        if (bytes != null) {
            conversation.reader(side).bytes(null, ByteBuffer.wrap(bytes));
        }
        if (eof) {
            conversation.reader(side).end(null, How.CLOSED);
        } else if (reset) {
            conversation.reset(side, null);
        }
    }

    private Side side(String text) throws CaptureException {
        return switch (text) {
            case "c2s" -> Side.CLIENT;
            case "s2c" -> Side.SERVER;
            default -> throw wrong("\"dir\" is \"" + shortened(text) + "\"; \"c2s\" and \"s2c\" are allowed");
        };
    }

    private byte[] hex(String text) throws CaptureException {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw wrong("\"hex\" is \"" + shortened(text) + "\"; pairs of hexadecimal digits are allowed");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private CaptureException wrong(String what) {
        return new CaptureException(
                json.currentTokenLocation().getByteOffset(),
                "line %d: %s".formatted(json.currentTokenLocation().getLineNr(), what));
    }
}
