package dev.nettcp.nbfx.dictionary;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A text that a writer may send as a number: by its id if it stands in the writer's static dictionary, else through the table
 * of the session if there is one, else inline.
 *
 * <p>Plain strings are never looked up, as in .NET: it is the program that decides which of its texts are worth a place in
 * the table of a session.
 */
public final class DictionaryString {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Those of a program, made one after the other, differ in their last bits. */
    final int number = NUMBERS.getAndIncrement();

    private final String text;
    private final @Nullable StaticDictionary home;
    private final int id;

    DictionaryString(String text, @Nullable StaticDictionary home, int id) {
        this.text = text;
        this.home = home;
        this.id = id;
    }

    /** A text that stands in no static dictionary and goes into the table of a session at its first use. */
    public static DictionaryString of(String text) {
        return new DictionaryString(text.intern(), null, -1);
    }

    public String text() {
        return text;
    }

    /** The id of this very entry of {@code dictionary}, an even number; -1 if this is not one of its entries. */
    public int idIn(StaticDictionary dictionary) {
        return home == dictionary ? id : -1;
    }

    @Override
    public String toString() {
        return text;
    }
}
