package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same document as text in Woodstox and in binary form here: both readers must conduct themselves alike. */
class StaxConductTest {
    private static final List<String> DOCUMENTS = List.of(
            "<a/>",
            "<a>text</a>",
            "<a> <b/> text <c>1</c></a>",
            "<!--before--><a x='1' y=''><!--in--></a><!--after-->",
            "<p:a xmlns:p='urn:p' p:x='1' x='2'><p:b/><b/></p:a>",
            "<a xmlns='urn:d'><b xmlns=''><c xmlns='urn:d'/></b></a>",
            "<p:a xmlns:p='urn:1'><p:b xmlns:p='urn:2'><p:c/></p:b><p:d/></p:a>",
            "<a xml:lang='en' xmlns:q='urn:q' q:z='&lt;&amp;&quot;'>&lt;tag&gt; &amp; 😀</a>",
            "<a xmlns:one='urn:1' xmlns:two='urn:2'><b xmlns='urn:3' two:x='y'>t</b></a>",
            "<a>one<!--c-->two<!--d--></a>",
            "<a>\n <b>1</b>\n <!--c--> <b/> </a>",
            "<a><b>text<c/></b><b><!--c--></b>tail</a>");

    static List<String> documents() {
        return DOCUMENTS;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyEventOfADocumentIsTheSame(String xml) throws XMLStreamException {
        XMLStreamReader text = Woodstox.reader(xml);
        byte[] bytes = BinaryXml.fromXml(xml);
        XMLStreamReader binary = new BinaryXmlStreamReader().reset(bytes, 0, bytes.length);
        compare(text, binary);
        while (text.hasNext()) {
            assertThat(binary.hasNext()).isTrue();
            assertThat(binary.next()).isEqualTo(text.next());
            compare(text, binary);
        }
        assertThat(binary.hasNext()).isFalse();
        assertThatThrownBy(binary::next).isInstanceOf(NoSuchElementException.class);
    }

    private static void compare(XMLStreamReader text, XMLStreamReader binary) {
        Map<String, Object> expected = conduct(text);
        Map<String, Object> found = conduct(binary);
        expected.forEach((call, answer) -> assertThat(found.get(call)).as(call).isEqualTo(answer));
    }

    /** What each call gives, or the kind of exception. */
    private static Map<String, Object> conduct(XMLStreamReader reader) {
        Map<String, Object> answers = new LinkedHashMap<>();
        Map<String, Callable<Object>> calls = new LinkedHashMap<>();
        calls.put("getEventType", reader::getEventType);
        calls.put("isStartElement", reader::isStartElement);
        calls.put("isEndElement", reader::isEndElement);
        calls.put("isCharacters", reader::isCharacters);
        calls.put("isWhiteSpace", reader::isWhiteSpace);
        calls.put("hasName", reader::hasName);
        calls.put("hasText", reader::hasText);
        calls.put("getLocalName", reader::getLocalName);
        calls.put("getPrefix", reader::getPrefix);
        calls.put("getNamespaceURI", reader::getNamespaceURI);
        calls.put("getName", reader::getName);
        calls.put("getText", reader::getText);
        calls.put("getTextLength", reader::getTextLength);
        calls.put(
                "text from characters",
                () -> new String(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength()));
        calls.put("text in parts", () -> {
            StringBuilder whole = new StringBuilder();
            char[] part = new char[3];
            for (int count = reader.getTextCharacters(0, part, 0, 3);
                    count > 0;
                    count = reader.getTextCharacters(whole.length(), part, 0, 3)) {
                whole.append(part, 0, count);
            }
            return whole.toString();
        });
        calls.put("attributes", () -> attributes(reader));
        calls.put("namespaces", () -> namespaces(reader));
        calls.put("attribute x", () -> reader.getAttributeValue(null, "x"));
        calls.put("attribute x in no namespace", () -> reader.getAttributeValue("", "x"));
        calls.put("attribute x of urn:p", () -> reader.getAttributeValue("urn:p", "x"));
        calls.put("attribute that is not there", () -> reader.getAttributeValue("", "nope"));
        calls.put("namespace of p", () -> reader.getNamespaceURI("p"));
        calls.put("namespace of nothing", () -> reader.getNamespaceURI(""));
        calls.put("namespace of xml", () -> reader.getNamespaceURI("xml"));
        calls.put("namespace of an unknown prefix", () -> reader.getNamespaceURI("unknown"));
        calls.put("prefix in context", () -> reader.getNamespaceContext().getPrefix("urn:2"));
        calls.put("namespace in context", () -> reader.getNamespaceContext().getNamespaceURI("xml"));
        calls.put("getPITarget", reader::getPITarget);
        calls.put("getPIData", reader::getPIData);
        calls.put("isStandalone", reader::isStandalone);
        calls.put("standaloneSet", reader::standaloneSet);
        calls.put("getEncoding", reader::getEncoding);
        calls.put("getCharacterEncodingScheme", reader::getCharacterEncodingScheme);
        calls.put("unknown property", () -> reader.getProperty("unknown"));
        calls.put("require what is there", require(reader, reader.getEventType(), null, null));
        calls.put("require another event", require(reader, XMLStreamConstants.DTD, null, null));
        calls.put("require a name", require(reader, reader.getEventType(), null, "a"));
        calls.put("require a namespace", require(reader, reader.getEventType(), "urn:d", null));
        calls.put("require no namespace", require(reader, reader.getEventType(), "", null));
        calls.forEach((name, call) -> answers.put(name, answer(call)));
        return answers;
    }

    private static Callable<Object> require(XMLStreamReader reader, int event, String uri, String name) {
        return () -> {
            reader.require(event, uri, name);
            return "accepted";
        };
    }

    private static Object answer(Callable<Object> call) {
        try {
            return call.call();
        } catch (XMLStreamException e) {
            return XMLStreamException.class;
        } catch (Exception e) {
            return e.getClass();
        }
    }

    private static Object attributes(XMLStreamReader reader) {
        List<String> all = new ArrayList<>();
        for (int k = 0; k < reader.getAttributeCount(); k++) {
            all.add(reader.getAttributePrefix(k) + "|" + reader.getAttributeLocalName(k) + "|"
                    + reader.getAttributeNamespace(k) + "|" + reader.getAttributeName(k) + "|"
                    + reader.getAttributeType(k) + "|" + reader.isAttributeSpecified(k) + "|"
                    + reader.getAttributeValue(k));
        }
        return all;
    }

    private static Object namespaces(XMLStreamReader reader) {
        Map<String, String> all = new java.util.TreeMap<>();
        for (int k = 0; k < reader.getNamespaceCount(); k++) {
            all.put(reader.getNamespacePrefix(k), reader.getNamespaceURI(k));
        }
        return all;
    }

    private static BinaryXmlStreamReader binary(String xml) {
        try {
            byte[] bytes = BinaryXml.fromXml(xml);
            return new BinaryXmlStreamReader().reset(bytes, 0, bytes.length);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Both readers are brought to the same place and asked the same. */
    private static void sameAnswers(String xml, int steps, Asking asking) throws XMLStreamException {
        XMLStreamReader text = Woodstox.reader(xml);
        XMLStreamReader binary = binary(xml);
        for (int k = 0; k < steps; k++) {
            text.next();
            binary.next();
        }
        assertThat(answer(() -> asking.ask(binary))).isEqualTo(answer(() -> asking.ask(text)));
        assertThat(binary.getEventType()).as("event after the call").isEqualTo(text.getEventType());
    }

    /** The calls that go on, made at every event of every document. */
    @ParameterizedTest
    @MethodSource("documents")
    void callsThatGoOnDoTheSameFromEveryEventOn(String xml) throws XMLStreamException {
        int events = 0;
        for (XMLStreamReader text = Woodstox.reader(xml); text.hasNext(); text.next()) {
            events++;
        }
        for (int steps = 0; steps <= events; steps++) {
            sameConduct(xml, steps, "getElementText", XMLStreamReader::getElementText);
            sameConduct(xml, steps, "nextTag", XMLStreamReader::nextTag);
            sameConduct(xml, steps, "hasNext", XMLStreamReader::hasNext);
            sameConduct(xml, steps, "next", XMLStreamReader::next);
        }
    }

    private static void sameConduct(String xml, int steps, String call, Asking asking) throws XMLStreamException {
        XMLStreamReader text = Woodstox.reader(xml);
        XMLStreamReader binary = binary(xml);
        for (int k = 0; k < steps && text.hasNext(); k++) {
            text.next();
            binary.next();
        }
        Object expected = answer(() -> asking.ask(text));
        String where = call + " at event " + steps;
        assertThat(answer(() -> asking.ask(binary))).as(where).isEqualTo(expected);
        if (!(expected instanceof Class)) { // where a refusal leaves a reader is its own affair
            assertThat(binary.hasNext()).as(where).isEqualTo(text.hasNext());
            compare(text, binary);
        }
    }

    private interface Asking {
        Object ask(XMLStreamReader reader) throws XMLStreamException;
    }

    @Test
    void elementTextIsTakenAsWoodstoxTakesIt() throws XMLStreamException {
        sameAnswers("<a>one<!--c-->two</a>", 1, XMLStreamReader::getElementText);
        sameAnswers("<a/>", 1, XMLStreamReader::getElementText);
        assertThatThrownBy(() -> binary("<a>t<b/></a>").getElementText()).isInstanceOf(XMLStreamException.class);
        BinaryXmlStreamReader child = binary("<a>t<b/></a>");
        child.next();
        assertThatThrownBy(child::getElementText).isInstanceOf(XMLStreamException.class);
        sameAnswers("<a>text</a>", 2, XMLStreamReader::getElementText);
    }

    @Test
    void nextTagSkipsWhiteSpaceAndCommentsOnly() throws XMLStreamException {
        sameAnswers("<!--c--><a/>", 0, XMLStreamReader::nextTag);
        sameAnswers("<a> <!--c--> <b/></a>", 1, XMLStreamReader::nextTag);
        sameAnswers("<a> </a>", 1, XMLStreamReader::nextTag);
        assertThatThrownBy(() -> {
                    BinaryXmlStreamReader reader = binary("<a>text<b/></a>");
                    reader.next();
                    reader.nextTag();
                })
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("text where a start or end tag was expected");
        assertThatThrownBy(() -> {
                    BinaryXmlStreamReader reader = binary("<a/>");
                    reader.next();
                    reader.next();
                    reader.nextTag();
                })
                .isInstanceOf(XMLStreamException.class);
    }

    @Test
    void callsOutOfPlaceAreRefusedByState() {
        BinaryXmlStreamReader reader = binary("<a>t</a>");
        List<Consumer<BinaryXmlStreamReader>> calls = List.of(
                BinaryXmlStreamReader::getLocalName,
                BinaryXmlStreamReader::getAttributeCount,
                BinaryXmlStreamReader::getNamespaceCount,
                BinaryXmlStreamReader::getText,
                BinaryXmlStreamReader::getPITarget);
        calls.forEach(call -> assertThatThrownBy(() -> call.accept(reader))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("START_DOCUMENT"));
    }

    @Test
    void aClosedReaderHasNothingMore() throws XMLStreamException {
        BinaryXmlStreamReader reader = binary("<a>t</a>");
        reader.next();
        reader.close();
        assertThat(reader.hasNext()).isFalse();
        assertThat(reader.getEventType()).isEqualTo(XMLStreamConstants.END_DOCUMENT);
    }

    @Test
    void theContextListsWhatIsInForceAndNothingHidden() throws XMLStreamException {
        BinaryXmlStreamReader reader = binary("<p:a xmlns:p='urn:1' xmlns:q='urn:1'><p:b xmlns:p='urn:2'/></p:a>");
        reader.next();
        reader.next();
        List<String> bindings = new ArrayList<>();
        reader.getNamespaceContext()
                .forEach(binding -> bindings.add(binding.getPrefix() + "=" + binding.getNamespaceURI()));
        assertThat(bindings).containsExactlyInAnyOrder("q=urn:1", "p=urn:2");
        assertThat(reader.getNamespaceContext().getPrefixes("urn:1"))
                .toIterable()
                .containsExactly("q");
    }

    @Test
    void namesAreInternedAndTheReaderSaysSo() throws XMLStreamException {
        BinaryXmlStreamReader reader = binary("<pre:name xmlns:pre='urn:x' pre:attr='1'/>");
        reader.next();
        assertThat(reader.getProperty("org.codehaus.stax2.internNames")).isEqualTo(true);
        assertThat(reader.getProperty("org.codehaus.stax2.internNsUris")).isEqualTo(true);
        for (String name : List.of(
                reader.getLocalName(),
                reader.getPrefix(),
                reader.getNamespaceURI(),
                reader.getAttributeLocalName(0),
                reader.getAttributeNamespace(0),
                reader.getNamespacePrefix(0))) {
            assertThat(name).isSameAs(name.intern());
        }
    }

    @Test
    void aReaderGoesFromDocumentToDocument() {
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader();
        for (int k = 0; k < 3; k++) {
            String xml = "<a" + k + " xmlns:p=\"urn:p\" p:x=\"y\"><p:b>text</p:b></a" + k + ">";
            assertThatCode(() -> {
                        byte[] bytes = BinaryXml.fromXml(xml);
                        reader.reset(bytes, 0, bytes.length);
                        reader.next(); // and then left in the middle
                    })
                    .doesNotThrowAnyException();
            assertThatCode(() -> {
                        byte[] bytes = BinaryXml.fromXml(xml);
                        assertThat(BinaryXml.toXml(reader.reset(bytes, 0, bytes.length)))
                                .isEqualTo(xml);
                    })
                    .doesNotThrowAnyException();
        }
    }
}
