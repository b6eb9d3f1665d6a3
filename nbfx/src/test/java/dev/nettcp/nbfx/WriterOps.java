package dev.nettcp.nbfx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import dev.nettcp.testkit.Hex;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Carries out the writer calls of the vectors, {@code vectors/README.md}. */
final class WriterOps {
    private final BinaryXmlStreamWriter writer;

    WriterOps(BinaryXmlStreamWriter writer) {
        this.writer = writer;
    }

    void run(JsonNode op) throws XMLStreamException {
        String name = op.get(0).textValue();
        switch (name) {
            case "start" -> start(text(op, 1), op.get(2).textValue(), op.get(3).textValue());
            case "end", "fullend" -> writer.writeEndElement();
            case "xmlns" -> declaration(text(op, 1), op.get(2).textValue());
            case "xmlnsattr" ->
                writer.writeAttribute(
                        "xmlns",
                        "http://www.w3.org/2000/xmlns/",
                        op.get(1).textValue().isEmpty() ? "xmlns" : op.get(1).textValue(),
                        op.get(2).textValue());
            case "xmlattr" ->
                writer.writeAttribute(
                        "xml",
                        "http://www.w3.org/XML/1998/namespace",
                        op.get(1).textValue(),
                        op.get(2).textValue());
            case "attr" -> {
                startAttribute(text(op, 1), op.get(2).textValue(), op.get(3).textValue());
                value(op.get(4).textValue(), op.get(5).asText());
                writer.writeEndAttribute();
            }
            case "attrstart" ->
                startAttribute(text(op, 1), op.get(2).textValue(), op.get(3).textValue());
            case "attrend" -> writer.writeEndAttribute();
            case "base64n" -> {
                byte[] bytes = new byte[op.get(1).asInt()];
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = (byte) (7 * k);
                }
                writer.writeBinary(bytes, 0, bytes.length);
            }
            case "repeat" ->
                writer.writeCharacters(op.get(1).textValue().repeat(op.get(2).asInt()));
            case "obj" -> {
                String[] typed = op.get(1).textValue().split(":", 2);
                object(typed[0], typed[1]);
            }
            case "comment" -> writer.writeComment(op.get(1).textValue());
            case "cdata" -> writer.writeCData(op.get(1).textValue());
            case "entity" -> writer.writeEntityRef(op.get(1).textValue());
            case "pi" -> writer.writeProcessingInstruction(op.get(1).textValue());
            case "ws" -> writer.writeSpace(op.get(1).textValue());
            case "array" -> array(op.get(1).textValue(), null, op, 2);
            case "parray" -> array(op.get(1).textValue(), op.get(2).textValue(), op, 3);
            case "startdoc" -> writer.writeStartDocument();
            case "enddoc" -> writer.writeEndDocument();
            case "flush" -> writer.flush();
            default -> value(name, op.get(1).asText());
        }
    }

    private static @Nullable String text(JsonNode op, int index) {
        return op.get(index).textValue();
    }

    // --- names ---

    private static boolean isPlain(String text) {
        return !text.startsWith("S:") && !text.startsWith("D:");
    }

    private static DictionaryString entry(String text) {
        return text.startsWith("S:")
                ? StaticDictionary.NBFS.find(text.substring(2)).orElseGet(() -> DictionaryString.of(text.substring(2)))
                : DictionaryString.of(text.substring(2));
    }

    private void start(@Nullable String prefix, String name, String uri) throws XMLStreamException {
        if (isPlain(name)) {
            writer.writeStartElement(prefix, name, uri);
        } else {
            writer.writeStartElement(prefix, entry(name), isPlain(uri) ? plain(uri) : entry(uri));
        }
    }

    private void startAttribute(@Nullable String prefix, String name, String uri) throws XMLStreamException {
        if (isPlain(name)) {
            writer.writeStartAttribute(prefix, uri, name);
        } else {
            writer.writeStartAttribute(prefix, isPlain(uri) ? plain(uri) : entry(uri), entry(name));
        }
    }

    /** A plain namespace beside a dictionary name is the empty one in all rows. */
    private static DictionaryString plain(String uri) {
        if (!uri.isEmpty()) {
            throw new IllegalArgumentException("a plain namespace beside a dictionary name: " + uri);
        }
        return DictionaryString.of(uri);
    }

    private void declaration(@Nullable String prefix, String uri) throws XMLStreamException {
        if (prefix == null) {
            writer.declarePrefix(uri);
        } else if (isPlain(uri)) {
            writer.writeNamespace(prefix, uri);
        } else {
            writer.writeNamespace(prefix, entry(uri));
        }
    }

    // --- values ---

    private void value(String type, String value) throws XMLStreamException {
        switch (type) {
            case "string", "chars", "raw", "charent", "surrogate" -> {
                if (isPlain(value) || !type.equals("string")) {
                    writer.writeCharacters(value);
                } else {
                    writer.writeCharacters(entry(value));
                }
            }
            case "int" -> writer.writeInt(Integer.parseInt(value));
            case "long" -> writer.writeLong(Long.parseLong(value));
            case "ulong" -> writer.writeInteger(new BigInteger(value));
            case "bool" -> writer.writeBoolean(Boolean.parseBoolean(value));
            case "decimal" -> writer.writeDecimal(new BigDecimal(value));
            case "guid" -> writer.writeUuid(UUID.fromString(value));
            case "uniqueid" -> writer.writeUniqueId(value);
            case "float" -> writer.writeFloat(Float.intBitsToFloat(Bytes.getInt(Hex.bytes(value), 0)));
            case "double" -> writer.writeDouble(Double.longBitsToDouble(Bytes.getLong(Hex.bytes(value), 0)));
            case "datetime" ->
                writer.writeDateTime(
                        new NetDateTime(number(value, ",", 0), NetDateTime.Kind.of((int) number(value, ",", 1))));
            case "datetimeoffset" ->
                writer.writeDateTime(new NetDateTime(
                        number(value, ",", 0) - number(value, ",", 1) * 600_000_000L, NetDateTime.Kind.LOCAL));
            case "timespan" -> writer.writeTimeSpan(Long.parseLong(value));
            case "base64" -> writer.writeBinary(Hex.bytes(value), 0, value.length() / 2);
            case "binhex" -> writer.writeCharacters(value.toUpperCase(java.util.Locale.ROOT));
            case "list" -> {
                writer.writeStartList();
                for (String item : value.split("\\|", -1)) {
                    String[] typed = item.split(":", 2);
                    object(typed[0], typed[1]);
                }
                writer.writeEndList();
            }
            case "qname" ->
                qualifiedName(value.substring(0, value.indexOf('|')), value.substring(value.indexOf('|') + 1));
            default -> throw new IllegalArgumentException("operation " + type);
        }
    }

    private static long number(String value, String separator, int index) {
        return Long.parseLong(value.split(separator, -1)[index]);
    }

    /** The untyped call: small integers, URIs and times with an offset become text; bytes a list of numbers. */
    private void object(String type, String value) throws XMLStreamException {
        switch (type) {
            case "byte", "sbyte", "short", "ushort", "uint", "uri" -> writer.writeCharacters(value);
            case "datetimeoffset" -> {
                long minutes = number(value, ",", 1);
                OffsetDateTime time = OffsetDateTime.of(
                        java.time.LocalDateTime.ofEpochSecond(
                                (number(value, ",", 0) - 621_355_968_000_000_000L) / 10_000_000,
                                0,
                                java.time.ZoneOffset.UTC),
                        java.time.ZoneOffset.ofTotalSeconds((int) minutes * 60));
                writer.writeCharacters(
                        time.format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx")));
            }
            case "base64" -> {
                writer.writeStartList();
                for (byte b : Hex.bytes(value)) {
                    writer.writeCharacters(Integer.toString(b & 0xFF));
                }
                writer.writeEndList();
            }
            case "char" -> throw new XMLStreamException("no such value: char");
            default -> value(type, value);
        }
    }

    private void qualifiedName(String local, String uri) throws XMLStreamException {
        if (isPlain(local)) {
            writer.writeQName(new QName(uri, local));
        } else {
            writer.writeQName(entry(local), entry(uri));
        }
    }

    // --- arrays ---

    private void array(String type, @Nullable String prefix, JsonNode op, int at) throws XMLStreamException {
        String name = inline(op.get(at).textValue());
        String uri = inline(op.get(at + 1).textValue());
        String joined = op.get(at + 2).textValue();
        String[] items = joined.isEmpty() ? new String[0] : joined.split(",");
        int count = items.length;
        switch (type) {
            case "bool" -> {
                boolean[] values = new boolean[count];
                for (int k = 0; k < count; k++) {
                    values[k] = Boolean.parseBoolean(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "short" -> {
                short[] values = new short[count];
                for (int k = 0; k < count; k++) {
                    values[k] = Short.parseShort(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "int" -> {
                int[] values = new int[count];
                for (int k = 0; k < count; k++) {
                    values[k] = Integer.parseInt(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "long" -> {
                long[] values = new long[count];
                for (int k = 0; k < count; k++) {
                    values[k] = Long.parseLong(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "float" -> {
                float[] values = new float[count];
                for (int k = 0; k < count; k++) {
                    values[k] = Float.parseFloat(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "double" -> {
                double[] values = new double[count];
                for (int k = 0; k < count; k++) {
                    values[k] = Double.parseDouble(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "decimal" -> {
                BigDecimal[] values = new BigDecimal[count];
                for (int k = 0; k < count; k++) {
                    values[k] = new BigDecimal(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "guid" -> {
                UUID[] values = new UUID[count];
                for (int k = 0; k < count; k++) {
                    values[k] = UUID.fromString(items[k]);
                }
                writer.writeArray(prefix, name, uri, values);
            }
            case "timespan" -> {
                long[] values = new long[count];
                for (int k = 0; k < count; k++) {
                    values[k] = Long.parseLong(items[k]);
                }
                writer.writeTimeSpanArray(prefix, name, uri, values);
            }
            case "datetime" -> {
                NetDateTime[] values = new NetDateTime[count];
                for (int k = 0; k < count; k++) {
                    String[] parts = items[k].split(":", -1);
                    int kind = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
                    values[k] = new NetDateTime(Long.parseLong(parts[0]), NetDateTime.Kind.of(kind));
                }
                writer.writeArray(prefix, name, uri, values);
            }
            default -> throw new IllegalArgumentException("array of " + type);
        }
    }

    /** .NET 8 and 10 write the names of arrays inline even when they are given as dictionary strings. */
    private static String inline(String name) {
        return isPlain(name) ? name : name.substring(2);
    }
}
