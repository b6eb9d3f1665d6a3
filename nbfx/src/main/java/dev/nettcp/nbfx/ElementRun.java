package dev.nettcp.nbfx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Elements of one name that follow each other, read into one array: the items of Array records at once, others one by one. */
abstract class ElementRun {
    final BinaryXmlStreamReader reader;
    final RecordCursor cursor;
    private final int arrayType;
    int count;

    ElementRun(BinaryXmlStreamReader reader, int arrayType) {
        this.reader = reader;
        this.cursor = reader.cursor;
        this.arrayType = arrayType;
    }

    /** Room for this many values in all. */
    abstract void room(int size);

    abstract int capacity();

    /** Values of an Array record, little-endian, to the place of number {@link #count}. */
    abstract void take(ByteBuffer values, int number);

    /** The value of the current element, which the reader leaves at its end tag. */
    abstract void takeElement() throws XMLStreamException;

    final void gather(String namespaceUri, String localName) throws XMLStreamException {
        while (isElement(namespaceUri, localName)) {
            check(1L + cursor.itemsLeft());
            int items = cursor.takeItems(arrayType);
            if (items > 0) {
                ensure(items, cursor.itemsLeft());
                take(
                        ByteBuffer.wrap(cursor.in.buf, cursor.valuePos(), cursor.valueLength())
                                .order(ByteOrder.LITTLE_ENDIAN),
                        items);
                count += items;
                reader.next();
            } else {
                ensure(1, 0);
                takeElement();
                count++;
            }
            reader.next();
        }
    }

    private boolean isElement(String namespaceUri, String localName) throws XMLStreamException {
        while (reader.getEventType() == XMLStreamConstants.CHARACTERS && count > 0 && reader.isWhiteSpace()) {
            reader.next();
        }
        return reader.getEventType() == XMLStreamConstants.START_ELEMENT
                && cursor.localName().equals(localName)
                && cursor.uri().equals(namespaceUri);
    }

    private void check(long more) throws QuotaExceededException {
        int most = cursor.quotas().maxArrayLength();
        if (count + more > most) {
            throw cursor.quota("MaxArrayLength", most, "an array of at least " + (count + more) + " items");
        }
    }

    /** What is here must fit; what a stream only promises gets no room yet. */
    private void ensure(int items, int promised) {
        if (capacity() - count < items) {
            room(Math.max(count + items, promised == 0 && count == 0 && items > 1 ? items : 2 * count));
        }
    }

    static final class Ints extends ElementRun {
        private int[] values = new int[0];

        Ints(BinaryXmlStreamReader reader) {
            super(reader, RecordType.INT32);
        }

        int[] read(String namespaceUri, String localName) throws XMLStreamException {
            gather(namespaceUri, localName);
            return values.length == count ? values : Arrays.copyOf(values, count);
        }

        @Override
        void room(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void take(ByteBuffer from, int number) {
            from.asIntBuffer().get(values, count, number);
        }

        @Override
        void takeElement() throws XMLStreamException {
            values[count] = reader.getElementAsInt();
        }
    }

    static final class Shorts extends ElementRun {
        private short[] values = new short[0];

        Shorts(BinaryXmlStreamReader reader) {
            super(reader, RecordType.INT16);
        }

        short[] read(String namespaceUri, String localName) throws XMLStreamException {
            gather(namespaceUri, localName);
            return values.length == count ? values : Arrays.copyOf(values, count);
        }

        @Override
        void room(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void take(ByteBuffer from, int number) {
            from.asShortBuffer().get(values, count, number);
        }

        @Override
        void takeElement() throws XMLStreamException {
            values[count] = reader.getElementAsShort();
        }
    }

    static class Longs extends ElementRun {
        long[] values = new long[0];

        Longs(BinaryXmlStreamReader reader) {
            this(reader, RecordType.INT64);
        }

        Longs(BinaryXmlStreamReader reader, int arrayType) {
            super(reader, arrayType);
        }

        final long[] read(String namespaceUri, String localName) throws XMLStreamException {
            gather(namespaceUri, localName);
            return values.length == count ? values : Arrays.copyOf(values, count);
        }

        @Override
        final void room(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        final int capacity() {
            return values.length;
        }

        @Override
        final void take(ByteBuffer from, int number) {
            from.asLongBuffer().get(values, count, number);
        }

        @Override
        void takeElement() throws XMLStreamException {
            values[count] = reader.getElementAsLong();
        }
    }

    static final class TimeSpans extends Longs {
        TimeSpans(BinaryXmlStreamReader reader) {
            super(reader, RecordType.TIME_SPAN);
        }

        @Override
        void takeElement() throws XMLStreamException {
            values[count] = reader.getElementAsTimeSpan();
        }
    }

    static final class Booleans extends ElementRun {
        private boolean[] values = new boolean[0];

        Booleans(BinaryXmlStreamReader reader) {
            super(reader, RecordType.BOOL);
        }

        boolean[] read(String namespaceUri, String localName) throws XMLStreamException {
            gather(namespaceUri, localName);
            return values.length == count ? values : Arrays.copyOf(values, count);
        }

        @Override
        void room(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void take(ByteBuffer from, int number) {
            for (int k = 0; k < number; k++) {
                values[count + k] = from.get() != 0;
            }
        }

        @Override
        void takeElement() throws XMLStreamException {
            values[count] = reader.getElementAsBoolean();
        }
    }

    static final class Floats extends ElementRun {
        private float[] values = new float[0];

        Floats(BinaryXmlStreamReader reader) {
            super(reader, RecordType.FLOAT);
        }

        float[] read(String namespaceUri, String localName) throws XMLStreamException {
            gather(namespaceUri, localName);
            return values.length == count ? values : Arrays.copyOf(values, count);
        }

        @Override
        void room(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void take(ByteBuffer from, int number) {
            from.asFloatBuffer().get(values, count, number);
        }

        @Override
        void takeElement() throws XMLStreamException {
            values[count] = reader.getElementAsFloat();
        }
    }

    static final class Doubles extends ElementRun {
        private double[] values = new double[0];

        Doubles(BinaryXmlStreamReader reader) {
            super(reader, RecordType.DOUBLE);
        }

        double[] read(String namespaceUri, String localName) throws XMLStreamException {
            gather(namespaceUri, localName);
            return values.length == count ? values : Arrays.copyOf(values, count);
        }

        @Override
        void room(int size) {
            values = Arrays.copyOf(values, size);
        }

        @Override
        int capacity() {
            return values.length;
        }

        @Override
        void take(ByteBuffer from, int number) {
            from.asDoubleBuffer().get(values, count, number);
        }

        @Override
        void takeElement() throws XMLStreamException {
            values[count] = reader.getElementAsDouble();
        }
    }

    /** Values without a raw form in Java: one by one also out of Array records. */
    static final class Values extends ElementRun {
        interface Element {
            void take() throws XMLStreamException;
        }

        private final Element element;

        Values(BinaryXmlStreamReader reader, Element element) {
            super(reader, -1);
            this.element = element;
        }

        @Override
        void room(int size) {}

        @Override
        int capacity() {
            return Integer.MAX_VALUE;
        }

        @Override
        void take(ByteBuffer values, int number) {
            throw new IllegalStateException("no array has this type");
        }

        @Override
        void takeElement() throws XMLStreamException {
            element.take();
        }
    }
}
