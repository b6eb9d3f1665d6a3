package dev.nettcp.cli.remote;

import dev.nettcp.cli.CommandFailed;
import dev.nettcp.cli.JsonOption;
import dev.nettcp.cli.NetTcpUri;
import dev.nettcp.framing.via.ViaUri;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells whether a service answers, how long each step takes, and why where it does not. */
@Command(
        name = "ping",
        description =
                "Open a session with a service and close it again: who answers, how long each step takes, and if nobody does, why "
                        + "and what to do. No message is sent.",
        exitCodeList = {"0:the service answers", "1:it does not; standard error says why", "2:called the wrong way"},
        footer = {
            "",
            "Examples:",
            "  nettcp ping net.tcp://localhost:9000/calculator/1",
            "  nettcp ping --tls --ca ca.pem net.tcp://orders.example.com/orders",
            "  nettcp ping --json --timeout 500ms net.tcp://localhost:9000/calculator/1",
        })
@SuppressWarnings("NullAway.Init") // filled by picocli
public final class PingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            description = "The address of the service, as in net.tcp://host:9000/calculator/1. Default port: 808.")
    private String uri;

    @Option(names = "--streamed", description = "Ask as a client whose transferMode is Streamed. Default: Buffered.")
    private boolean streamed;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long to wait for an answer: 5, 500ms, 2m. Default: 5s.")
    private Duration timeout = Duration.ofSeconds(5);

    @Mixin
    private SecurityOptions security;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws InterruptedException {
        ViaUri via = NetTcpUri.parse(uri, spec);
        Ping ping;
        try (Probe probe = new Probe(
                via, security.isWanted() ? Optional.of(security.settings()) : Optional.empty(), streamed, timeout)) {
            ping = probe.run();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            out.println(ping.json());
            return ping.failure().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
        ping.lines().forEach(out::println);
        out.flush();
        if (ping.failure().isPresent()) {
            Diagnosis why = ping.failure().get();
            throw new CommandFailed(why.remedy().isEmpty() ? why.seen() + "." : why.seen() + ".\n" + why.remedy());
        }
        return ExitCode.OK;
    }
}
