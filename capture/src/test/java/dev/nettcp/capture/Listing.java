package dev.nettcp.capture;

import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcripts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was read from a capture. */
record Listing(List<CaptureEvent> events, CaptureSummary summary) {
    static Listing of(byte[] file) {
        return of(file, CaptureLimits.DEFAULT);
    }

    static Listing of(byte[] file, CaptureLimits limits) {
        List<CaptureEvent> events = new ArrayList<>();
        try {
            CaptureSummary summary = CaptureReader.read(new ByteArrayInputStream(file), limits, events::add);
            return new Listing(events, summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the recording itself. */
    static Listing of(Transcript conversation) {
        return of(recording(conversation).getBytes(StandardCharsets.UTF_8));
    }

    static String recording(Transcript conversation) {
        return Transcripts.text(conversation.name() + ".jsonl");
    }

    static List<byte[]> frames(Frames frames, int ipVersion, List<Segment> segments) {
        return segments.stream()
                .map(segment -> frames.frame(segment, ipVersion, 40_000))
                .toList();
    }

    /** All of it, as people read it. */
    String text() {
        StringBuilder text = new StringBuilder();
        events.forEach(new ReadableForm(text, ZoneOffset.UTC, true, 200));
        ReadableForm.lines(summary).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** What one side said, without times: the same however it was captured. */
    String said(Side side) {
        StringBuilder text = new StringBuilder();
        ReadableForm form = new ReadableForm(text, ZoneOffset.UTC, true, Integer.MAX_VALUE);
        events.stream()
                .filter(event -> event instanceof CaptureEvent.Placed placed
                        && placed.place().side() == side)
                .forEach(form);
        return text.toString()
                .lines()
                .map(line -> line.replaceFirst("^#\\d+ (\\d\\d:\\S+ )?", ""))
                .collect(Collectors.joining("\n"));
    }

    <T extends CaptureEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
