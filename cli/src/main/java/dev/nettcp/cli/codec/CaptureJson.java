package dev.nettcp.cli.codec;

import dev.nettcp.capture.CaptureEvent;
import dev.nettcp.capture.CapturedMessage;
import dev.nettcp.capture.Peers;
import dev.nettcp.capture.PrettyXml;
import dev.nettcp.capture.ReadableForm;
import dev.nettcp.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;

/** What is in a capture for programs: an object a line. */
final class CaptureJson implements Consumer<CaptureEvent> {
    private final PrintWriter out;
    private final boolean messages;

    CaptureJson(PrintWriter out, boolean messages) {
        this.out = out;
        this.messages = messages;
    }

    @Override
    public void accept(CaptureEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("conversation", event.conversation());
        members.put("event", event.getClass().getSimpleName());
        if (event instanceof CaptureEvent.Placed placed) {
            placed.place().time().ifPresent(time -> members.put("time", time.toString()));
            members.put("side", placed.place().side().toString());
            members.put("offset", placed.place().offset());
        } else if (event instanceof CaptureEvent.Opened opened) {
            opened.time().ifPresent(time -> members.put("time", time.toString()));
            peers(members, opened.peers());
        } else if (event instanceof CaptureEvent.Foreign foreign) {
            foreign.time().ifPresent(time -> members.put("time", time.toString()));
            peers(members, foreign.peers());
        }
        members.put("text", ReadableForm.sentence(event));
        if (event instanceof CaptureEvent.Envelope envelope) {
            message(members, envelope.message());
        }
        out.println(Json.of(members));
    }

    private static void peers(Map<String, Object> members, Peers peers) {
        peers.addresses().ifPresent(ends -> {
            members.put("client", Peers.text(ends.client()));
            members.put("server", Peers.text(ends.server()));
            members.put("guessed", peers.guessed());
        });
    }

    private void message(Map<String, Object> members, CapturedMessage message) {
        members.put("contentType", message.contentType());
        members.put("bytes", message.size());
        message.action().ifPresent(action -> members.put("action", action));
        message.problem().ifPresent(problem -> members.put("problem", problem));
        if (message.stringsLost()) {
            members.put("stringsLost", true);
        }
        if (messages && message.problem().isEmpty()) {
            members.put("xml", xml(message));
        }
    }

    private static String xml(CapturedMessage message) {
        StringBuilder xml = new StringBuilder();
        try {
            PrettyXml.of(xml).write(message.open().orElseThrow());
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a message could be read once, but not again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return xml.toString();
    }
}
