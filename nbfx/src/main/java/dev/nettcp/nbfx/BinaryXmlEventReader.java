package dev.nettcp.nbfx;

import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.ri.Stax2EventReaderImpl;
import org.codehaus.stax2.ri.Stax2ReaderAdapter;
import org.codehaus.stax2.ri.evt.Stax2EventAllocatorImpl;

/** Event objects out of a stream reader. */
final class BinaryXmlEventReader extends Stax2EventReaderImpl {
    BinaryXmlEventReader(XMLStreamReader reader) {
        super(new Stax2EventAllocatorImpl(), Stax2ReaderAdapter.wrapIfNecessary(reader));
    }

    @Override
    public boolean isPropertySupported(String name) {
        return false;
    }

    @Override
    public boolean setProperty(String name, Object value) {
        return false;
    }

    @Override
    protected String getErrorDesc(int error, int event) {
        return switch (error) {
            case ERR_GETELEMTEXT_NOT_START_ELEM -> "the text of an element is asked for at " + EventNames.of(event);
            case ERR_GETELEMTEXT_NON_TEXT_EVENT -> EventNames.of(event) + " where only text was expected";
            case ERR_NEXTTAG_NON_WS_TEXT -> "text where a start or end tag was expected";
            default -> EventNames.of(event) + " where a start or end tag was expected";
        };
    }
}
