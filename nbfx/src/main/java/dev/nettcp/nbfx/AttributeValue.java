package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The value of the attribute that is being written: exactly one record, however many calls it takes. Texts are joined; bytes stay
 * bytes unless text comes to them; a typed value stands alone (texts given before it are dropped, as in .NET).
 */
final class AttributeValue {
    private final RecordWriter records;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable DictionaryString entry;
    private boolean open;
    private boolean typed;

    AttributeValue(RecordWriter records) {
        this.records = records;
    }

    void clear() {
        open = false;
        typed = false;
        entry = null;
        text.setLength(0);
        bytes.reset();
    }

    boolean isOpen() {
        return open;
    }

    void begin() {
        clear();
        open = true;
    }

    void text(CharSequence more) {
        bytesToText();
        entryToText();
        text.append(more);
    }

    void entry(DictionaryString only) {
        if (text.length() > 0 || bytes.size() > 0 || entry != null) {
            text(only.text());
        } else {
            entry = only;
        }
    }

    void bytes(byte[] data, int offset, int length) {
        bytes.write(data, offset, length);
        if (text.length() > 0 || entry != null) {
            entryToText();
            bytesToText();
        }
    }

    private void bytesToText() {
        if (bytes.size() > 0) {
            text.append(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            bytes.reset();
        }
    }

    private void entryToText() {
        if (entry != null) {
            text.append(entry.text());
            entry = null;
        }
    }

    /** Before a typed value is written to the records. */
    void typed() throws XMLStreamException {
        if (typed) {
            throw new XMLStreamException("an attribute has one typed value only");
        }
        typed = true;
    }

    void end() throws XMLStreamException {
        if (!typed) {
            if (bytes.size() > 0) {
                records.bytes(bytes.toByteArray(), bytes.size(), bytes.toByteArray(), 0, 0);
            } else if (entry == null || entry.text().isEmpty() || !records.dictionaryText(entry)) {
                entryToText();
                if (text.length() == 0) {
                    records.empty();
                } else {
                    records.text(text);
                }
            }
        }
        records.endAttribute();
        clear();
    }
}
