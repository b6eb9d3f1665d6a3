package dev.nettcp.nbfx;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The text parser to compare with; the only StAX provider on the class path of the tests besides the JDK's. */
final class Woodstox {
    private static final XMLInputFactory FACTORY = XMLInputFactory.newFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.IS_COALESCING, true);
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    private Woodstox() {}

    static XMLStreamReader reader(String xml) throws XMLStreamException {
        XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xml));
        if (!reader.getClass().getName().startsWith("com.ctc.wstx.")) {
            throw new IllegalStateException("not Woodstox: " + reader.getClass());
        }
        return reader;
    }
}
