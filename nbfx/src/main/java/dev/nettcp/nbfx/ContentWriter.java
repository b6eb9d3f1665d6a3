package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import jakarta.activation.DataHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.ri.typed.SimpleValueEncoder;
import org.codehaus.stax2.typed.Base64Variant;
import org.codehaus.stax2.typed.Base64Variants;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.Base64Data;

/** The content of elements and attributes: text, values of every type, bytes. */
abstract class ContentWriter extends TagWriter {
    // ------------------------------------------------------------------------------------------------ text

    @Override
    public void writeCharacters(@Nullable String text) throws XMLStreamException {
        if (text != null) {
            text(text);
        }
    }

    @Override
    public void writeCharacters(char[] text, int start, int length) throws XMLStreamException {
        text(new String(text, start, length));
    }

    /** The text goes out as a number if it can. */
    public void writeCharacters(DictionaryString text) throws XMLStreamException {
        if (is(ATTRIBUTE)) {
            attribute.entry(text);
        } else if (text.text().isEmpty() || is(OUTSIDE)) {
            text(text.text());
        } else {
            value();
            if (!records.dictionaryText(text)) {
                records.text(text.text());
            }
        }
    }

    /** Text; the bytes of {@link Base64Data} are written as such. */
    @Override
    public void writePCDATA(@Nullable CharSequence data) throws XMLStreamException {
        if (data instanceof Base64Data binary) {
            if (binary.hasData()) {
                writeBinary(binary.get(), 0, binary.getDataLen());
            } else {
                writeBinary(binary.getDataHandler());
            }
        } else if (data != null) {
            text(data.toString());
        }
    }

    /** Binary XML knows no CDATA sections: written as text. */
    @Override
    public void writeCData(String data) throws XMLStreamException {
        if (is(ATTRIBUTE)) {
            throw misuse("a CDATA section inside an attribute");
        }
        text(data);
    }

    final void text(String text) throws XMLStreamException {
        if (is(ATTRIBUTE)) {
            attribute.text(text);
            return;
        }
        if (!is(LIST)) {
            content();
            if (is(OUTSIDE) && !TextRecord.isWhiteSpace(text)) {
                throw misuse("text outside the root element");
            }
        }
        if (text.length() > 0) {
            records.text(text);
        } else if (is(LIST)) {
            records.empty();
        }
    }

    /** White space, also outside the root element. */
    public void writeSpace(String text) throws XMLStreamException {
        if (!TextRecord.isWhiteSpace(text)) {
            throw misuse("as white space what is none");
        }
        text(text);
    }

    @Override
    public void writeComment(String data) throws XMLStreamException {
        if (is(ATTRIBUTE)) {
            throw misuse("a comment inside an attribute");
        }
        if (data.contains("--") || data.endsWith("-")) {
            throw misuse("a comment with two hyphens in a row, or one at its end");
        }
        content();
        records.comment(data);
    }

    /** Binary XML has no processing instructions: refused. */
    @Override
    public void writeProcessingInstruction(String target) throws XMLStreamException {
        throw misuse("processing instruction " + target + ": binary XML has none");
    }

    /** Binary XML has no processing instructions: refused. */
    @Override
    public void writeProcessingInstruction(String target, String data) throws XMLStreamException {
        writeProcessingInstruction(target);
    }

    /** Binary XML has no document type: refused. */
    @Override
    public void writeDTD(String dtd) throws XMLStreamException {
        throw misuse("a document type declaration: binary XML has none");
    }

    /** Binary XML has no entities: refused. */
    @Override
    public void writeEntityRef(String name) throws XMLStreamException {
        throw misuse("entity reference " + name + ": binary XML has no entities");
    }

    // ------------------------------------------------------------------------------------------------ typed values

    /** Before a typed value is written. */
    final void value() throws XMLStreamException {
        if (is(~TAG)) {
            valueInSpecialPlace();
        } else {
            leave(TAG);
        }
    }

    private void valueInSpecialPlace() throws XMLStreamException {
        if (is(LIST)) {
            return;
        }
        if (is(ATTRIBUTE)) {
            attribute.typed();
            return;
        }
        content();
        if (is(OUTSIDE)) {
            throw misuse("a value outside the root element");
        }
    }

    public void writeBoolean(boolean value) throws XMLStreamException {
        value();
        records.bool(value);
    }

    public void writeInt(int value) throws XMLStreamException {
        value();
        records.integer(value);
    }

    public void writeLong(long value) throws XMLStreamException {
        value();
        records.integer(value);
    }

    /** A number from 0 to 2^64-1, given by its bits. */
    public void writeUnsignedLong(long value) throws XMLStreamException {
        value();
        records.unsigned(value);
    }

    public void writeFloat(float value) throws XMLStreamException {
        value();
        records.float32(value);
    }

    public void writeDouble(double value) throws XMLStreamException {
        value();
        records.float64(value);
    }

    /** A number; as text if it has more than 64 bits. */
    public void writeInteger(BigInteger value) throws XMLStreamException {
        if (value.bitLength() < 64) {
            writeLong(value.longValue());
        } else if (value.bitLength() == 64 && value.signum() > 0) {
            writeUnsignedLong(value.longValue());
        } else {
            text(value.toString());
        }
    }

