package dev.nettcp.cli.remote;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.binding.ReaderQuotas;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.capture.PrettyXml;
import dev.nettcp.cli.CommandFailed;
import dev.nettcp.cli.JsonOption;
import dev.nettcp.cli.NetTcpUri;
import dev.nettcp.cli.Terminal;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.SoapFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Calls an operation of a service with XML in and out; or many times, to see how fast it is. */
@Command(
        name = "call",
        description =
                "Call an operation of a service: XML in, XML out. With --repeat many times, and a table of how long it took.",
        exitCodeList = {
            "0:the service replied",
            "1:a fault, or no reply; standard error says which",
            "2:called the wrong way"
        },
        footer = {
            "",
            "The action is the operation's: by default namespace/contract/operation, as the WSDL has it.",
            "The body is what stands inside the SOAP body; envelope and addressing headers are made here.",
            "",
            "Examples:",
            "  echo '<Add xmlns=\"http://Microsoft.Samples.PortSharing\"><n1>2</n1><n2>3</n2></Add>' |",
            "    nettcp call --action http://Microsoft.Samples.PortSharing/ICalculator/Add --body - \\",
            "      net.tcp://localhost:9000/calculator/1",
            "  nettcp call --action urn:tenants/IOrders/List --header '{urn:tenants}Tenant=7' net.tcp://orders:808/orders",
            "  nettcp call --action urn:x/I/Op --body op.xml --repeat 10000 --concurrency 8 net.tcp://orders:808/orders",
        })
@SuppressWarnings("NullAway.Init") // filled by picocli
public final class CallCommand implements Callable<Integer> {

