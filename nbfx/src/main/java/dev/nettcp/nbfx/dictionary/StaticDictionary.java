package dev.nettcp.nbfx.dictionary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dictionary both ends know beforehand. Entry k has the id 2k. Immutable. */
public final class StaticDictionary {
    /** No entry at all. */
    public static final StaticDictionary NONE = of(List.of());

    /** The dictionary of SOAP in .NET, [MC-NBFS] 2.2: 487 entries. Entry 424 begins with a space, as in every Microsoft source. */
    public static final StaticDictionary NBFS = load("nbfs-dictionary.csv");

    private final String[] texts;
    private final Map<String, DictionaryString> entries;

    private StaticDictionary(List<String> texts) {
        this.texts = new String[texts.size()];
        this.entries = new HashMap<>(texts.size() * 2);
        for (int k = 0; k < this.texts.length; k++) {
            String text = texts.get(k).intern();
            this.texts[k] = text;
            entries.putIfAbsent(text, new DictionaryString(text, this, 2 * k));
        }
    }

    /** A dictionary of one's own: the first text gets id 0, the next id 2, and so on. */
    public static StaticDictionary of(List<String> texts) {
        return new StaticDictionary(texts);
    }

    /** The entry with this text. */
    public Optional<DictionaryString> find(String text) {
        return Optional.ofNullable(entries.get(text));
    }

    /**
     * The entry with this text, for constants.
     *
     * @throws NoSuchElementException if the dictionary has no such entry
     */
    public DictionaryString entry(String text) {
        return find(text).orElseThrow(() -> new NoSuchElementException("no entry \"" + text + "\" in the dictionary"));
    }

    /** The interned text of an even id; null if the id is odd or beyond the table. */
    public @Nullable String text(int id) {
        int k = id >>> 1;
        return (id & 1) == 0 && k < texts.length ? texts[k] : null;
    }

    /** The number of entries. */
    public int size() {
        return texts.length;
    }

    /** The resource has a heading, then one line per entry: its id, a comma, the text, in quotes where blanks count. */
    private static StaticDictionary load(String resource) {
        List<String> texts = new ArrayList<>();
        try (InputStream in = StaticDictionary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comma = line.indexOf(',');
                if (Integer.parseInt(line, 0, comma, 10) != 2 * texts.size()) {
                    throw new IllegalStateException("resource " + resource + " is out of order at: " + line);
                }
                String text = line.substring(comma + 1);
                texts.add(text.startsWith("\"") ? text.substring(1, text.length() - 1) : text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + " cannot be read", e);
        }
        return of(texts);
    }
}
