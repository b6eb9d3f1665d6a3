package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** Opens the documents of the vectors: every way to deliver their bytes, with the dictionaries their rows name. */
final class Documents {
    static final Quotas NO_QUOTAS =
            new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final int CUT_EVERYWHERE = 4096;
    private static final int PLACES_BEYOND = 64;
    private static final int NUMBERED = 200_000;
    private static final StaticDictionary STR = StaticDictionary.of(numbered(0));
    private static final SessionReaderDictionary.Snapshot STR_SESSION =
            session(numbered(1).subList(0, 1024));

    private Documents() {}

    /** {@code str}: the string of id N is "strN". */
    private static List<String> numbered(int first) {
        List<String> strings = new ArrayList<>();
        for (int k = 0; k < NUMBERED; k++) {
            strings.add("str" + (2 * k + first));
        }
        return strings;
    }

    static SessionReaderDictionary.Snapshot session(List<String> strings) {
        try {
            SessionReaderDictionary session = new SessionReaderDictionary(Integer.MAX_VALUE);
            session.readTable(ByteBuffer.wrap(table(strings)));
            return session.snapshot();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The table of a session with its size in front. */
    static byte[] table(List<String> strings) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            size(bytes.length, out);
            out.writeBytes(bytes);
        }
        java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
        size(out.size(), whole);
        whole.writeBytes(out.toByteArray());
        return whole.toByteArray();
    }

    private static void size(int size, java.io.ByteArrayOutputStream out) {
        int rest = size;
        for (; rest > 0x7F; rest >>>= 7) {
            out.write((rest & 0x7F) | 0x80);
        }
        out.write(rest);
    }

    /** A reader with the dictionaries and the zone of the row. */
    static BinaryXmlStreamReader reader(Row row, Quotas quotas) {
        String dict = row.optionalText("dict").orElse("nbfs");
        StaticDictionary dictionary =
                dict.equals("str") ? STR : dict.equals("none") ? StaticDictionary.NONE : StaticDictionary.NBFS;
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader(dictionary, quotas);
        reader.cursor().zone(zone(row.optionalText("zone").orElse("+00:00")));
        return reader;
    }

    static SessionReaderDictionary.Snapshot session(Row row) {
        String dict = row.optionalText("dict").orElse("nbfs");
        if (dict.equals("str")) {
            return STR_SESSION;
        }
        return dict.startsWith("nbfs+")
                ? session(List.of(dict.substring(5).split("\\|", -1)))
                : SessionReaderDictionary.Snapshot.NONE;
    }

    /** The rows of +05:30 were recorded where the offset of the first century was the mean local time of Calcutta. */
    private static ZoneId zone(String offset) {
        return ZoneId.of(offset.equals("+05:30") ? "Asia/Kolkata" : offset);
    }

    static BinaryXmlStreamReader buffered(Row row, Quotas quotas) {
        byte[] bytes = row.bytes();
        return reader(row, quotas).reset(bytes, 0, bytes.length, session(row));
    }

    /** Every way the bytes of a row may arrive. */
    static Iterable<Fragments> everyWay(Row row) {
        return everyWay(row.bytes(), buffered(row, NO_QUOTAS));
    }

    static BinaryXmlStreamReader streamed(Row row, Quotas quotas, Fragments fragments) {
        return reader(row, quotas).reset(stream(fragments), session(row));
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /**
     * Whole, byte by byte, and cut once: at every position up to 4 KiB, beyond that in front of every record and at 64 places.
     *
     * @param document a reader at the beginning of the same bytes
     */
    static Iterable<Fragments> everyWay(byte[] bytes, BinaryXmlStreamReader document) {
        Set<Integer> places = new TreeSet<>();
        IntStream.rangeClosed(1, CUT_EVERYWHERE).forEach(places::add);
        if (bytes.length > CUT_EVERYWHERE + 1) {
            places.addAll(records(document));
            new Random(bytes.length)
                    .ints(PLACES_BEYOND, CUT_EVERYWHERE + 1, bytes.length)
                    .forEach(places::add);
        }
        places.removeIf(place -> place <= 0 || place >= bytes.length);
        return () -> ways(bytes, places).iterator();
    }

    private static Stream<Fragments> ways(byte[] bytes, Set<Integer> cuts) {
        return Stream.concat(
                Stream.of(Fragments.whole(bytes), Fragments.byteByByte(bytes)),
                cuts.stream().map(place -> Fragments.cutAt(bytes, place)));
    }

    /** Where the records begin, as far as the document can be read. */
    private static Set<Integer> records(BinaryXmlStreamReader document) {
        Set<Integer> places = new TreeSet<>();
        try {
            while (document.hasNext()) {
                document.next();
                places.add(document.getLocation().getCharacterOffset());
            }
        } catch (XMLStreamException e) {
            places.add(e.getLocation().getCharacterOffset()); // where it is refused
        }
        return places;
    }

    /** Delivers one piece per read at most. */
    static InputStream stream(Fragments fragments) {
        List<InputStream> pieces = new ArrayList<>();
        for (byte[] piece : fragments.pieces()) {
            pieces.add(new ByteArrayInputStream(piece));
        }
        return new SequenceInputStream(Collections.enumeration(pieces));
    }
}
