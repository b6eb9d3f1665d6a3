package dev.nettcp.nbfx;

import javax.xml.stream.XMLStreamConstants;

/** The names of StAX events, for messages. */
final class EventNames {
    private EventNames() {}

    static String of(int event) {
        return switch (event) {
            case XMLStreamConstants.START_DOCUMENT -> "START_DOCUMENT";
            case XMLStreamConstants.END_DOCUMENT -> "END_DOCUMENT";
            case XMLStreamConstants.START_ELEMENT -> "START_ELEMENT";
            case XMLStreamConstants.END_ELEMENT -> "END_ELEMENT";
            case XMLStreamConstants.CHARACTERS -> "CHARACTERS";
            case XMLStreamConstants.SPACE -> "SPACE";
            case XMLStreamConstants.COMMENT -> "COMMENT";
            case XMLStreamConstants.CDATA -> "CDATA";
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> "PROCESSING_INSTRUCTION";
            case XMLStreamConstants.DTD -> "DTD";
            case XMLStreamConstants.ENTITY_REFERENCE -> "ENTITY_REFERENCE";
            default -> "event " + event;
        };
    }
}
