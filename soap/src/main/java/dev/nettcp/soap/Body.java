package dev.nettcp.soap;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** What is in the Body element of a message, and how often it can be read. */
sealed interface Body {
    void writeTo(TypedXMLStreamWriter out) throws XMLStreamException;

    TypedXMLStreamReader reader() throws XMLStreamException;

    SoapFault fault() throws XMLStreamException;

    default boolean isEmpty() {
        return false;
    }

    default boolean isFault() {
        return false;
    }

    /** Nobody wants what has not been read of it. */
    default void close() {}

    /** Of a body that can be read any number of times, itself. */
    default Body buffered() throws XMLStreamException {
        return this;
    }

    /** Nothing. */
    record Empty() implements Body {
        @Override
        public void writeTo(TypedXMLStreamWriter out) {}

        @Override
        public TypedXMLStreamReader reader() {
            throw new IllegalStateException("empty body");
        }

        @Override
        public SoapFault fault() {
            throw new IllegalStateException("empty body");
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    }

    /** Made here; no fault. */
    record Written(ContentWriter content) implements Body {
        @Override
        public void writeTo(TypedXMLStreamWriter out) throws XMLStreamException {
            content.writeTo(out);
        }

        @Override
        public TypedXMLStreamReader reader() throws XMLStreamException {
            return XmlContent.of(content).reader();
        }

        @Override
        public SoapFault fault() {
            throw new IllegalStateException("no fault");
        }
    }

    /** A fault that was made here, or read and buffered. */
    record Fault(SoapFault fault) implements Body {
        @Override
        public void writeTo(TypedXMLStreamWriter out) throws XMLStreamException {
            FaultXml.write(fault, out);
        }

        @Override
        public TypedXMLStreamReader reader() throws XMLStreamException {
            return XmlContent.of(this::writeTo).reader();
        }

        @Override
        public boolean isFault() {
            return true;
        }
    }

    /** Received, and malformed from its beginning on. */
    record Broken(XMLStreamException cause) implements Body {
        @Override
        public void writeTo(TypedXMLStreamWriter out) throws XMLStreamException {
            throw cause;
        }

        @Override
        public TypedXMLStreamReader reader() throws XMLStreamException {
            throw cause;
        }

        @Override
        public SoapFault fault() throws XMLStreamException {
            throw cause;
        }
    }

    /** Still in the bytes that were received. */
    final class Received implements Body {
        private final boolean isFault;
        private final @Nullable Closeable source;
        private @Nullable TypedXMLStreamReader unread; // on the first element

        /** @param source where more bytes of the body come from, if it does not have all of them */
        Received(TypedXMLStreamReader onFirstElement, boolean isFault, @Nullable Closeable source) {
            this.unread = onFirstElement;
            this.isFault = isFault;
            this.source = source;
        }

        @Override
        public void close() {
            try {
                if (source != null) {
                    source.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean isFault() {
            return isFault;
        }

        @Override
        public TypedXMLStreamReader reader() {
            TypedXMLStreamReader reader = unread;
            if (reader == null) {
                throw new IllegalStateException(
                        "the body of a received message can be read once; use buffered() to read it again");
            }
            unread = null;
            return reader;
        }

        @Override
        public void writeTo(TypedXMLStreamWriter out) throws XMLStreamException {
            XmlCopy.content(reader(), out);
        }

        @Override
        public SoapFault fault() throws XMLStreamException {
            return FaultXml.read(reader());
        }

        @Override
        public Body buffered() throws XMLStreamException {
            return isFault ? new Fault(fault()) : new Written(Fragment.of(this::writeTo));
        }
    }
}
