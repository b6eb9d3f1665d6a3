package dev.nettcp.cli;

import dev.nettcp.sharing.service.admin.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells where a connection would go, and by which rule. */
@Command(
        name = "explain",
        description = "Tell where a connection would go: which registration wins and why, or why none does.",
        exitCodeList = {
            "0:the connection has a route",
            "1:it has none, or the question failed",
            "2:called the wrong way"
        })
@SuppressWarnings("NullAway.Init") // filled by picocli
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "VIA",
            description = "The address the client asks for, as in net.tcp://host:9000/calculator/1.")
    private String via;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description =
                    "IP address of the client. It decides at which address of this host the connection arrives, which matters "
                            + "to registrations under an IP address. Default: a client on this host.")
    private @Nullable String from;

    @Mixin
    private ControlSocketOption service;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        NetTcpUri.parse(via, spec);
        Explanation explanation = service.ask(client -> client.explain(via, Optional.ofNullable(from)));
        List<String> lines = json.isWanted() ? List.of(json(explanation)) : lines(explanation);
        lines.forEach(spec.commandLine().getOut()::println);
        return explanation.routed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    static List<String> lines(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        lines.add("%s, arriving at %s".formatted(explanation.via(), explanation.arrivesAt()));
        int step = 0;
        for (String reason : explanation.reasons()) lines.add("  %d. %s".formatted(++step, reason));
        lines.add("The connection " + explanation.verdict() + ".");
        return lines;
    }

    static String json(Explanation explanation) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("via", explanation.via());
        members.put("arrivesAt", explanation.arrivesAt());
        members.put("reasons", explanation.reasons());
        members.put("routed", explanation.routed());
        members.put("verdict", explanation.verdict());
        return Json.of(members);
    }
}
