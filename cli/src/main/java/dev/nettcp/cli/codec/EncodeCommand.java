package dev.nettcp.cli.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.cli.CommandFailed;
import dev.nettcp.nbfx.BinaryXml;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes binary XML of XML. */
@Command(
        name = "encode",
        description = "Make binary XML (application/soap+msbin1) of XML text.",
        footer = {
            "",
            "Texts stay texts: 'true' becomes the text, not the boolean that a .NET sender would write; receivers read both.",
            "",
            "Examples:",
            "  nettcp encode message.xml                  one line of hexadecimal digits",
            "  nettcp encode -o message.bin message.xml   the bytes themselves",
            "  nettcp encode --session a.xml b.xml        messages of a session, one a line",
        })
@SuppressWarnings("NullAway.Init") // filled by picocli
public final class EncodeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "XML text, one document each. - is standard input, and the default.")
    private List<String> inputs = List.of();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "How the bytes are written: ${COMPLETION-CANDIDATES}. Default: hex, and raw with --output. "
                    + "Raw bytes never go to a terminal.")
    private @Nullable OutputFormat format;

    @Option(
            names = "--session",
            description =
                    "The documents are the messages of one direction of a session (application/soap+msbinsession1), in their order: "
                            + "names go into the table of strings in front of the message that is the first to use them.")
    private boolean session;

    @Option(
            names = "--keep-space",
            description = "Keep the white space between tags. Default: it is indentation, and left out.")
    private boolean keepSpace;

    @Mixin
    private Output output;

    @Override
    public void run() {
        List<byte[]> messages = new ArrayList<>();
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        SessionWriterDictionary strings = new SessionWriterDictionary();
        for (String input : Inputs.orStandardInput(inputs, spec.commandLine())) {
            Source source = Source.ofText(input);
            messages.add(encode(source, session ? writer.reset(strings).offerNamesToSession(true) : writer.reset()));
        }
        OutputFormat written = format != null ? format : output.isFile() ? OutputFormat.RAW : OutputFormat.HEX;
        if (written == OutputFormat.RAW) {
            output.writeBytes(concatenated(messages));
        } else {
            ByteText text = written == OutputFormat.HEX ? ByteText.HEX : ByteText.BASE64;
            output.write(
                    spec.commandLine().getOut(), out -> messages.forEach(message -> out.println(text.text(message))));
        }
    }

    private byte[] encode(Source source, BinaryXmlStreamWriter writer) {
        try {
            XMLStreamReader reader = textFactory().createXMLStreamReader(new ByteArrayInputStream(bytes(source)));
            BinaryXml.fromXml(keepSpace ? reader : new WithoutIndentation(reader), writer);
            ByteBuffer payload = writer.payload();
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            return bytes;
        } catch (XMLStreamException e) {
            throw new CommandFailed("%s: %s".formatted(source.title(), inOneLine(e)), e);
        }
    }

    private static byte[] bytes(Source source) {
        if (source instanceof Source.Literal literal) {
            return literal.text().getBytes(UTF_8);
        }
        Source.Stream stream = (Source.Stream) source;
        try (InputStream in = stream.open()) {
            return Documents.read(in, stream.title());
        } catch (IOException e) {
            throw new CommandFailed("%s cannot be read: %s".formatted(stream.title(), e.getMessage()), e);
        }
    }

    /** The JDK's parser gives the place and the message on lines of their own. */
    private static String inOneLine(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int text = message.indexOf("Message: ");
        String what = text < 0 ? message : message.substring(text + "Message: ".length());
        return e.getLocation() == null || e.getLocation().getLineNumber() < 0
                ? what
                : "line %d, column %d: %s"
                        .formatted(
                                e.getLocation().getLineNumber(), e.getLocation().getColumnNumber(), what);
    }

    private static byte[] concatenated(List<byte[]> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static XMLInputFactory textFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // it is refused, but would be fetched before
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
