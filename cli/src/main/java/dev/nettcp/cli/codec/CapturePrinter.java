package dev.nettcp.cli.codec;

import dev.nettcp.capture.CaptureEvent;
import dev.nettcp.capture.CaptureException;
import dev.nettcp.capture.CaptureLimits;
import dev.nettcp.capture.CaptureReader;
import dev.nettcp.capture.CaptureSummary;
import dev.nettcp.capture.ReadableForm;
import dev.nettcp.cli.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.function.Consumer;

/** Prints what was said in a capture, while it is being read. */
final class CapturePrinter {
    private final PrintWriter out;
    private final Consumer<CaptureEvent> form;
    private final boolean json;

    private CapturePrinter(PrintWriter out, Consumer<CaptureEvent> form, boolean json) {
        this.out = out;
        this.form = form;
        this.json = json;
    }

    static CapturePrinter ofLines(PrintWriter out, boolean brief, boolean full) {
        int longestText = full ? Integer.MAX_VALUE : ReadableForm.SHORT_TEXTS;
        return new CapturePrinter(out, new ReadableForm(out, ZoneId.systemDefault(), !brief, longestText), false);
    }

    static CapturePrinter ofJson(PrintWriter out, boolean brief) {
        return new CapturePrinter(out, new CaptureJson(out, !brief), true);
    }

    /** @param live whether somebody may be waiting for each line */
    void print(InputStream in, String title, boolean live) {
        CaptureSummary summary;
        try {
            summary = CaptureReader.read(in, CaptureLimits.DEFAULT, event -> {
                form.accept(event);
                if (live && out.checkError()) { // which flushes
                    throw new CommandFailed("the output is read no further, so neither is " + title);
                }
            });
        } catch (CaptureException e) {
            out.flush();
            throw new CommandFailed("%s: %s".formatted(title, e.getMessage()), e);
        } catch (IOException e) {
            out.flush();
            throw new CommandFailed("%s cannot be read: %s".formatted(title, e.getMessage()), e);
        }
        if (!json) {
            out.println();
            ReadableForm.lines(summary).forEach(out::println);
        }
        out.flush();
        if (summary.conversations() == 0) {
            throw new CommandFailed(
                    title
                            + " has no net.tcp in it; was it captured at the right port, and from before the first connection?");
        }
    }
}
