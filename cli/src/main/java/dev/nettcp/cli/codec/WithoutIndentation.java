package dev.nettcp.cli.codec;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;

/** Leaves out white space that only parts tags from one another; white space that is all the text of an element stays. */
final class WithoutIndentation extends StreamReaderDelegate {
    private @Nullable String held; // the text of an element that is nothing but space; its end tag is the next event

    WithoutIndentation(XMLStreamReader reader) {
        super(reader);
    }

    @Override
    public int next() throws XMLStreamException {
        if (held != null) {
            held = null;
            return super.getEventType();
        }
        boolean afterStartTag = super.getEventType() == XMLStreamConstants.START_ELEMENT;
        int event = super.next();
        if (event == XMLStreamConstants.SPACE || (event == XMLStreamConstants.CHARACTERS && super.isWhiteSpace())) {
            String space = super.getText();
            event = super.next();
            if (afterStartTag && event == XMLStreamConstants.END_ELEMENT) {
                held = space;
                return XMLStreamConstants.CHARACTERS;
            }
        }
        return event;
    }

    @Override
    public int getEventType() {
        return held != null ? XMLStreamConstants.CHARACTERS : super.getEventType();
    }

    @Override
    public String getText() {
        return held != null ? held : super.getText();
    }
}
