package dev.nettcp.cli.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nettcp.capture.CaptureKind;
import dev.nettcp.cli.CommandFailed;
import dev.nettcp.cli.JsonOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows binary XML and captures of net.tcp as XML. */
@Command(
        name = "decode",
        description =
                "Show binary XML (application/soap+msbin1), or what was said over net.tcp in a capture, as readable XML.",
        footer = {
            "",
            "Examples:",
            "  nettcp decode capture.pcapng               what was said, by whom and when",
            "  tcpdump -i any -s 0 -U -w - port 808 | nettcp decode",
            "  nettcp decode 40056f726465728907           one document in hexadecimal",
            "  nettcp decode --session messages.txt       messages of a session, one a line",
        })
@SuppressWarnings("NullAway.Init") // filled by picocli
public final class DecodeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "INPUT",
            description =
                    "A file: a capture (pcap, pcapng, or a conversation as JSON lines), binary XML, or its digits in hexadecimal or "
                            + "base64. - is standard input, and the default. What is no file may be the digits themselves.")
    private List<String> inputs = List.of();

    @Option(
            names = "--from",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "What the input is: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, what it looks like.")
    private InputKind kind;

    @Option(
            names = "--session",
            description =
                    "The input is the messages of one direction of a session (application/soap+msbinsession1), in their order from the "
                            + "first: several inputs, or one message a line. Each begins with the table of its new strings.")
    private boolean session;

    @Option(names = "--compact", description = "Print a document on one line, exactly as it is, without indentation.")
    private boolean compact;

    @Option(names = "--brief", description = "Of a capture, print a line for each message, but not the message.")
    private boolean brief;

    @Option(names = "--full", description = "Of a capture, print long texts to their end. Default: 1000 characters.")
    private boolean full;

    @Mixin
    private JsonOption json;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (kind == InputKind.CAPTURE && session) {
            throw new ParameterException(
                    spec.commandLine(), "--session is for single messages; a capture tells its sessions itself");
        }
        List<String> arguments = Inputs.orStandardInput(inputs, spec.commandLine());
        List<Source> sources = new ArrayList<>();
        arguments.forEach(argument -> sources.add(Source.of(argument)));
        output.write(spec.commandLine().getOut(), out -> decode(sources, out));
    }

    private void decode(List<Source> sources, PrintWriter out) {
        DocumentPrinter documents = new DocumentPrinter(out, session, compact);
        for (Source source : sources) {
            if (source instanceof Source.Literal literal) {
                print(literal.text().getBytes(US_ASCII), source.title(), documents);
            } else if (source instanceof Source.Stream stream) {
                decode(stream, documents, out);
            }
        }
    }

    private void decode(Source.Stream stream, DocumentPrinter documents, PrintWriter out) {
        try (InputStream in = stream.open()) {
            if (isCapture(in)) {
                CapturePrinter printer =
                        json.isWanted() ? CapturePrinter.ofJson(out, brief) : CapturePrinter.ofLines(out, brief, full);
                printer.print(in, stream.title(), stream.file().isEmpty());
            } else {
                print(Documents.read(in, stream.title()), stream.title(), documents);
            }
        } catch (IOException e) {
            throw new CommandFailed("%s cannot be read: %s".formatted(stream.title(), e.getMessage()), e);
        }
    }

    /** What looks like one; --session is for something else. */
    private boolean isCapture(InputStream in) throws IOException {
        if (kind != InputKind.AUTO || session) {
            return kind == InputKind.CAPTURE;
        }
        in.mark(CaptureKind.BYTES_NEEDED);
        byte[] head = in.readNBytes(CaptureKind.BYTES_NEEDED);
        in.reset();
        return CaptureKind.of(head).isPresent();
    }

    private void print(byte[] input, String title, DocumentPrinter documents) {
        for (byte[] document : Documents.of(input, kind, session, title)) {
            documents.print(document, title);
        }
    }
}
