package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * Any bytes as the string tables of a session: read, or refused with a {@link BinaryXmlException}, and then for good. Any texts through
 * the table of a writer: a reader with the same limit understands it.
 */
public final class DictionaryFuzz {
    private static final int LIMIT = 300;

    private DictionaryFuzz() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        var input = new FuzzInput(data);
        if (input.below(2) == 0) {
            readTables(input);
        } else {
            writeTables(input);
        }
    }

    private static void readTables(FuzzInput input) {
        var dictionary = new SessionReaderDictionary(LIMIT);
        boolean refused = false;
        while (!input.isEmpty()) {
            int known = dictionary.size();
            SessionReaderDictionary.Snapshot before = dictionary.snapshot();
            try {
                dictionary.readTable(ByteBuffer.wrap(input.bytes(1 + input.unsignedByte())));
                check(!refused, "a session was understood again after a broken table");
            } catch (BinaryXmlException e) {
                refused = true;
            }
            check(before.size() == known, "a snapshot grew");
            check(before.text(2 * known + 1) == null, "a snapshot shows a later string");
        }
    }

    private static void writeTables(FuzzInput input) {
        var sent = new SessionWriterDictionary(LIMIT);
        var received = new SessionReaderDictionary(LIMIT);
        List<String> numbered = new ArrayList<>();
        while (!input.isEmpty()) {
            List<String> fresh = new ArrayList<>();
            for (int k = input.below(5); k > 0; k--) {
                String text = input.text();
                int id = sent.idOf(text);
                if (id == 2 * (numbered.size() + fresh.size()) + 1) {
                    fresh.add(text);
                } else if (id >= 0) {
                    int known = id >>> 1;
                    String there = known < numbered.size() ? numbered.get(known) : fresh.get(known - numbered.size());
                    check(there.equals(text), "two texts with one number");
                }
            }
            check(sent.pendingStrings().equals(fresh), "the table is not what got numbers");
            if (input.below(4) == 0) {
                sent.rollback();
                continue;
            }
            byte[] table = new byte[sent.tableSize()];
            sent.writeTable(table, 0);
            sent.commit();
            numbered.addAll(fresh);
            read(received, table, numbered);
        }
    }

    private static void read(SessionReaderDictionary received, byte[] table, List<String> numbered) {
        try {
            ByteBuffer payload = ByteBuffer.wrap(table);
            received.readTable(payload);
            check(!payload.hasRemaining(), "the table is not read to its end");
        } catch (XMLStreamException e) {
            throw new AssertionError("a table of our own is refused", e);
        }
        for (int k = 0; k < numbered.size(); k++) {
            check(numbered.get(k).equals(received.snapshot().text(2 * k + 1)), "another text arrived");
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
