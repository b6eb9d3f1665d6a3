package dev.nettcp.nbfx;

import java.util.Objects;
import javax.xml.namespace.QName;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.NamespaceContextEx;
import org.jvnet.staxex.XMLStreamReaderEx;

/** Names, attributes, namespaces, and what binary XML has not: the part of StAX that only looks at the current record. */
abstract class NameReader implements XMLStreamReaderEx {
    final RecordCursor cursor = new RecordCursor();
    final NamespaceContextEx namespaceContext = new ScopeContext(cursor.scope);
    int event = START_DOCUMENT;

    // ------------------------------------------------------------------------------------------------ names

    final void requireElement() {
        if (!hasName()) {
            throw new IllegalStateException("only elements have a name, this is " + EventNames.of(event));
        }
    }

    final void requireStart() {
        if (event != START_ELEMENT) {
            throw new IllegalStateException("only a start tag has attributes, this is " + EventNames.of(event));
        }
    }

    @Override
    public String getLocalName() {
        requireElement();
        return cursor.localName();
    }

    /** The namespace of the element; empty if it is in none. */
    @Override
    public String getNamespaceURI() {
        requireElement();
        return cursor.uri();
    }

    @Override
    public String getPrefix() {
        requireElement();
        return cursor.prefix();
    }

    @Override
    public QName getName() {
        requireElement();
        return new QName(cursor.uri(), cursor.localName(), cursor.prefix());
    }

    @Override
    public boolean hasName() {
        return event == START_ELEMENT || event == END_ELEMENT;
    }

    // ------------------------------------------------------------------------------------------------ attributes

    @Override
    public int getAttributeCount() {
        requireStart();
        return cursor.attributeCount();
    }

    final int attribute(int index) {
        requireStart();
        return Objects.checkIndex(index, cursor.attributeCount());
    }

    @Override
    public String getAttributeLocalName(int index) {
        return cursor.attributeName(attribute(index));
    }

    /** The namespace of an attribute; empty if it is in none. */
    @Override
    public String getAttributeNamespace(int index) {
        return cursor.attributeUri(attribute(index));
    }

    @Override
    public String getAttributePrefix(int index) {
        return cursor.attributePrefix(attribute(index));
    }

    @Override
    public QName getAttributeName(int index) {
        attribute(index);
        return new QName(cursor.attributeUri(index), cursor.attributeName(index), cursor.attributePrefix(index));
    }

    @Override
    public String getAttributeType(int index) {
        attribute(index);
        return "CDATA";
    }

    @Override
    public boolean isAttributeSpecified(int index) {
        attribute(index);
        return true;
    }

    /**
     * The text of an attribute.
     *
     * @throws IllegalStateException if its bytes are no text; the cause tells where
     */
    @Override
    public String getAttributeValue(int index) {
        attribute(index);
        try {
            return TextRecord.text(
                    cursor, cursor.attributeType(index), cursor.attributePos(index), cursor.attributeLength(index));
        } catch (BinaryXmlException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public @Nullable String getAttributeValue(@Nullable String namespaceUri, String localName) {
        int index = getAttributeIndex(namespaceUri, localName);
        return index < 0 ? null : getAttributeValue(index);
    }

    /** The place of an attribute; null as the namespace means any. -1: there is none. */
    public int getAttributeIndex(@Nullable String namespaceUri, String localName) {
        requireStart();
        for (int k = 0; k < cursor.attributeCount(); k++) {
            if (cursor.attributeName(k).equals(localName)
                    && (namespaceUri == null || cursor.attributeUri(k).equals(namespaceUri))) {
                return k;
            }
        }
        return -1;
    }

    // ------------------------------------------------------------------------------------------------ namespaces

    @Override
    public int getNamespaceCount() {
        requireElement();
        return cursor.scope.declared();
    }

    /** The declared prefix; empty for the default namespace. */
    @Override
    public String getNamespacePrefix(int index) {
        requireElement();
        return cursor.scope.declaredPrefix(Objects.checkIndex(index, cursor.scope.declared()));
    }

    @Override
    public String getNamespaceURI(int index) {
        requireElement();
        return cursor.scope.declaredUri(Objects.checkIndex(index, cursor.scope.declared()));
    }

    /** The namespace of a prefix that is in force; null if it is not declared. */
    @Override
    public @Nullable String getNamespaceURI(String prefix) {
        requireElement();
        String uri = namespaceContext.getNamespaceURI(prefix);
        return uri.isEmpty() && !prefix.isEmpty() ? null : uri;
    }

    /** The prefixes in force now; it changes while the reader goes on. */
    @Override
    public NamespaceContextEx getNamespaceContext() {
        return namespaceContext;
    }

    // ------------------------------------------------------------------------------------------------ the rest of StAX

    /** What JAXB asks: whether names and namespaces are interned. Every other property is unknown: null. */
    @Override
    public @Nullable Object getProperty(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("the name of a property must not be null");
        }
        return switch (name) {
            case "org.codehaus.stax2.internNames", "org.codehaus.stax2.internNsUris" -> true;
            case XMLInputFactory.IS_NAMESPACE_AWARE, XMLInputFactory.IS_COALESCING -> true;
            default -> null;
        };
    }

    /** The place of the current record: its byte, counted from the beginning of the document. */
    @Override
    public Location getLocation() {
        return new ByteLocation(cursor.offset());
    }

    @Override
    public @Nullable String getEncoding() {
        return null;
    }

    @Override
    public @Nullable String getVersion() {
        return null;
    }

    @Override
    public boolean isStandalone() {
        return false;
    }

    @Override
    public boolean standaloneSet() {
        return false;
    }

    @Override
    public @Nullable String getCharacterEncodingScheme() {
        return null;
    }

    @Override
    public @Nullable String getPITarget() {
        throw new IllegalStateException("binary XML has no processing instructions, this is " + EventNames.of(event));
    }

    @Override
    public @Nullable String getPIData() {
        throw new IllegalStateException("binary XML has no processing instructions, this is " + EventNames.of(event));
    }
}
