package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import javax.xml.namespace.NamespaceContext;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.NamespaceContextEx;
import org.jvnet.staxex.XMLStreamWriterEx;

/**
 * Start tags, end tags and what stands in them: names, prefixes and their declarations. The declarations of a start tag are
 * written at its end, behind the attributes, in the order in which they became needed.
 */
abstract class TagWriter implements XMLStreamWriterEx {
    final RecordWriter records = new RecordWriter();
    final WriterScope scope = new WriterScope();
    final AttributeValue attribute = new AttributeValue(records);
    private final NamespaceContextEx namespaceContext = new ScopeContext(scope.bindings);
    private @Nullable NamespaceContext outer;

    // What is special about the place where the writer is. Nothing: inside an element, behind its start tag.
    static final int OUTSIDE = 1; // no element is open
    static final int TAG = 2; // the start tag still takes attributes
    static final int DECLARATIONS = 4; // and has some to be written at its end
    static final int EMPTY = 8; // and ends its element
    static final int ATTRIBUTE = 16; // an attribute waits for its value
    static final int LIST = 32; // values up to its end are one text
    static final int LIST_BEFORE = 64; // the record written last was a list
    static final int TRAIL = 128; // bytes wait for others

    private int place = OUTSIDE;
    final byte[] trail = new byte[3]; // bytes that wait for a multiple of three
    int trailing;

    /** To the beginning of a document. */
    void clear() {
        outer = null;
        scope.clear();
        attribute.clear();
        place = OUTSIDE;
        trailing = 0;
    }

    /** Whether any of these is true of the place. */
    final boolean is(int places) {
        return (place & places) != 0;
    }

    final void enter(int places) {
        place |= places;
    }

    final void leave(int places) {
        place &= ~places;
    }

    // ------------------------------------------------------------------------------------------------ elements

    @Override
    public void writeStartElement(String localName) throws XMLStreamException {
        beforeElement(localName);
        records.startElement(ShortPrefix.EMPTY, "", localName, null);
        scope.enter();
        place = TAG;
    }

    @Override
    public void writeStartElement(String namespaceUri, String localName) throws XMLStreamException {
        startElement(null, localName, null, namespaceUri, null);
    }

    /** As in StAX; a null prefix means: one in force for the namespace, else the namespace becomes the default one. */
    @Override
    public void writeStartElement(@Nullable String prefix, String localName, String namespaceUri)
            throws XMLStreamException {
        startElement(prefix, localName, null, namespaceUri, null);
    }

    /** Name and namespace go out as numbers where they can. */
    public void writeStartElement(@Nullable String prefix, DictionaryString localName, DictionaryString namespace)
            throws XMLStreamException {
        startElement(prefix, localName.text(), localName, namespace.text(), namespace);
    }

    @Override
    public void writeEmptyElement(String localName) throws XMLStreamException {
        writeStartElement(localName);
        enter(EMPTY);
    }

    @Override
    public void writeEmptyElement(String namespaceUri, String localName) throws XMLStreamException {
        writeStartElement(namespaceUri, localName);
        enter(EMPTY);
    }

    @Override
    public void writeEmptyElement(@Nullable String prefix, String localName, String namespaceUri)
            throws XMLStreamException {
        writeStartElement(prefix, localName, namespaceUri);
        enter(EMPTY);
    }

    private void beforeElement(String localName) throws XMLStreamException {
        if (is(ATTRIBUTE)) {
            throw misuse("an element inside an attribute");
        }
        if (localName.isEmpty()) {
            throw misuse("an element without a name");
        }
        content();
    }

    final void startElement(
            @Nullable String prefix,
            String localName,
            @Nullable DictionaryString localEntry,
            @Nullable String namespaceUri,
            @Nullable DictionaryString namespaceEntry)
            throws XMLStreamException {
        beforeElement(localName);
        int last = scope.numberOfLast(prefix, namespaceUri);
        if (prefix != null && last >= 0) {
            scope.enter();
            records.startElement(last, prefix, localName, localEntry);
            place = TAG;
            scope.use(last, prefix);
        } else {
            startWithOther(prefix, localName, localEntry, namespaceUri == null ? "" : namespaceUri, namespaceEntry);
        }
    }

    private void startWithOther(
            @Nullable String prefix,
            String localName,
            @Nullable DictionaryString localEntry,
            String uri,
            @Nullable DictionaryString namespaceEntry)
            throws XMLStreamException {
        String chosen = prefix != null ? prefix : elementPrefix(uri);
        int number = ShortPrefix.of(chosen);
        boolean bound = scope.binds(number, chosen, uri);
        if (!bound || number < 0) { // a short one that is in force has been checked already
            checkPrefix(chosen, uri);
        }
        scope.enter();
        records.startElement(number, chosen, localName, localEntry);
        place = TAG;
        if (bound) {
            scope.use(number, chosen);
            scope.last(number);
        } else {
            declareHere(chosen, uri, namespaceEntry);
        }
    }

