package dev.nettcp.nbfx;

import static dev.nettcp.nbfx.RecordType.KIND;
import static dev.nettcp.nbfx.RecordType.KIND_ATTRIBUTE;
import static dev.nettcp.nbfx.RecordType.KIND_TEXT;
import static dev.nettcp.nbfx.RecordType.KIND_XMLNS;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Start tags: the names of the open elements, the attributes of the current one, the prefixes in force. */
abstract class TagCursor extends ValueCursor {
    private static final int FIRST_ELEMENTS = 4; // as deep as most SOAP messages are
    private static final int FEW_ATTRIBUTES = 16;

    /** Characters of MaxNameTableCharCount that a reader of .NET uses up itself. */
    private static final int NAMES_OF_THE_READER = 99;

    final NamespaceScope scope = new NamespaceScope();

    // Open elements; the last one is the current one, also at its end. Behind it the objects are kept for the next
    // ones.
    private Element[] elements = new Element[0];
    int depth;

    // Attributes of the element that has just been started.
    private String[] attributePrefixes = new String[8];
    private String[] attributeNames = new String[8];
    private String[] attributeUris = new String[8];
    private int[] attributeTypes = new int[8];
    private int[] attributePositions = new int[8];
    private int[] attributeLengths = new int[8];
    int attributes;

    // The distinct names of the document; only kept where they are limited.
    private final Set<String> counted = new HashSet<>();
    private long countedChars;
    private boolean countNames;

    private String otherPrefix = ""; // the one read last that has no number

    /** Mostly the same names come at the same depth again and again, and references cost more to write than to compare. */
    private static final class Element {
        private String prefix = "";
        private String name = "";
        private String uri = "";

        void name(String itsPrefix, String itsName) {
            if (!Interned.same(prefix, itsPrefix)) {
                prefix = itsPrefix;
            }
            if (!Interned.same(name, itsName)) {
                name = itsName;
            }
        }

        void uri(String itsUri) {
            if (!Interned.same(uri, itsUri)) {
                uri = itsUri;
            }
        }
    }

    /** To the beginning of a document. */
    final void clear() {
        scope.clear();
        depth = 0;
        attributes = 0;
        counted.clear();
        countedChars = NAMES_OF_THE_READER;
        countNames = quotas().maxNameTableCharCount() != Integer.MAX_VALUE;
    }

    final void startTag(int type) throws BinaryXmlException, IOException {
        if (depth == quotas().maxDepth()) {
            throw quota("MaxDepth", quotas().maxDepth(), "an element at depth " + (depth + 1));
        }
        int number = readPrefix(type);
        String prefix = prefix(number);
        String name = readLocalName(type);
        Element element = push();
        element.name(prefix, name);
        int next = peek();
        if (KIND[next] == KIND_ATTRIBUTE || KIND[next] == KIND_XMLNS) {
            readAttributesAndDeclarations(next);
        }
        element.uri(resolve(number, prefix, name));
        if (attributes > 0) {
            resolveAttributes();
        }
        if (countNames) {
            countNames();
        }
    }

    private void readAttributesAndDeclarations(int first) throws BinaryXmlException, IOException {
        int tagStart = in.pos;
        for (int next = first; KIND[next] == KIND_ATTRIBUTE || KIND[next] == KIND_XMLNS; next = peek()) {
            in.pos++;
            if (KIND[next] == KIND_ATTRIBUTE) {
                readAttribute(next);
            } else {
                readDeclaration(next);
            }
            if (in.pos - tagStart > quotas().maxBytesPerRead()) {
                throw quota(
                        "MaxBytesPerRead",
                        quotas().maxBytesPerRead(),
                        (in.pos - tagStart) + " bytes of attributes in one tag");
            }
        }
    }

    /** One element more is open from here on. */
    private Element push() {
        if (depth == elements.length) {
            growElements();
        }
        Element element = elements[depth++];
        scope.enter();
        attributes = 0;
        return element;
    }

    private void growElements() {
        elements = Arrays.copyOf(elements, Math.max(FIRST_ELEMENTS, 2 * depth));
        for (int k = depth; k < elements.length; k++) {
            elements[k] = new Element();
        }
    }

    /** The element that was left last is open again, with the same name and declarations. */
    final void reopen() {
        depth++;
    }

    /** The element around the current one becomes the current one. */
    final void pop() {
        depth--;
    }

    final void countNames() throws QuotaExceededException {
        count(prefix());
        count(localName());
        count(uri());
        for (int k = 0; k < attributes; k++) {
            count(attributePrefixes[k]);
            count(attributeNames[k]);
        }
        for (int k = 0; k < scope.declared(); k++) {
            count(scope.declaredPrefix(k));
            count(scope.declaredUri(k));
        }
        if (countedChars > quotas().maxNameTableCharCount()) {
            throw quota(
                    "MaxNameTableCharCount",
                    quotas().maxNameTableCharCount(),
                    "a name table of " + countedChars + " characters");
        }
    }

    final void count(String text) {
        if (text.length() > 1
                && !text.equals(NamespaceScope.XML)
                && !text.equals(NamespaceScope.XMLNS)
                && counted.add(text)) {
            countedChars += text.length();
        }
    }

