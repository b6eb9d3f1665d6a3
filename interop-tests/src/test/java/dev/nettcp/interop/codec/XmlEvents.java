package dev.nettcp.interop.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What a document says, whoever reads it: attributes and declarations in no particular order, adjacent texts as one. */
final class XmlEvents {
    private XmlEvents() {}

    static List<String> of(XMLStreamReader reader) throws XMLStreamException {
        List<String> events = new ArrayList<>();
        var text = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.SPACE) {
                text.append(reader.getText());
                continue;
            }
            if (text.length() > 0) {
                events.add("text " + text);
                text.setLength(0);
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                events.add("start " + name(reader) + details(reader));
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                events.add("end " + name(reader));
            }
        }
        return events;
    }

    /** Also if both are the same number: the listings show numbers as the .NET Framework does, which has other digits. */
    static boolean areTheSame(String one, String other) {
        return one.equals(other) || (isNumber(one) && isNumber(other) && sameNumber(number(one), number(other)));
    }

    private static boolean isNumber(String event) {
        return event.matches("text -?[0-9.]+(E[+-][0-9]+)?");
    }

    private static String number(String event) {
        return event.substring("text ".length());
    }

    private static boolean sameNumber(String one, String other) {
        return Double.parseDouble(one) == Double.parseDouble(other) || Float.parseFloat(one) == Float.parseFloat(other);
    }

    private static String name(XMLStreamReader reader) {
        return Objects.requireNonNullElse(reader.getPrefix(), "") + ":" + reader.getName();
    }

    private static Set<String> details(XMLStreamReader reader) {
        var details = new TreeSet<String>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            details.add(reader.getAttributeName(i) + "=" + reader.getAttributeValue(i));
        }
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            details.add("xmlns:" + Objects.requireNonNullElse(reader.getNamespacePrefix(i), "") + "="
                    + Objects.requireNonNullElse(reader.getNamespaceURI(i), ""));
        }
        return details;
    }
}
