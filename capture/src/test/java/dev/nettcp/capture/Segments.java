package dev.nettcp.capture;

import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.From;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A recorded conversation as the segments of a connection, and what a network and a capture may do to them. */
public final class Segments {
    /** Each piece of the recording is a segment. */
    public static final int UNCUT = 0;

    private final List<Segment> segments = new ArrayList<>();
    private final long[] next = new long[2]; // client, server

    private Segments() {}

    /** With opening; each piece of the recording in segments of at most so many bytes, their sizes by chance. */
    public static List<Segment> of(Transcript conversation, int longest, Random random) {
        Segments all = new Segments();
        all.add(true, Segment.SYN, new byte[0]);
        all.add(false, Segment.SYN | Segment.ACK, new byte[0]);
        all.add(true, Segment.ACK, new byte[0]);
        for (Transcript.Piece piece : conversation.pieces()) {
            if (piece instanceof Transcript.Data data) {
                all.cut(data.from() == From.CLIENT, data.bytes(), longest, random);
            } else if (piece instanceof Transcript.EndOfStream end) {
                all.add(end.from() == From.CLIENT, Segment.FIN | Segment.ACK, new byte[0]);
            } else if (piece instanceof Transcript.Reset reset) {
                all.add(reset.from() == From.CLIENT, Segment.RST | Segment.ACK, new byte[0]);
            }
        }
        return all.segments;
    }

    private void cut(boolean fromClient, byte[] bytes, int longest, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int size = Math.min(bytes.length - at, longest == UNCUT ? bytes.length : 1 + random.nextInt(longest));
            add(fromClient, Segment.PSH | Segment.ACK, Arrays.copyOfRange(bytes, at, at + size));
            at += size;
        }
    }

    private void add(boolean fromClient, int flags, byte[] data) {
        int side = fromClient ? 0 : 1;
        segments.add(new Segment(fromClient, next[side], next[1 - side], flags, data));
        next[side] += data.length + ((flags & (Segment.SYN | Segment.FIN)) != 0 ? 1 : 0);
    }

    /** None is more than so many places away from where it was. */
    public static List<Segment> disordered(List<Segment> segments, int places, Random random) {
        List<Segment> disordered = new ArrayList<>(segments);
        for (int at = 0; at + 1 < disordered.size(); at += places) {
            Collections.shuffle(disordered.subList(at, Math.min(disordered.size(), at + places)), random);
        }
        return disordered;
    }

    /** Many come again, some of them together with their neighbour or only in part. */
    public static List<Segment> repeated(List<Segment> segments, Random random) {
        List<Segment> all = new ArrayList<>();
        for (Segment segment : segments) {
            all.add(segment);
            if (segment.data().length > 0 && random.nextInt(3) == 0) {
                Segment earlier = all.get(random.nextInt(all.size()));
                all.add(earlier);
                int from = random.nextInt(segment.data().length);
                all.add(new Segment(
                        segment.fromClient(),
                        segment.sequence() + from,
                        segment.acknowledged(),
                        segment.flags(),
                        Arrays.copyOfRange(segment.data(), from, segment.data().length)));
            }
        }
        return all;
    }
}
