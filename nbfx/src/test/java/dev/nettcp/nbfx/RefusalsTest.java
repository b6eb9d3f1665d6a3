package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to be wrong has its own sentence, with the byte and the element. */
class RefusalsTest {
    /** Rows of the invalid sessions that only SOAP can refuse. */
    private static final List<String> OF_SOAP = List.of("nbfse-bad-08");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            40 0161 40 0162              | the document ends inside an element (byte 6, in /a/b)
            40 0161 98 05 7878           | a record needs 5 bytes, the document ends after 2 (byte 5, in /a)
            40 0161 99 02 c328           | a text is not well-formed UTF-8 (byte 7, in /a)
            40 01 ff                     | a name is not well-formed UTF-8 (byte 3)
            40 0161 b7 01 78             | UTF-16 text of 1 bytes, an odd number (byte 5, in /a)
            40 0161 b7 02 00d8           | a text is not well-formed UTF-16: a surrogate stands alone (byte 7, in /a)
            42 ce07                      | the static dictionary of 487 entries has no id 974 (byte 3)
            42 01                        | the session has announced 0 strings, id 1 is none of them (byte 2)
            40 0161 a7                   | record A7 is no record type (byte 4, in /a)
            40 0161 a6                   | EndList without a list (byte 4, in /a)
            40 0161 9801 78 04 0178 80   | record 04: attributes and declarations must follow their element directly (byte 7, in /a)
            01                           | EndElement without an open element (byte 1)
            81                           | a text that ends an element, without an open element (byte 1)
            80                           | text outside the root element (byte 1)
            40 0161 01 40 0162           | a second root element (byte 5)
            40 0161 04 0178 81           | the value of attribute x must be one text record without end of element, but is record 81 (byte 7, in /a)
            40 0161 04 0178 80 04 0178 80 01 | attribute x twice in one element (byte 11, in /a)
            5e 0161                      | the document ends inside an element (byte 3, in /a:a)
            5e 0161 01                   | the prefix of a:a is not declared (byte 3, in /a:a)
            40 0161 0901 70 00           | prefix p is declared with an empty namespace (byte 7, in /a)
            40 0161 0903 786d6c 0175     | prefix xml is declared with another namespace than its own (byte 10, in /a)
            40 0161 0901 7001 75 0901 7001 76 | prefix p is declared twice in one element (byte 13, in /a)
            40 0161 0801 75 0801 75      | the default namespace is declared twice in one element (byte 9, in /a)
            40 0161 9c ffffffff          | a text record of -1 bytes (byte 8, in /a)
            40 8080808010                | a size or id does not fit into 31 bits (byte 6)
            40 0161 03 400169 01 8d 00   | an array of 0 items (byte 10, in /a/i)
            40 0161 03 400169 01 8c 01   | record 8C is no type of array values (byte 9, in /a/i)
            40 0161 03 400169 9801       | the element of an array must end directly after its attributes, but there is record 98 (byte 8, in /a/i)
            40 0161 03 98                | the element of an array must be an element record, but is record 98 (byte 5, in /a)
            40 0161 03 400169 01 8d 02 00000000 | an array of 2 items of 4 bytes is announced, 4 bytes follow (byte 10, in /a/i)
            40 0161 a4 a4                | a list in a list (byte 5, in /a)
            40 0161 a4 bc                | a qualified name in a list (byte 5, in /a)
            40 0161 a4 81                | record 81 in a list; only text records without end of element may be there (byte 5, in /a)
            40 0161 bc 1a 00             | prefix number 26 of a qualified name; 0 to 25 stand for a to z (byte 5, in /a)
            40 0161 97 ffffffffffffff2f  | a date beyond the year 9999 (byte 12, in /a)
            40 0161 95 0000 1d 00 00000000 0000000000000000 | a decimal with reserved bits set, or a scale of more than 28 (byte 20, in /a)
            """)
    void everyMistakeHasItsSentence(String hex, String message) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> {
                    try {
                        CanonicalXml.of(new BinaryXmlStreamReader().reset(bytes, 0, bytes.length));
                    } catch (IllegalStateException e) {
                        throw e.getCause();
                    }
                })
                .isInstanceOf(BinaryXmlException.class)
                .hasMessage(message);
    }

    @Test
    void theNumbersAreFieldsToo() {
        byte[] bytes = Hex.bytes("70 0161 0901 7301 75 40 0162 a7");
        assertThatThrownBy(() -> CanonicalXml.of(new BinaryXmlStreamReader().reset(bytes, 0, bytes.length)))
                .isInstanceOfSatisfying(BinaryXmlException.class, refusal -> {
                    assertThat(refusal.offset()).isEqualTo(12);
                    assertThat(refusal.path()).isEqualTo("/s:a/b");
                    assertThat(refusal.getLocation().getCharacterOffset()).isEqualTo(12);
                });
    }

    @Test
    void aStreamThatBreaksIsTheCause() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> new BinaryXmlStreamReader().reset(broken).next())
                .isInstanceOf(BinaryXmlException.class)
                .hasMessage("the document cannot be read: connection reset (byte 0)")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aValueOfTheWrongTypeIsNamed() throws XMLStreamException {
        byte[] bytes = Hex.bytes("40 0161 99 02 7878");
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(bytes, 0, bytes.length);
        reader.next();
        assertThatThrownBy(reader::getElementAsInt)
                .isInstanceOf(BinaryXmlException.class)
                .hasMessageStartingWith("a text is no int: ");
    }

    @ParameterizedTest
    @VectorSource("nbfse-invalid")
    void brokenMessagesOfASessionAreRefused(Row row) throws XMLStreamException {
        boolean ofSoap =
                row.optionalText("dotnet").orElse("").matches("(CommunicationException|MessageHeader|UriFormat).*")
                        && !row.text("dotnet").contains("Quota");
        boolean isReadable =
                List.of("nbfse-bad-28", "nbfse-bad-33", "nbfse-bad-36").contains(row.id());
        if (row.text("expect").equals("either") || ofSoap || isReadable || OF_SOAP.contains(row.id())) {
            return; // a matter of the SOAP layer
        }
        SessionReaderDictionary session = new SessionReaderDictionary();
        for (String before : row.texts("before")) {
            try {
                session.readTable(ByteBuffer.wrap(Hex.bytes(before)));
            } catch (BinaryXmlException e) {
                assertThat(row.text("reason")).contains("after a broken table");
            }
        }
        assertThatThrownBy(() -> {
                    ByteBuffer payload = ByteBuffer.wrap(row.bytes());
                    session.readTable(payload);
                    CanonicalXml.of(new BinaryXmlStreamReader().reset(payload, session.snapshot()));
                })
                .isInstanceOf(BinaryXmlException.class);
    }

    @Test
    void afterABrokenTableNoMessageOfTheSessionIsUnderstood() {
        SessionReaderDictionary session = new SessionReaderDictionary();
        assertThatThrownBy(() -> session.readTable(ByteBuffer.wrap(Hex.bytes("7f"))))
                .hasMessage(
                        "malformed string table of the session: a table of 127 bytes is announced, 0 follow (byte 1)");
        assertThatThrownBy(() -> session.readTable(ByteBuffer.wrap(Hex.bytes("00 400161 01"))))
                .hasMessageContaining("no further message can be understood");
    }
}
