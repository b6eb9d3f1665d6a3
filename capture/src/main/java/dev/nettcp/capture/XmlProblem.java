package dev.nettcp.capture;

import javax.xml.stream.XMLStreamException;

/** What is wrong with a value is found when it is asked for, by calls of StAX that may throw no checked exception. */
final class XmlProblem {
    private XmlProblem() {}

    /** The problem of the document; rethrows what is none. */
    static XMLStreamException in(IllegalStateException e) {
        if (e.getCause() instanceof XMLStreamException problem) {
            return problem;
        }
        throw e;
    }
}
