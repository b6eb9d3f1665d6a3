package dev.nettcp.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, by this JDK's {@code jcmd}. */
public final class LiveHeap {

    /** The last line of the histogram: instances and bytes of all classes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");

    private LiveHeap() {}

    /** Bytes that a full collection leaves. */
    public static long of(long pid) throws IOException {
        String histogram = jcmd(pid, "GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) throw new IOException("jcmd printed no total of the heap: " + histogram);
        return Long.parseLong(total.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
        try {
            if (asked.waitFor() != 0) throw new IOException("jcmd " + command + " failed: " + answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for jcmd", e);
        }
        return answer;
    }
}
