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
    private @Nullable ByteArrayOutputStream bytes;
    private @Nullable DictionaryString entry;
    private boolean typed;

    AttributeValue(RecordWriter records) {
        this.records = records;
    }

    void clear() {
        typed = false;
        entry = null;
        if (text.length() > 0) {
            text.setLength(0);
        }
        bytes = null;
    }

    void text(CharSequence more) {
        bytesToText();
        entryToText();
        text.append(more);
    }

    void entry(DictionaryString only) {
        if (text.length() > 0 || bytes != null || entry != null) {
            text(only.text());
        } else {
            entry = only;
        }
    }

    void bytes(byte[] data, int offset, int length) {
        if (length == 0) {
            return;
        }
        bytes = bytes == null ? new ByteArrayOutputStream() : bytes;
        bytes.write(data, offset, length);
        if (text.length() > 0 || entry != null) {
            entryToText();
            bytesToText();
        }
    }

    private void bytesToText() {
        if (bytes != null) {
            text.append(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            bytes = null;
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

    /** A value that is one text. */
    void only(String value) throws XMLStreamException {
        if (value.isEmpty()) {
            records.empty();
        } else {
            records.text(value);
        }
        records.endAttribute();
    }

    void end() throws XMLStreamException {
        if (!typed) {
            if (bytes != null) {
                byte[] whole = bytes.toByteArray();
                records.bytes(whole, 0, whole, 0, whole.length);
            } else if (entry == null || entry.text().isEmpty() || !records.dictionaryText(entry)) {
                entryToText();
                if (text.length() == 0) {
                    records.empty();
                } else {
                    records.text(text.toString());
                }
            }
        }
        records.endAttribute();
        clear();
    }
}