    private String resolve(int number, String prefix, String local) throws BinaryXmlException {
        String uri = number < 0 && prefix.equals(NamespaceScope.XMLNS) ? null : scope.uri(number, prefix);
        if (uri == null) {
            throw error("the prefix of " + prefix + ":" + local + " is not declared");
        }
        return uri;
    }

    final void readAttribute(int type) throws BinaryXmlException, IOException {
        String prefix = prefix(readPrefix(type));
        String name = readLocalName(type);
        int value = byteOf("the value of an attribute");
        if (KIND[value] != KIND_TEXT || (value & 1) == 1) {
            throw error("the value of attribute " + name + " must be one text record without end of element, but is "
                    + describe(value));
        }
        if (attributes == attributeNames.length) {
            growAttributes();
        }
        readValue(value, false);
        attributePrefixes[attributes] = prefix;
        attributeNames[attributes] = name;
        attributeTypes[attributes] = valueType;
        attributePositions[attributes] = valuePos;
        attributeLengths[attributes] = valueLength;
        attributes++;
    }

    final void growAttributes() {
        int size = 2 * attributes;
        attributePrefixes = Arrays.copyOf(attributePrefixes, size);
        attributeNames = Arrays.copyOf(attributeNames, size);
        attributeUris = Arrays.copyOf(attributeUris, size);
        attributeTypes = Arrays.copyOf(attributeTypes, size);
        attributePositions = Arrays.copyOf(attributePositions, size);
        attributeLengths = Arrays.copyOf(attributeLengths, size);
    }

    final void resolveAttributes() throws BinaryXmlException {
        for (int k = 0; k < attributes; k++) {
            String prefix = attributePrefixes[k];
            attributeUris[k] = prefix.isEmpty() ? "" : resolve(ShortPrefix.of(prefix), prefix, attributeNames[k]);
        }
        int twice = attributes <= FEW_ATTRIBUTES ? duplicateOfFew() : duplicateOfMany();
        if (twice >= 0) {
            throw error("attribute " + attributeNames[twice] + " twice in one element");
        }
    }

    final int duplicateOfFew() {
        for (int k = 1; k < attributes; k++) {
            for (int other = 0; other < k; other++) {
                if (Interned.same(attributeNames[other], attributeNames[k])
                        && Interned.same(attributeUris[other], attributeUris[k])) {
                    return k;
                }
            }
        }
        return -1;
    }

    final int duplicateOfMany() {
        // Sets of strings, which have an order: a hostile document gives its names one hash code.
        Map<String, Set<String>> seen = new HashMap<>();
        for (int k = 0; k < attributes; k++) {
            if (!seen.computeIfAbsent(attributeUris[k], uri -> new HashSet<>()).add(attributeNames[k])) {
                return k;
            }
        }
        return -1;
    }

    final void readDeclaration(int type) throws BinaryXmlException, IOException {
        String prefix = RecordType.PREFIX[type] == RecordType.NO_PREFIX ? "" : string("prefix");
        String uri = RecordType.NAME_BY_ID[type] ? dictionaryString() : string("namespace");
        if (uri.isEmpty() && !prefix.isEmpty()) {
            throw error("prefix " + prefix + " is declared with an empty namespace");
        }
        if ((prefix.equals(NamespaceScope.XML) && !uri.equals(NamespaceScope.XML_URI))
                || (prefix.equals(NamespaceScope.XMLNS) && !uri.equals(NamespaceScope.XMLNS_URI))) {
            throw error("prefix " + prefix + " is declared with another namespace than its own");
        }
        if (!scope.declare(prefix, uri)) {
            throw error(
                    prefix.isEmpty()
                            ? "the default namespace is declared twice in one element"
                            : "prefix " + prefix + " is declared twice in one element");
        }
    }

    /** The {@link ShortPrefix} number of the prefix of a record, which has been read with it. */
    private int readPrefix(int type) throws BinaryXmlException, IOException {
        int letter = RecordType.PREFIX[type];
        if (letter >= RecordType.NO_PREFIX) {
            return 1 + letter;
        }
        otherPrefix = string("prefix");
        return ShortPrefix.of(otherPrefix);
    }

    private String prefix(int number) {
        return number < 0 ? otherPrefix : ShortPrefix.text(number);
    }

    private String readLocalName(int type) throws BinaryXmlException, IOException {
        return RecordType.NAME_BY_ID[type] ? dictionaryString() : string("name");
    }

    int depth() {
        return depth;
    }

    String prefix() {
        return elements[depth - 1].prefix;
    }

    String localName() {
        return elements[depth - 1].name;
    }

    String uri() {
        return elements[depth - 1].uri;
    }

    int attributeCount() {
        return attributes;
    }

    String attributePrefix(int index) {
        return attributePrefixes[index];
    }

    String attributeName(int index) {
        return attributeNames[index];
    }

    String attributeUri(int index) {
        return attributeUris[index];
    }

    int attributeType(int index) {
        return attributeTypes[index];
    }

    int attributePos(int index) {
        return attributePositions[index];
    }

    int attributeLength(int index) {
        return attributeLengths[index];
    }

    @Override
    final String path() {
        StringBuilder path = new StringBuilder();
        for (int k = 0; k < depth; k++) {
            path.append('/');
            if (!elements[k].prefix.isEmpty()) {
                path.append(elements[k].prefix).append(':');
            }
            path.append(elements[k].name);
        }
        return path.toString();
    }
}
