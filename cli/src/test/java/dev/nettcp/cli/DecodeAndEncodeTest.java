package dev.nettcp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.nbfx.BinaryXml;
import dev.nettcp.testkit.Transcripts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nettcp decode} and {@code nettcp encode}, called as from a shell. */
class DecodeAndEncodeTest {
    private static final String XML = "<order xmlns=\"urn:o\"><item>a &amp; b</item><space>  </space><none/></order>";
    private static final String INDENTED = """
            <order xmlns="urn:o">
              <item>a &amp; b</item>
              <space>  </space>
              <none/>
            </order>
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void hexadecimalIsTheDefaultAndComesBackIndented() {
        String hex = output("encode", XML);
        assertThat(hex.strip()).matches("[0-9a-f]+");
        assertThat(output("decode", hex)).isEqualTo(INDENTED);
        assertThat(output("decode", "--compact", hex)).isEqualTo(XML + "\n");
    }

    @Test
    void indentationIsLeftOutUnlessItIsWanted() {
        assertThat(output("encode", INDENTED)).isEqualTo(output("encode", XML));
        assertThat(output("decode", "--compact", output("encode", "--keep-space", INDENTED)))
                .isEqualTo(INDENTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hex", "base64", "raw"})
    void everyFormatIsRecognizedInAFile(String format) throws IOException {
        Path file = directory.resolve("message");
        output("encode", "--to", format, "-o", file.toString(), XML);
        assertThat(output("decode", file.toString())).isEqualTo(INDENTED);
        assertThat(output("decode", "--from", format.equals("raw") ? "binary" : format, file.toString()))
                .isEqualTo(INDENTED);
    }

    @Test
    void aFileGetsTheBytesThemselves() throws Exception {
        Path file = directory.resolve("message.bin");
        assertThat(output("encode", "-o", file.toString(), XML)).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(BinaryXml.fromXml(XML));
        Path text = directory.resolve("message.xml");
        assertThat(output("decode", "-o", text.toString(), file.toString())).isEmpty();
        assertThat(text).hasContent(INDENTED);
    }

    @Test
    void rawBytesGoIntoAPipe() throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        System.setOut(new PrintStream(pipe, true, UTF_8));
        try {
            assertThat(nettcp("encode", "--to", "raw", XML)).isZero();
        } finally {
            System.setOut(standardOutput);
        }
        assertThat(pipe.toByteArray()).isEqualTo(BinaryXml.fromXml(XML));
    }

    @Test
    void standardInputIsADash() {
        InputStream standardInput = System.in;
        System.setIn(new ByteArrayInputStream(XML.getBytes(UTF_8)));
        try {
            assertThat(output("encode", "-")).isEqualTo(output("encode", XML));
        } finally {
            System.setIn(standardInput);
        }
    }

    @Test
    void theMessagesOfASessionShareTheirStrings() throws IOException {
        String lines = output("encode", "--session", XML, XML);
        assertThat(lines.lines()).hasSize(2);
        assertThat(lines.lines().skip(1)).allMatch(line -> line.startsWith("00")); // nothing new in its table
        Path text = Files.writeString(directory.resolve("session.txt"), lines);
        Path binary = directory.resolve("session.bin");
        output("encode", "--session", "-o", binary.toString(), XML, XML);

        assertThat(output("decode", "--session", text.toString())).isEqualTo(INDENTED + INDENTED);
        assertThat(output("decode", "--session", binary.toString())).isEqualTo(INDENTED + INDENTED);
        assertThat(output("decode", "--session", lines.lines().findFirst().orElseThrow()))
                .isEqualTo(INDENTED);
    }

    @Test
    void messagesOfMicrosoftsSessionEncoderAreDecoded() throws IOException {
        Path file = Files.writeString(
                directory.resolve("three.hex"), Transcripts.text("dotnet-framework/session-encoder.hex"));
        assertThat(output("decode", "--session", file.toString()))
                .contains("<a:Action s:mustUnderstand=\"1\">urn:DemoService/create</a:Action>");
    }

    @Test
    void aMessageOfASessionThatIsTakenForADocumentIsAdvised() {
        assertThat(nettcp("decode", output("encode", "--session", XML))).isEqualTo(1);
        assertThat(err).asString().startsWith("nettcp decode: the argument: ").endsWith("try --session\n");
    }

    @Test
    void aCaptureIsShownWithItsConversations() throws IOException {
        Path file = recording("dotnet/buffered-bool");
        assertThat(output("decode", file.toString()))
                .startsWith("#1 a recorded conversation\n#1 client Version 1.0\n")
                .contains("#1 client SizedEnvelope, 198 bytes, 5 new strings, action http://example.org/")
                .contains("\n      <s:Envelope ")
                .endsWith("\n\n1 net.tcp conversation, 4 messages decoded\n");
        assertThat(output("decode", "--brief", file.toString())).doesNotContain("<s:Envelope");
    }

    @Test
    void forProgramsACaptureIsAnObjectALine() throws IOException {
        String lines =
                output("decode", "--json", recording("dotnet/buffered-bool").toString());
        assertThat(lines.lines())
                .hasSize(15)
                .contains("{\"conversation\": 1, \"event\": \"Said\", \"side\": \"client\", \"offset\": 5, "
                        + "\"text\": \"Via net.tcp://localhost:9000/peer\"}")
                .anyMatch(line -> line.contains("\"bytes\": 198, \"action\": \"http://example.org/")
                        && line.contains("\"xml\": \"<s:Envelope "));
    }

    @Test
    void longTextsOfACaptureAreShortenedUnlessAllIsWanted() throws IOException {
        Path file = recording("dotnet/streamed-echo-20000");
        assertThat(output("decode", file.toString())).contains("[... ");
        assertThat(output("decode", "--full", file.toString())).doesNotContain("[... ");
    }

    @Test
    void aCaptureWithoutNetTcpIsAFailure() throws IOException {
        assertThat(nettcp("decode", recording("dotnet/negative/plain-http-get").toString()))
                .isEqualTo(1);
        assertThat(out).asString().contains("is no net.tcp: the client begins with 47455420");
        assertThat(err).asString().contains("has no net.tcp in it");
    }

    @Test
    void aDamagedCaptureIsShownUpToTheDamage() throws IOException {
        String whole = Transcripts.text("dotnet/buffered-bool.jsonl");
        Path file = Files.writeString(directory.resolve("cut.jsonl"), whole.substring(0, whole.indexOf("\"seq\": 5")));
        assertThat(nettcp("decode", file.toString())).isEqualTo(1);
        assertThat(out).asString().contains("<value>true</value>");
        assertThat(err).asString().startsWith("nettcp decode: " + file + ": byte ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decode nowhere.pcap|there is no file nowhere.pcap, and it is neither hexadecimal nor base64",
                "decode 4001|the argument: ",
                "decode 400|the argument: an odd number of hexadecimal digits",
                "decode --from hex 40zz|and it is neither hexadecimal nor base64",
                "decode 00010001|this begins like a net.tcp stream",
                "encode <a>|the argument: line 1, column 4: ",
                "encode nowhere.xml|there is no file nowhere.xml",
                "encode <!DOCTYPE_a><a/>|the argument: ",
            })
    void whatIsWrongIsOneSentence(String line) {
        String[] parts = line.split("\\|", -1);
        assertThat(nettcp(parts[0].split(" ", -1))).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("nettcp " + parts[0].substring(0, 6) + ": ")
                .contains(parts[1]);
    }

    @Test
    void textIsToldFromBinaryXmlWhateverItsLetters() throws IOException {
        for (String text : List.of("<a/>", "<a>\u00e9</a>", "\ufeff<a/>")) {
            err.getBuffer().setLength(0);
            Path file = Files.writeString(directory.resolve("text.xml"), text);
            assertThat(nettcp("decode", file.toString())).as(text).isEqualTo(1);
            assertThat(err).asString().contains("the input is XML text already");
        }
    }

    @Test
    void theDocumentThatTheHelpShowsCanBeDecoded() {
        Matcher example = Pattern.compile("nettcp decode ([0-9a-f]{8,})").matcher(output("decode", "--help"));
        assertThat(example.find()).isTrue();
        assertThat(output("decode", example.group(1))).isEqualTo("<order>7</order>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode --from nonsense x", "encode --to nonsense x", "decode --from capture --session x"})
    void wrongUseIsToldAsSuch(String line) {
        assertThat(nettcp(line.split(" ", -1))).isEqualTo(2);
        assertThat(err).asString().endsWith("--help'.\n");
    }

    private Path recording(String name) throws IOException {
        return Files.writeString(directory.resolve("recording.jsonl"), Transcripts.text(name + ".jsonl"));
    }

    private String output(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(nettcp(arguments)).as(err::toString).isZero();
        return out.toString();
    }

    private int nettcp(String... arguments) {
        var command = Nettcp.commandLine(Map.of());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