    private static final int LARGEST_MESSAGE = 64 << 20;
    private static final int MOST_CALLS = 100_000_000;
    private static final int MOST_CALLERS = 1000;
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            description = "The address of the service, as in net.tcp://host:9000/calculator/1. Default port: 808.")
    private String uri;

    @Option(names = "--action", required = true, paramLabel = "URI", description = "The action of the request.")
    private String action;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "The content of the SOAP body, one XML element; - is standard input. Default: an empty body.")
    private @Nullable String body;

    @Option(
            names = "--header",
            paramLabel = "HEADER",
            description = "A further header: an XML element, or {namespace}name=text. May be given several times.")
    private List<String> headers = List.of();

    @Option(names = "--via", paramLabel = "URI", description = "Where to connect, if it is not the address: a router.")
    private @Nullable String via;

    @Option(names = "--one-way", description = "Do not wait for a reply.")
    private boolean oneWay;

    @Option(names = "--streamed", description = "Call as a client whose transferMode is Streamed. Default: Buffered.")
    private boolean streamed;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long a call may take, and connecting: 5, 500ms, 2m. Default: 60s.")
    private Duration timeout = Duration.ofSeconds(60);

    @Mixin
    private SecurityOptions security;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Make so many calls, show no replies but how long they took. At most 100 million.")
    private int repeat;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "With --repeat: so many callers at the same time, each with a session of its own. At most 1000. Default: 1.")
    private int concurrency = 1;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws InterruptedException {
        ViaUri address = NetTcpUri.parse(uri, spec);
        check();
        NetTcpBinding binding = binding();
        Message request = request();
        return repeat > 0 ? callOften(address, binding, request) : callOnce(address, binding, request);
    }

    private void check() {
        if (via != null) {
            NetTcpUri.parse(via, spec);
        }
        if (action.isBlank()) {
            throw wrong("--action: a URI is expected, as in urn:orders/IOrders/List");
        }
        if (repeat < 0 || repeat > MOST_CALLS) {
            throw wrong("--repeat: 1 to %d is possible, not %d".formatted(MOST_CALLS, repeat));
        }
        if (concurrency < 1 || concurrency > MOST_CALLERS) {
            throw wrong("--concurrency: 1 to %d is possible, not %d".formatted(MOST_CALLERS, concurrency));
        }
        if (repeat == 0 && (concurrency > 1 || json.isWanted())) {
            throw wrong((concurrency > 1 ? "--concurrency" : "--json") + " has a meaning with --repeat only");
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private NetTcpBinding binding() {
        int most = Integer.MAX_VALUE;
        NetTcpBinding.Builder binding = NetTcpBinding.builder()
                .openTimeout(timeout)
                .sendTimeout(timeout)
                .closeTimeout(timeout)
                .transferMode(streamed ? TransferMode.STREAMED : TransferMode.BUFFERED)
                .maxReceivedMessageSize(LARGEST_MESSAGE)
                .readerQuotas(new ReaderQuotas()
                        .maxStringContentLength(most)
                        .maxArrayLength(most)
                        .maxBytesPerRead(most)
                        .maxNameTableCharCount(most));
        return security.isWanted()
                ? binding.security(SecurityMode.TRANSPORT)
                        .transportSecurity(security.security())
                        .build()
                : binding.security(SecurityMode.NONE).build();
    }

    private Message request() {
        Message request = Message.empty(action);
        if (body != null) {
            ContentWriter content = XmlInput.read(body).content();
            request = Message.of(action, content);
        }
        for (String header : headers) {
            request = request.withHeader(XmlInput.header(header));
        }
        return request;
    }

    private NetTcpClient client(ViaUri address, NetTcpBinding binding) {
        NetTcpClient.Builder client = NetTcpClient.builder(address.toString(), binding);
        return via == null ? client.build() : client.via(via).build();
    }

    private int callOnce(ViaUri address, NetTcpBinding binding, Message request) {
        try (NetTcpClient client = client(address, binding)) {
            if (oneWay) {
                client.send(request);
            } else {
                try (Message reply = client.request(request)) {
                    show(reply);
                }
            }
            return ExitCode.OK;
        } catch (SoapFaultException e) {
            throw new CommandFailed(words(e), e);
        } catch (NetTcpException e) {
            throw new CommandFailed(words(e, address), e);
        } catch (XMLStreamException e) {
            throw new CommandFailed("the reply cannot be read: " + e.getMessage(), e);
        }
    }

    private void show(Message reply) throws XMLStreamException {
        if (reply.isEmpty()) {
            spec.commandLine().getErr().println("The reply has an empty body.");
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        print(reply::writeBody, out);
        out.flush();
    }

    private static void print(ContentWriter content, Appendable out) throws XMLStreamException {
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        content.writeTo(writer.reset());
        try {
            PrettyXml.of(out).write(new BinaryXmlStreamReader().reset(writer.payload(), Snapshot.NONE));
        } catch (IOException e) {
            throw new CommandFailed("the output cannot be written: " + e.getMessage(), e);
        }
    }

    /** A fault in words, with its detail as XML. */
    private static String words(SoapFaultException e) {
        SoapFault fault = e.fault();
        StringWriter words = new StringWriter();
        words.append("the service answered with a fault: ").append(fault.reason());
        words.append("\n  code: ").append(fault.code().getLocalPart()).append(whose(fault.code()));
        for (QName subcode : fault.subcodes()) {
            words.append("\n  subcode: ").append(subcode.getLocalPart());
            if (!subcode.getNamespaceURI().isEmpty()) {
                words.append(" of ").append(subcode.getNamespaceURI());
            }
        }
        words.append("\n  action: ").append(e.action());
        fault.detail().ifPresent(detail -> {
            words.append("\n  detail:\n");
            try {
                print(detail::writeTo, words);
            } catch (XMLStreamException broken) {
                words.append("(cannot be read: ").append(broken.getMessage()).append(')');
            }
        });
        return words.toString().stripTrailing();
    }

    private static String whose(QName code) {
        return switch (code.getLocalPart()) {
            case "Sender" -> " (the request is to blame)";
            case "Receiver" -> " (the service is to blame)";
            default -> "";
        };
    }

    private static String words(NetTcpException e, ViaUri address) {
        boolean onTheWay = e.layer() == Layer.CONNECT
                || e.layer() == Layer.FRAMING
                || e.layer() == Layer.UPGRADE
                || e.layer() == Layer.SESSION;
        return onTheWay ? "%s\n'nettcp ping %s' looks closer.".formatted(e.getMessage(), address) : e.getMessage() + "";
    }

    private int callOften(ViaUri address, NetTcpBinding binding, Message request) throws InterruptedException {
        Load.Call call = oneWay ? client -> client.send(request) : Load.request(request);
        Load load = new Load(repeat, concurrency, () -> client(address, binding), call);
        boolean watched = Terminal.ERROR.isThere();
        PrintWriter err = spec.commandLine().getErr();
        Load.Result result = load.run(PROGRESS_INTERVAL, (succeeded, failed, elapsed) -> {
            if (watched) {
                err.print("\r\033[K" + LoadReport.progress(succeeded, failed, repeat, elapsed));
                err.flush();
            }
        });
        if (watched) {
            err.print("\r\033[K");
            err.flush();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            out.println(LoadReport.json(result));
        } else {
            LoadReport.lines(result).forEach(out::println);
        }
        out.flush();
        return result.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
