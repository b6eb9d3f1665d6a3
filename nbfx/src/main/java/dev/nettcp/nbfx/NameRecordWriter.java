package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.OutputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Records with names, [MC-NBFX] 2.2.1 and 2.2.2: elements, attributes, declarations; by id where the name has one. */
abstract class NameRecordWriter extends RecordOutput {
    private StaticDictionary dictionary = StaticDictionary.NBFS;
    private @Nullable SessionWriterDictionary session;
    private boolean offerNames;

    final void reset(
            StaticDictionary withDictionary,
            @Nullable SessionWriterDictionary withSession,
            @Nullable OutputStream to,
            int room) {
        dictionary = withDictionary;
        session = withSession;
        offerNames = false;
        reset(to, room);
    }

    void startElement(int number, String prefix, String name, @Nullable DictionaryString nameEntry)
            throws XMLStreamException {
        named(
                number,
                prefix,
                name,
                nameId(name, nameEntry),
                RecordType.SHORT_ELEMENT,
                RecordType.PREFIX_ELEMENT_A,
                RecordType.PREFIX_DICTIONARY_ELEMENT_A);
    }

    void startAttribute(int number, String prefix, String name, @Nullable DictionaryString nameEntry)
            throws XMLStreamException {
        named(
                number,
                prefix,
                name,
                nameId(name, nameEntry),
                RecordType.SHORT_ATTRIBUTE,
                RecordType.PREFIX_ATTRIBUTE_A,
                RecordType.PREFIX_DICTIONARY_ATTRIBUTE_A);
    }

    final void endAttribute() {
        fixText();
    }

    /**
     * The four forms of a name follow each other: short, with prefix, short by id, with prefix by id. Letters have types of their
     * own.
     */
    private void named(int number, String prefix, String name, int id, int first, int letterInline, int letterById)
            throws XMLStreamException {
        if (number > ShortPrefix.EMPTY) {
            name((id >= 0 ? letterById : letterInline) + number - 1, name, id);
        } else if (number == ShortPrefix.EMPTY) {
            name(id >= 0 ? first + 2 : first, name, id);
        } else {
            node(id >= 0 ? first + 3 : first + 1);
            string(prefix);
            name(name, id);
        }
    }

    void xmlns(String prefix, String uri, @Nullable DictionaryString uriEntry) throws XMLStreamException {
        int id = nameId(uri, uriEntry);
        int byId = id >= 0 ? 2 : 0;
        if (prefix.isEmpty()) {
            name(RecordType.SHORT_XMLNS_ATTRIBUTE + byId, uri, id);
        } else {
            node(RecordType.XMLNS_ATTRIBUTE + byId);
            string(prefix);
            name(uri, id);
        }
    }

    private void name(int type, String text, int id) throws XMLStreamException {
        if (id >= 0) {
            node(type, id);
        } else {
            node(type);
            string(text);
        }
    }

    private void name(String text, int id) throws XMLStreamException {
        if (id >= 0) {
            size(id);
        } else {
            string(text);
        }
    }

    private int nameId(String name, @Nullable DictionaryString entry) {
        if (entry == null && offerNames && session != null && !name.isEmpty()) {
            return session.idOf(name);
        }
        return id(entry);
    }

    /** Whether plain names and namespaces may go into the table of the session too. */
    boolean offerNames(boolean offer) {
        boolean before = offerNames;
        offerNames = offer;
        return before;
    }

    /** The id under which an entry goes out; -1: inline. */
    int id(@Nullable DictionaryString entry) {
        if (entry == null) {
            return -1;
        }
        int id = entry.idIn(dictionary);
        return id >= 0 || session == null ? id : session.idOf(entry);
    }
}