    /** A decimal; as text if it has more than 96 bits or 28 decimal places. */
    public void writeDecimal(BigDecimal value) throws XMLStreamException {
        BigDecimal plain = RecordWriter.withoutNegativeScale(value);
        if (RecordWriter.isDecimal(plain)) {
            value();
            records.decimal(plain);
        } else {
            text(value.toPlainString());
        }
    }

    public void writeDateTime(NetDateTime value) throws XMLStreamException {
        value();
        records.dateTime(value.bits());
    }

    /** A duration in ticks of 100 ns. */
    public void writeTimeSpan(long ticks) throws XMLStreamException {
        value();
        records.timeSpan(ticks);
    }

    public void writeUuid(UUID value) throws XMLStreamException {
        value();
        records.uuid(value);
    }

    /** The text {@code urn:uuid:} and the value, in 16 bytes. */
    public void writeUniqueId(UUID value) throws XMLStreamException {
        value();
        records.uniqueId(value);
    }

    /** In 16 bytes if it is {@code urn:uuid:} and a UUID in lower case, which is not all zero; else as text. */
    public void writeUniqueId(String value) throws XMLStreamException {
        UUID uuid = UniqueIds.uuid(value);
        if (uuid != null) {
            writeUniqueId(uuid);
        } else {
            writeCharacters(value);
        }
    }

    /** The name with a prefix in force for its namespace. If there is none its own is declared, in a start tag. */
    public void writeQName(QName name) throws XMLStreamException {
        refuseInList();
        String prefix = qualifier(name.getNamespaceURI(), name.getPrefix());
        if (is(ATTRIBUTE)) {
            attribute.text(prefix.isEmpty() ? name.getLocalPart() : prefix + ":" + name.getLocalPart());
            return;
        }
        if (!prefix.isEmpty()) {
            text(prefix);
            text(":");
        }
        text(name.getLocalPart());
    }

    /** The name with a prefix in force for its namespace, as a number if it can. */
    public void writeQName(DictionaryString localName, DictionaryString namespace) throws XMLStreamException {
        refuseInList();
        String prefix = qualifier(namespace.text(), "");
        if (!is(ATTRIBUTE)) {
            content(); // declarations before it get their numbers first
        }
        if (prefix.isEmpty()) {
            writeCharacters(localName);
        } else if (ShortPrefix.of(prefix) > ShortPrefix.EMPTY && records.id(localName) >= 0) {
            value();
            records.qualifiedName(prefix, localName);
        } else {
            text(prefix);
            text(":");
            writeCharacters(localName);
        }
    }

    private void refuseInList() throws XMLStreamException {
        if (is(LIST)) {
            throw misuse("a qualified name into a list");
        }
    }

    final String qualifier(String uri, String ownPrefix) throws XMLStreamException {
        if (uri.isEmpty()) {
            return "";
        }
        String known = scope.prefix(uri, false);
        if (known != null) {
            return known;
        }
        if (is(ATTRIBUTE) && ownPrefix.isEmpty()) {
            return declarePrefix(uri);
        }
        if (!is(TAG) || ownPrefix.isEmpty()) {
            throw misuse("a name in namespace " + uri + ", for which no prefix is in force");
        }
        declare(ownPrefix, uri, null);
        return ownPrefix;
    }

    // ------------------------------------------------------------------------------------------------ binary values

    /** Bytes, not base64. Calls that follow each other make one value. */
    public void writeBinary(byte[] data, int offset, int length) throws XMLStreamException {
        if (is(LIST)) {
            records.bytes(trail, 0, data, offset, length);
            return;
        }
        if (is(ATTRIBUTE)) {
            attribute.bytes(data, offset, length);
            return;
        }
        if (is(TAG)) {
            content();
        }
        leave(LIST_BEFORE);
        if (is(OUTSIDE)) {
            throw misuse("bytes outside the root element");
        }
        int whole = trailing + length - (trailing + length) % 3;
        int taken = whole == 0 ? 0 : whole - trailing;
        if (whole > 0) {
            records.bytes(trail, trailing, data, offset, taken);
            trailing = 0;
        }
        System.arraycopy(data, offset + taken, trail, trailing, length - taken);
        trailing += length - taken;
        if (trailing > 0) {
            enter(TRAIL);
        } else {
            leave(TRAIL);
        }
    }

    public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) throws XMLStreamException {
        if (variant == Base64Variants.MODIFIED_FOR_URL) {
            text(new SimpleValueEncoder().encodeAsString(variant, data, offset, length));
        } else {
            writeBinary(data, offset, length);
        }
    }

    @Override
    public void writeBinary(byte[] data, int offset, int length, @Nullable String contentType)
            throws XMLStreamException {
        writeBinary(data, offset, length);
    }

    @Override
    public void writeBinary(DataHandler data) throws XMLStreamException {
        try {
            data.writeTo(writeBinary(data.getContentType()));
        } catch (IOException e) {
            throw new XMLStreamException(e);
        }
    }

    /** A stream into the current place; to be filled before the next call to the writer. */
    @Override
    public OutputStream writeBinary(@Nullable String contentType) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] data, int offset, int length) throws IOException {
                try {
                    writeBinary(data, offset, length);
                } catch (XMLStreamException e) {
                    throw new IOException(e);
                }
            }
        };
    }
}