    private void declareHere(String prefix, String uri, @Nullable DictionaryString entry) {
        scope.declare(prefix, uri, entry);
        enter(DECLARATIONS);
    }

    final String elementPrefix(String uri) {
        if (uri.isEmpty()) {
            return "";
        }
        String known = getPrefix(uri);
        return known == null ? "" : known;
    }

    static void checkPrefix(String prefix, String uri) throws XMLStreamException {
        if (prefix.isEmpty()) {
            return;
        }
        if (uri.isEmpty()) {
            throw misuse("prefix " + prefix + " without a namespace");
        }
        if (prefix.equals("xmlns") || prefix.equals("xml") != uri.equals(NamespaceScope.XML_URI)) {
            throw misuse("prefix " + prefix + " with namespace " + uri + ": xml and xmlns have their own meaning");
        }
    }

    /** Sees to it that the prefix has this meaning in the current start tag. */
    final void bind(int number, String prefix, String uri, @Nullable DictionaryString entry) throws XMLStreamException {
        if (scope.binds(number, prefix, uri)) {
            scope.use(number, prefix);
            return;
        }
        if (scope.isSettled(prefix)) {
            throw misuse("prefix \"" + prefix + "\" for namespace " + uri + ", but the start tag already uses it for "
                    + scope.uri(prefix));
        }
        declareHere(prefix, uri, entry);
    }

    @Override
    public void writeEndElement() throws XMLStreamException {
        if (place != 0) {
            beforeEnd();
        }
        records.endElement();
        leaveElement();
    }

    private void beforeEnd() throws XMLStreamException {
        if (is(ATTRIBUTE)) {
            endAttribute();
        }
        content();
        if (is(OUTSIDE)) {
            throw misuse("an end tag without an open element");
        }
    }

    final void leaveElement() {
        scope.leave();
        if (scope.depth() == 0) {
            place = OUTSIDE;
        }
    }

    @Override
    public void writeStartDocument() {}

    @Override
    public void writeStartDocument(@Nullable String version) {}

    @Override
    public void writeStartDocument(@Nullable String encoding, @Nullable String version) {}

    /** Ends all open elements. */
    @Override
    public void writeEndDocument() throws XMLStreamException {
        if (is(ATTRIBUTE)) {
            endAttribute();
        }
        content();
        while (scope.depth() > 0) {
            writeEndElement();
        }
    }

    /** Before content or an end: what is left of the start tag, and bytes that wait for others. */
    final void content() throws XMLStreamException {
        if (is(~(OUTSIDE | TAG))) {
            settle();
        }
        leave(TAG);
    }

    private void settle() throws XMLStreamException {
        if (is(LIST)) {
            throw misuse("anything but values into a list: it has to be ended first");
        }
        int before = place;
        place &= OUTSIDE;
        if ((before & TRAIL) != 0) {
            writeTrail();
        }
        if ((before & DECLARATIONS) != 0) {
            writeDeclarations();
        }
        if ((before & EMPTY) != 0) {
            records.endElement();
            leaveElement();
        }
    }

    private void writeTrail() throws XMLStreamException {
        int waiting = trailing;
        trailing = 0;
        records.bytes(trail, waiting, trail, 0, 0);
    }

    private void writeDeclarations() throws XMLStreamException {
        for (int k = 0; k < scope.declared(); k++) {
            records.xmlns(scope.declaredPrefix(k), scope.declaredUri(k), scope.declaredEntry(k));
        }
    }

    static XMLStreamException misuse(String what) {
        return new XMLStreamException("cannot write " + what);
    }

    // ------------------------------------------------------------------------------------------------ attributes

    @Override
    public void writeAttribute(String localName, String value) throws XMLStreamException {
        startAttribute(null, localName, null, "", null);
        endAttribute(value);
    }

    @Override
    public void writeAttribute(String namespaceUri, String localName, String value) throws XMLStreamException {
        writeAttribute(null, namespaceUri, localName, value);
    }

    /** As in StAX; a null or empty prefix of a namespace means: one in force for it, else a new letter. */
    @Override
    public void writeAttribute(@Nullable String prefix, String namespaceUri, String localName, String value)
            throws XMLStreamException {
        if (NamespaceScope.XMLNS_URI.equals(namespaceUri)) { // a declaration in the guise of an attribute
            writeNamespace(localName.equals("xmlns") ? "" : localName, value);
            return;
        }
        startAttribute(prefix, localName, null, namespaceUri, null);
        endAttribute(value);
    }

    /** Name and namespace go out as numbers where they can. */
    public void writeAttribute(
            @Nullable String prefix, DictionaryString namespace, DictionaryString localName, String value)
            throws XMLStreamException {
        writeStartAttribute(prefix, namespace, localName);
        endAttribute(value);
    }

