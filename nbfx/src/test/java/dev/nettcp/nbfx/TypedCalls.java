package dev.nettcp.nbfx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nettcp.testkit.Hex;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Makes the calls of {@code nbfx-typed.jsonl} on a StAX reader and gives its answers in the form of the vectors. .NET's reader
 * stands behind an element whose content it has read, StAX at its end tag; "the next node" is the difference.
 */
final class TypedCalls {
    /** Calls without a counterpart in StAX; the rows that make them are told apart by {@link #isKnown}. */
    private static final List<String> UNKNOWN = List.of(
            "valueType",
            "isStartArray",
            "tryGetArrayLength",
            "isEmptyElement",
            "readElementContentAsBinHex",
            "readElementContentAsBinHexChunk",
            "readOuterXml",
            "readInnerXml",
            "hasValue",
            "xmlSpace",
            "readContentAsObject",
            "readArrayInt32");

    private final BinaryXmlStreamReader reader;
    private int attribute = -1;
    private int charsTaken;

    TypedCalls(BinaryXmlStreamReader reader) {
        this.reader = reader;
    }

    static boolean isKnown(JsonNode call) {
        return !UNKNOWN.contains(name(call));
    }

    static String name(JsonNode call) {
        return call.isArray() ? call.get(0).textValue() : call.textValue();
    }

    /** Where the borders of parts fall is left to the reader: only all parts together are compared. */
    static boolean isPart(JsonNode call) {
        String name = name(call);
        return name.endsWith("Chunk") || name.equals("readContentAsChars") || name.equals("readValueAsBase64");
    }

    private String part(String name, int size) throws XMLStreamException {
        if (name.contains("Base64")) {
            byte[] chunk = new byte[size];
            int count = reader.readElementAsBinary(chunk, 0, size);
            return "hex:" + Hex.of(Arrays.copyOf(chunk, Math.max(count, 0)));
        }
        char[] chunk = new char[size];
        int count = reader.isCharacters() ? reader.getTextCharacters(charsTaken, chunk, 0, size) : 0;
        charsTaken += count;
        return "string:" + new String(chunk, 0, count);
    }

    String make(JsonNode call) throws XMLStreamException {
        String name = name(call);
        if (isPart(call)) {
            return part(name, call.get(1).asInt());
        }
        if (name.startsWith("readElementContentAs")) {
            return element(name.substring("readElementContentAs".length()));
        }
        if (name.startsWith("readContentAs")) {
            return attribute >= 0 ? attribute(name.substring("readContentAs".length())) : content(name);
        }
        return switch (name) {
            case "read" -> {
                attribute = -1;
                yield Boolean.toString(next());
            }
            case "eof" -> Boolean.toString(reader.getEventType() == XMLStreamConstants.END_DOCUMENT);
            case "moveToAttribute" -> {
                attribute = reader.getAttributeIndex(null, call.get(1).textValue());
                yield Boolean.toString(attribute >= 0);
            }
            case "getAttribute" -> {
                String value = reader.getAttributeValue("", call.get(1).textValue());
                yield value == null ? "null" : "string:" + value;
            }
            case "getAttributeNs" ->
                "string:"
                        + reader.getAttributeValue(
                                call.get(2).textValue(), call.get(1).textValue());
            case "attributeCount" -> Integer.toString(reader.getAttributeCount() + reader.getNamespaceCount());
            case "nodeType" -> kind();
            case "localName" -> "string:" + reader.getLocalName();
            case "prefix" -> "string:" + reader.getPrefix();
            case "name" ->
                "string:" + (reader.getPrefix().isEmpty() ? "" : reader.getPrefix() + ":") + reader.getLocalName();
            case "namespaceURI" -> "string:" + reader.getName().getNamespaceURI();
            case "value" -> "string:" + reader.getText();
            case "depth" -> Integer.toString(reader.cursor().depth() - (reader.isCharacters() ? 0 : 1));
            case "lookupNamespace" -> {
                String uri = reader.getNamespaceURI(call.get(1).textValue());
                yield uri == null ? "null" : "string:" + uri;
            }
            case "skip" -> skip();
            case "readStartElement", "readEndElement" -> {
                if (reader.getEventType() == XMLStreamConstants.START_DOCUMENT) {
                    reader.nextTag();
                }
                reader.require(
                        name.equals("readEndElement")
                                ? XMLStreamConstants.END_ELEMENT
                                : XMLStreamConstants.START_ELEMENT,
                        null,
                        null);
                next();
                yield "ok";
            }
            default -> array(name, call.get(1).textValue(), call.get(2).textValue());
        };
    }

    private boolean next() throws XMLStreamException {
        return reader.hasNext() && reader.next() != XMLStreamConstants.END_DOCUMENT;
    }

    private String kind() {
        return switch (reader.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> "Element";
            case XMLStreamConstants.END_ELEMENT -> "EndElement";
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> "Text";
            case XMLStreamConstants.COMMENT -> "Comment";
            default -> "None";
        };
    }

