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

    boolean tagOpen; // the start tag still takes attributes
    private boolean tagEmpty; // and ends its element
    boolean inList; // values up to its end are one text
    boolean listBefore; // the record written last was a list
    final byte[] trail = new byte[3]; // bytes that wait for a multiple of three
    int trailing;

    /** To the beginning of a document. */
    void clear() {
        outer = null;
        scope.clear();
        attribute.clear();
        tagOpen = false;
        tagEmpty = false;
        inList = false;
        listBefore = false;
        trailing = 0;
    }

    // ------------------------------------------------------------------------------------------------ elements

    @Override
    public void writeStartElement(String localName) throws XMLStreamException {
        beforeElement(localName);
        records.startElement(ShortPrefix.EMPTY, "", localName, null);
        scope.enter();
        tagOpen = true;
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
        tagEmpty = true;
    }

    @Override
    public void writeEmptyElement(String namespaceUri, String localName) throws XMLStreamException {
        writeStartElement(namespaceUri, localName);
        tagEmpty = true;
    }

    @Override
    public void writeEmptyElement(@Nullable String prefix, String localName, String namespaceUri)
            throws XMLStreamException {
        writeStartElement(prefix, localName, namespaceUri);
        tagEmpty = true;
    }

    final void beforeElement(String localName) throws XMLStreamException {
        if (attribute.isOpen()) {
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
        String uri = namespaceUri == null ? "" : namespaceUri;
        String chosen = prefix != null ? prefix : elementPrefix(uri);
        int number = ShortPrefix.of(chosen);
        boolean bound = scope.binds(number, chosen, uri);
        if (!bound || number < 0) { // a short one that is in force has been checked already
            checkPrefix(chosen, uri);
        }
        scope.enter();
        records.startElement(number, chosen, localName, localEntry);
        if (bound) {
            scope.use(number, chosen);
        } else {
            scope.declare(chosen, uri, namespaceEntry);
        }
        tagOpen = true;
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
        scope.declare(prefix, uri, entry);
    }

    @Override
    public void writeEndElement() throws XMLStreamException {
        if (attribute.isOpen()) {
            attribute.end();
        }
        content();
        if (scope.depth() == 0) {
            throw misuse("an end tag without an open element");
        }
        records.endElement();
        scope.leave();
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
        if (attribute.isOpen()) {
            attribute.end();
        }
        content();
        while (scope.depth() > 0) {
            writeEndElement();
        }
    }

    /** Before content or an end: what is left of the start tag, and bytes that wait for others. */
    final void content() throws XMLStreamException {
        if (inList) {
            throw misuse("anything but values into a list: it has to be ended first");
        }
        if (trailing > 0) {
            writeTrail();
        }
        listBefore = false;
        if (tagOpen) {
            endStartTag();
        }
    }

    private void writeTrail() throws XMLStreamException {
        int waiting = trailing;
        trailing = 0;
        records.bytes(trail, waiting, trail, 0, 0);
    }

    final void endStartTag() throws XMLStreamException {
        tagOpen = false;
        if (scope.declared() > 0) {
            writeDeclarations();
        }
        if (tagEmpty) {
            endEmptyElement();
        }
    }

    private void writeDeclarations() throws XMLStreamException {
        for (int k = 0; k < scope.declared(); k++) {
            records.xmlns(scope.declaredPrefix(k), scope.declaredUri(k), scope.declaredEntry(k));
        }
    }

    private void endEmptyElement() throws XMLStreamException {
        tagEmpty = false;
        records.endElement();
        scope.leave();
    }

    static XMLStreamException misuse(String what) {
        return new XMLStreamException("cannot write " + what);
    }

    // ------------------------------------------------------------------------------------------------ attributes

    @Override
    public void writeAttribute(String localName, String value) throws XMLStreamException {
        startAttribute(null, localName, null, "", null);
        attribute.only(value);
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
        attribute.only(value);
    }

    /** Name and namespace go out as numbers where they can. */
    public void writeAttribute(
            @Nullable String prefix, DictionaryString namespace, DictionaryString localName, String value)
            throws XMLStreamException {
        writeStartAttribute(prefix, namespace, localName);
        attribute.only(value);
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
        if (!attribute.isOpen()) {
            throw misuse("the end of an attribute without its start");
        }
        if (inList) {
            throw misuse("the end of an attribute before that of its list");
        }
        attribute.end();
    }

    final void startAttribute(
            @Nullable String prefix,
            String localName,
            @Nullable DictionaryString localEntry,
            @Nullable String namespaceUri,
            @Nullable DictionaryString namespaceEntry)
            throws XMLStreamException {
        if (!tagOpen || attribute.isOpen()) {
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
        attribute.begin();
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
        if (!tagOpen) {
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