    /** Begins an attribute whose value the following calls give: texts are joined, a typed value stands alone. */
    public void writeStartAttribute(@Nullable String prefix, String namespaceUri, String localName)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
    }

    /** Begins an attribute whose value the following calls give. Name and namespace go out as numbers where they can. */
    public void writeStartAttribute(@Nullable String prefix, DictionaryString namespace, DictionaryString localName)
            throws XMLStreamException {
        startAttribute(prefix, localName.text(), localName, namespace.text(), namespace);
    }

    public void writeEndAttribute() throws XMLStreamException {
        if (!is(ATTRIBUTE)) {
            throw misuse("the end of an attribute without its start");
        }
        if (is(LIST)) {
            throw misuse("the end of an attribute before that of its list");
        }
        endAttribute();
    }

    final void endAttribute() throws XMLStreamException {
        leave(ATTRIBUTE);
        attribute.end();
    }

    private void endAttribute(String value) throws XMLStreamException {
        leave(ATTRIBUTE);
        attribute.only(value);
    }

    final void startAttribute(
            @Nullable String prefix,
            String localName,
            @Nullable DictionaryString localEntry,
            @Nullable String namespaceUri,
            @Nullable DictionaryString namespaceEntry)
            throws XMLStreamException {
        if (!is(TAG) || is(ATTRIBUTE)) {
            throw misuse("attribute " + localName + " outside a start tag");
        }
        String uri = namespaceUri == null ? "" : namespaceUri;
        String chosen = prefix == null ? "" : prefix;
        if (chosen.isEmpty() && !uri.isEmpty()) {
            String known = scope.prefix(uri, true);
            chosen = known != null ? known : newPrefix(uri);
        }
        checkPrefix(chosen, uri);
        int number = ShortPrefix.of(chosen);
        records.startAttribute(number, chosen, localName, localEntry);
        if (number != ShortPrefix.EMPTY) {
            bind(number, chosen, uri, namespaceEntry);
        }
        enter(ATTRIBUTE);
    }

    final String newPrefix(String uri) {
        String wished = scope.wish(uri);
        return wished != null && !wished.isEmpty() && !scope.isSettled(wished) ? wished : scope.newPrefix();
    }

    // ------------------------------------------------------------------------------------------------ namespaces

    /** Declares a prefix; null, empty or {@code xmlns} is the default namespace. What is in force already is left out. */
    @Override
    public void writeNamespace(@Nullable String prefix, String namespaceUri) throws XMLStreamException {
        declare(prefix, namespaceUri, null);
    }

    /** Declares a prefix; the namespace goes out as a number if it can. */
    public void writeNamespace(@Nullable String prefix, DictionaryString namespace) throws XMLStreamException {
        declare(prefix, namespace.text(), namespace);
    }

    @Override
    public void writeDefaultNamespace(String namespaceUri) throws XMLStreamException {
        declare("", namespaceUri, null);
    }

    /** A prefix for a namespace that a value will need: one in force, else a new letter is declared. */
    public String declarePrefix(String namespaceUri) throws XMLStreamException {
        String known = scope.prefix(namespaceUri, true);
        if (known != null) {
            return known;
        }
        String fresh = newPrefix(namespaceUri);
        declare(fresh, namespaceUri, null);
        return fresh;
    }

    final void declare(@Nullable String prefix, @Nullable String namespaceUri, @Nullable DictionaryString entry)
            throws XMLStreamException {
        if (!is(TAG)) {
            throw misuse("a declaration of namespace " + namespaceUri + " outside a start tag");
        }
        String uri = namespaceUri == null ? "" : namespaceUri;
        String of = prefix == null || prefix.equals("xmlns") ? "" : prefix;
        checkPrefix(of, uri);
        bind(ShortPrefix.of(of), of, uri, entry);
    }

    @Override
    public @Nullable String getPrefix(String namespaceUri) {
        String known = scope.prefix(namespaceUri, false);
        if (known == null) {
            known = scope.wish(namespaceUri);
        }
        return known == null && outer != null ? outer.getPrefix(namespaceUri) : known;
    }

    /** Wishes a prefix for a namespace inside the current element; it is declared where it is needed. */
    @Override
    public void setPrefix(String prefix, String namespaceUri) {
        scope.wish(prefix, namespaceUri);
    }

    @Override
    public void setDefaultNamespace(String namespaceUri) {
        scope.wish("", namespaceUri);
    }

    /** Prefixes to prefer when the document itself has none for a namespace. */
    @Override
    public void setNamespaceContext(@Nullable NamespaceContext context) {
        outer = context;
    }

    @Override
    public NamespaceContextEx getNamespaceContext() {
        return namespaceContext;
    }
}