    private String skip() throws XMLStreamException {
        if (reader.isStartElement()) {
            for (int depth = 1; depth > 0; ) {
                int event = reader.next();
                depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
                depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            }
        }
        next();
        return "ok";
    }

    private String element(String type) throws XMLStreamException {
        String result = switch (type) {
            case "String", "Object" -> "string:" + reader.getElementText();
            case "Int" -> "int32:" + reader.getElementAsInt();
            case "Long" -> "int64:" + reader.getElementAsLong();
            case "Boolean" -> Boolean.toString(reader.getElementAsBoolean());
            case "Float" -> floating(reader.getElementAsFloat());
            case "Double" -> floating(reader.getElementAsDouble());
            case "Decimal" -> "decimal:" + reader.getElementAsDecimal().toPlainString();
            case "DateTime" -> dateTime(reader.getElementAsDateTime());
            case "Guid" -> "guid:" + reader.getElementAsUuid();
            case "UniqueId" -> "uniqueid:" + reader.getElementAsUniqueId();
            case "TimeSpan" -> "timespan:" + reader.getElementAsTimeSpan();
            case "Base64" -> "hex:" + Hex.of(reader.getElementAsBinary());
            default -> throw new IllegalArgumentException("content as " + type);
        };
        next();
        return result;
    }

    private String attribute(String type) throws XMLStreamException {
        return switch (type) {
            case "String" -> "string:" + reader.getAttributeValue(attribute);
            case "Int" -> "int32:" + reader.getAttributeAsInt(attribute);
            case "Boolean" -> Boolean.toString(reader.getAttributeAsBoolean(attribute));
            case "DateTime" -> dateTime(reader.getAttributeAsDateTime(attribute));
            case "Base64" -> "hex:" + Hex.of(reader.getAttributeAsBinary(attribute));
            case "QName" -> name(reader.getAttributeAsQName(attribute));
            default -> throw new IllegalArgumentException("attribute as " + type);
        };
    }

    private String content(String name) throws XMLStreamException {
        String text = reader.isCharacters() ? reader.getPCDATA().toString() : "";
        String result = name.equals("readContentAsQName")
                ? name(LexicalParser.parseQName(text, reader.getNamespaceContext()))
                : "string:" + text;
        next();
        return result;
    }

    private static String name(QName name) {
        return "qname:" + name.getLocalPart() + "|" + name.getNamespaceURI();
    }

    /** NaN has many bit patterns; that of the vectors is .NET's. */
    private static String floating(float value) {
        byte[] bytes = new byte[4];
        Bytes.putInt(bytes, 0, Float.isNaN(value) ? 0xFFC0_0000 : Float.floatToRawIntBits(value));
        return "float:" + Hex.of(bytes);
    }

    private static String floating(double value) {
        byte[] bytes = new byte[8];
        Bytes.putLong(bytes, 0, Double.isNaN(value) ? 0xFFF8_0000_0000_0000L : Double.doubleToRawLongBits(value));
        return "double:" + Hex.of(bytes);
    }

    private static String dateTime(NetDateTime value) {
        return "datetime:" + value.ticks() + "," + (value.bits() >>> 62);
    }

    private String array(String name, String local, String uri) throws XMLStreamException {
        return switch (name) {
            case "readBooleanArray" -> {
                boolean[] values = reader.readBooleanElements(uri, local);
                yield list(values.length, k -> Boolean.toString(values[k]));
            }
            case "readInt16Array" -> {
                short[] values = reader.readShortElements(uri, local);
                yield list(values.length, k -> "int16:" + values[k]);
            }
            case "readInt32Array" -> {
                int[] values = reader.readIntElements(uri, local);
                yield list(values.length, k -> "int32:" + values[k]);
            }
            case "readInt64Array" -> {
                long[] values = reader.readLongElements(uri, local);
                yield list(values.length, k -> "int64:" + values[k]);
            }
            case "readSingleArray" -> {
                float[] values = reader.readFloatElements(uri, local);
                yield list(values.length, k -> floating(values[k]));
            }
            case "readDoubleArray" -> {
                double[] values = reader.readDoubleElements(uri, local);
                yield list(values.length, k -> floating(values[k]));
            }
            case "readDecimalArray" -> {
                BigDecimal[] values = reader.readDecimalElements(uri, local);
                yield list(values.length, k -> "decimal:" + values[k].toPlainString());
            }
            case "readDateTimeArray" -> {
                NetDateTime[] values = reader.readDateTimeElements(uri, local);
                yield list(values.length, k -> dateTime(values[k]));
            }
            case "readGuidArray" -> {
                java.util.UUID[] values = reader.readUuidElements(uri, local);
                yield list(values.length, k -> "guid:" + values[k]);
            }
            case "readTimeSpanArray" -> {
                long[] values = reader.readTimeSpanElements(uri, local);
                yield list(values.length, k -> "timespan:" + values[k]);
            }
            default -> throw new IllegalArgumentException("call " + name);
        };
    }

    private static String list(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
    }
}
