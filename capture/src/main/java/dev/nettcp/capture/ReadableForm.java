package dev.nettcp.capture;

import dev.nettcp.capture.CaptureEvent.Missing;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.via.PrintableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Events as lines for people, each with the number of its conversation, its time and who says it; messages as indented XML behind
 * their line.
 */
public final class ReadableForm implements Consumer<CaptureEvent> {
    /** How much of a long text is worth a place in a listing. */
    public static final int SHORT_TEXTS = 1000;

    private static final String MARGIN = "      ";
    private static final int FOREIGN_SHOWN = 20;

    private final Appendable out;
    private final boolean messages;
    private final int longestText;
    private final DateTimeFormatter timeOfDay;
    private final DateTimeFormatter dateAndTime;
    private int foreign;

    /**
     * @param zone in which times are shown
     * @param messages whether messages are shown, or only their lines
     * @param longestText characters of one text that are shown at most
     */
    public ReadableForm(Appendable out, ZoneId zone, boolean messages, int longestText) {
        this.out = out;
        this.messages = messages;
        this.longestText = longestText;
        this.timeOfDay =
                DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT).withZone(zone);
        this.dateAndTime = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS xxx", Locale.ROOT)
                .withZone(zone);
    }

    @Override
    public void accept(CaptureEvent event) {
        try {
            tell(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(CaptureEvent event) throws IOException {
        if (event instanceof CaptureEvent.Opened opened) {
            line("#%d %s%s".formatted(opened.conversation(), sentence(event), begun(opened.time())));
        } else if (event instanceof CaptureEvent.Foreign other) {
            foreign(other);
        } else if (event instanceof CaptureEvent.Placed placed) {
            line(place(placed.place()) + sentence(event));
        }
        if (event instanceof CaptureEvent.Envelope envelope) {
            message(envelope.message());
        }
    }

    /** The event without its place and time. */
    public static String sentence(CaptureEvent event) {
        if (event instanceof CaptureEvent.Opened opened) {
            return peers(opened.peers());
        } else if (event instanceof CaptureEvent.Foreign other) {
            return peers(other.peers()) + " is no net.tcp: " + other.reason();
        } else if (event instanceof CaptureEvent.Said said) {
            return facts(said.framingRecord());
        } else if (event instanceof CaptureEvent.Envelope envelope) {
            return facts(envelope.message());
        } else if (event instanceof CaptureEvent.EnvelopePassedOver tooLarge) {
            return "! a message of %d bytes was passed over: at most %d are collected (maxEnvelopeBytes)"
                    .formatted(tooLarge.size(), tooLarge.limit());
        } else if (event instanceof Missing missing) {
            return missing(missing);
        } else if (event instanceof CaptureEvent.Resumed resumed) {
            return resumed(resumed);
        } else if (event instanceof CaptureEvent.Encrypted encrypted) {
            return "from here on encrypted by " + PrintableText.of(encrypted.upgrade());
        } else if (event instanceof CaptureEvent.Unreadable unreadable) {
            return "! not net.tcp from byte %d of the %s on: %s"
                    .formatted(
                            unreadable.place().offset(),
                            unreadable.place().side(),
                            PrintableText.of(unreadable.reason()));
        }
        return ended((CaptureEvent.Ended) event);
    }

    private void foreign(CaptureEvent.Foreign other) throws IOException {
        if (++foreign <= FOREIGN_SHOWN) {
            line("#%d %s%s".formatted(other.conversation(), sentence(other), begun(other.time())));
        } else if (foreign == FOREIGN_SHOWN + 1) {
            line("Further connections that are no net.tcp are only counted.");
        }
    }

    private static String facts(CapturedMessage message) {
        List<String> facts = new ArrayList<>();
        facts.add(message.sized() ? "SizedEnvelope" : "UnsizedEnvelope");
        facts.add(message.size() + " bytes");
        if (message.newStrings() > 0) {
            facts.add(message.newStrings() + (message.newStrings() == 1 ? " new string" : " new strings"));
        }
        message.action().ifPresent(action -> facts.add("action " + PrintableText.of(action)));
        return String.join(", ", facts);
    }

    private void message(CapturedMessage message) throws IOException {
        if (message.stringsLost()) {
            line(MARGIN + "! strings of the session are in what is missing; they are shown as unknown-string-N");
        }
        if (messages) {
            xml(message);
        }
        if (message.problem().isPresent()) {
            line(MARGIN + "! not decoded: " + PrintableText.of(message.problem().get()));
        }
    }

    private void xml(CapturedMessage message) throws IOException {
        try {
            Optional<XMLStreamReader> reader = message.open();
            if (reader.isPresent()) {
                PrettyXml.listing(out, MARGIN, longestText).write(reader.get());
            }
        } catch (XMLStreamException e) {
            if (message.problem().isEmpty()) {
                throw new IllegalStateException("a message could be read once, but not again", e);
            }
        }
    }

    private static String facts(FramingRecord read) {
        if (read instanceof FramingRecord.Version version) {
            return "Version %d.%d".formatted(version.major(), version.minor());
        } else if (read instanceof FramingRecord.Mode mode) {
            return "Mode %d (%s)".formatted(mode.mode().value(), mode.mode());
        } else if (read instanceof FramingRecord.Via via) {
            return "Via " + PrintableText.of(via.uri());
        } else if (read instanceof FramingRecord.KnownEncoding encoding) {
            return "KnownEncoding %d (%s)"
                    .formatted(
                            encoding.code(),
                            ContentType.ofKnown(encoding.code()).text());
        } else if (read instanceof FramingRecord.ExtensibleEncoding encoding) {
            return "ExtensibleEncoding " + PrintableText.of(encoding.contentType());
        } else if (read instanceof FramingRecord.Fault fault) {
            return "Fault " + PrintableText.of(fault.code().name());
        } else if (read instanceof FramingRecord.UpgradeRequest request) {
            return "UpgradeRequest " + PrintableText.of(request.protocol());
        }
        return read.getClass().getSimpleName(); // nothing but its name
    }

    private static String missing(Missing missing) {
        String why = missing.why() == Missing.Why.CUT
                ? "cut off by the capture's snapshot length (tcpdump -s 0 keeps everything)"
                : "missing in the capture";
        String what = "! %s %s, from byte %d of the %s on"
                .formatted(
                        missing.bytes() == 1 ? "1 byte" : missing.bytes() + " bytes",
                        why,
                        missing.place().offset(),
                        missing.place().side());
        return switch (missing.next()) {
            case ONE_MESSAGE_LOST -> what + "; one message is lost, reading goes on behind it";
            case SEARCHING -> what + "; reading goes on where the next record is found";
            case NOTHING -> what;
        };
    }

    private static String resumed(CaptureEvent.Resumed resumed) {
        String where = "reading %s at byte %d of the %s"
                .formatted(
                        resumed.fromMidStream() ? "begins" : "goes on",
                        resumed.place().offset(),
                        resumed.place().side());
        String passed = resumed.passedOver() == 0
                ? ""
                : "; %d bytes before it belong to something whose beginning is missing".formatted(resumed.passedOver());
        return (resumed.fromMidStream() ? "the capture begins in mid-stream, " : "") + where + passed;
    }

    private static String ended(CaptureEvent.Ended ended) {
        String how = switch (ended.how()) {
            case CLOSED -> "end of stream";
            case RESET -> "connection reset";
            case CAPTURE_ENDS -> "the capture ends here, the stream was open";
            case REPLACED -> "the same ports are used for a new connection";
            case GIVEN_UP -> "followed no further: too many connections are open (maxConnections)";
        };
        return how + ended.detail().map(detail -> "; " + detail).orElse("");
    }

    private static String peers(Peers peers) {
        return peers.addresses()
                .map(ends -> "client %s, server %s%s"
                        .formatted(
                                Peers.text(ends.client()),
                                Peers.text(ends.server()),
                                peers.guessed() ? " (guessed: the opening is not in the capture)" : ""))
                .orElse("a recorded conversation");
    }

    private String begun(Optional<Instant> time) {
        return time.map(at -> ", " + dateAndTime.format(at)).orElse("");
    }

    private String place(CaptureEvent.Place place) {
        String time = place.time().map(at -> timeOfDay.format(at) + " ").orElse("");
        return "#%d %s%-6s ".formatted(place.conversation(), time, place.side());
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }

    /** What was read, in a few lines for the end of a listing. */
    public static List<String> lines(CaptureSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("%d net.tcp %s, %d %s decoded%s%s"
                .formatted(
                        summary.conversations(),
                        summary.conversations() == 1 ? "conversation" : "conversations",
                        summary.messages(),
                        summary.messages() == 1 ? "message" : "messages",
                        summary.undecodedMessages() > 0 ? ", %d not".formatted(summary.undecodedMessages()) : "",
                        summary.missingBytes() > 0 ? ", %d bytes missing".formatted(summary.missingBytes()) : ""));
        count(lines, summary.foreignConnections(), "connection", "connections", "without net.tcp");
        count(lines, summary.otherPackets(), "packet", "packets", "without TCP over IP");
        count(lines, summary.fragments(), "fragment", "fragments", "of IP packets, which are not put together");
        count(lines, summary.unreadablePackets(), "packet", "packets", "with damaged or cut headers");
        return lines;
    }

    private static void count(List<String> lines, long number, String one, String several, String what) {
        if (number > 0) {
            lines.add("%d %s %s".formatted(number, number == 1 ? one : several, what));
        }
    }
}
