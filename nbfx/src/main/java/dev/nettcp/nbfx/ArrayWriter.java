package dev.nettcp.nbfx;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Many values at once: lists, which are one text, and arrays, which are many elements. */
abstract class ArrayWriter extends ContentWriter {
    // ------------------------------------------------------------------------------------------------ lists and arrays

    /**
     * Begins a list: the values up to its end are one text, joined by blanks. In an attribute it takes typed values only; texts
     * in it are dropped, as in .NET.
     */
    public void writeStartList() throws XMLStreamException {
        if (is(LIST)) {
            throw misuse("a list in a list");
        }
        value();
        records.startList();
        enter(LIST);
    }

    public void writeEndList() throws XMLStreamException {
        if (!is(LIST)) {
            throw misuse("the end of a list without its start");
        }
        records.endList();
        leave(LIST);
        enter(LIST_BEFORE);
    }

    final void startListOfValues() throws XMLStreamException {
        if (is(LIST_BEFORE)) {
            text(" ");
        }
        writeStartList();
    }

    public void writeIntArray(int[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeInt(values[k]);
        }
        writeEndList();
    }

    public void writeLongArray(long[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeLong(values[k]);
        }
        writeEndList();
    }

    public void writeFloatArray(float[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeFloat(values[k]);
        }
        writeEndList();
    }

    public void writeDoubleArray(double[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeDouble(values[k]);
        }
        writeEndList();
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, boolean[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.BOOL, 1, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            bytes[at + k] = (byte) (values[k] ? 1 : 0);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, short[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.INT16, 2, values.length);
        raw(at, 2 * values.length).asShortBuffer().put(values);
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, int[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.INT32, 4, values.length);
        raw(at, 4 * values.length).asIntBuffer().put(values);
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, long[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.INT64, 8, values.length);
        raw(at, 8 * values.length).asLongBuffer().put(values);
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, float[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.FLOAT, 4, values.length);
        raw(at, 4 * values.length).asFloatBuffer().put(values);
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, double[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.DOUBLE, 8, values.length);
        raw(at, 8 * values.length).asDoubleBuffer().put(values);
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, BigDecimal[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.DECIMAL, 16, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            RecordWriter.putDecimal(bytes, at + 16 * k, values[k]);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, UUID[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.UUID, 16, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putUuid(bytes, at + 16 * k, values[k]);
        }
    }

    /** Elements of durations in ticks of 100 ns, in one Array record. */
    public void writeTimeSpanArray(@Nullable String prefix, String localName, String namespaceUri, long[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.TIME_SPAN, 8, values.length);
        raw(at, 8 * values.length).asLongBuffer().put(values);
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, NetDateTime[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.DATE_TIME, 8, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putLong(bytes, at + 8 * k, values[k].bits());
        }
    }

    /** A part of what is written, to put values into in bulk. */
    private ByteBuffer raw(int at, int size) {
        return ByteBuffer.wrap(records.array(), at, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Everything of an array but its values; where they go. */
    final int array(@Nullable String prefix, String localName, String namespaceUri, int type, int itemSize, int count)
            throws XMLStreamException {
        if (count == 0) {
            return 0;
        }
        if (is(ATTRIBUTE)) {
            throw misuse("an array inside an attribute");
        }
        content();
        records.startArray();
        boolean offer = records.offerNames(false); // .NET writes the names of arrays inline
        startElement(prefix, localName, null, namespaceUri, null);
        content(); // the end of its start tag
        leaveElement();
        records.offerNames(offer);
        records.arrayHeader(type, count);
        return records.raw(Math.multiplyExact(itemSize, count));
    }
}
