package dev.nettcp.testkit;

import dev.nettcp.testkit.Transcript.From;
import dev.nettcp.testkit.Transcript.Piece;
import java.util.List;

/**
 * Conversations recorded between real peers; {@code transcripts/README.md} among the resources says which.
 * Other files of that directory are read with {@link #text} and {@link #lines}.
 */
public final class Transcripts {

    private static final String ENDING = ".jsonl";

    private Transcripts() {}

    /** Names of all conversations, {@code dotnet/buffered-bool}; only those that begin with the prefix. */
    public static List<String> names(String prefix) {
        return Resources.filesBelow("transcripts").stream()
                .filter(file -> file.startsWith(prefix) && file.endsWith(ENDING) && !file.contains("nbfx/"))
                .map(file -> file.substring(0, file.length() - ENDING.length()))
                .toList();
    }

    public static List<Transcript> all(String prefix) {
        return names(prefix).stream().map(Transcripts::read).toList();
    }

    /** Reads one conversation by name, {@code dotnet/buffered-bool}. */
    public static Transcript read(String name) {
        return new Transcript(
                name, lines(name + ENDING).stream().map(Transcripts::piece).toList());
    }

    /** A text file below {@code transcripts}, such as {@code dotnet/buffered-bool.txt}. */
    public static String text(String file) {
        return Resources.text("transcripts/" + file);
    }

    /** A file of JSON lines below {@code transcripts}, such as {@code dotnet/nbfx/records.jsonl}. */
    public static List<Row> lines(String file) {
        return Vectors.lines("transcripts/" + file);
    }

    private static Piece piece(Row row) {
        if (row.flag("open")) {
            return new Transcript.StaysOpen();
        }
        From from = row.text("dir").equals("c2s") ? From.CLIENT : From.SERVER;
        if (row.flag("eof")) {
            return new Transcript.EndOfStream(from);
        }
        return row.flag("reset") ? new Transcript.Reset(from) : new Transcript.Data(from, row.text("hex"));
    }
}
