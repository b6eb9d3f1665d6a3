package dev.nettcp.interop.contracts;

import static dev.nettcp.interop.services.Operation.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.Operations;
import dev.nettcp.interop.services.DuplexService;
import dev.nettcp.interop.services.Operation;
import dev.nettcp.testkit.Waiting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/** The contract IDuplex: the service calls back. */
final class DuplexScenarios {

    private DuplexScenarios() {}

    /** Calls, while it is called back. */
    @FunctionalInterface
    private interface Calls {
        void run(NetTcpClient client, List<Integer> steps) throws Exception;
    }

    static Map<String, Scenario> all() {
        return new Scenario.Names()
                .add(
                        "duplex-ping",
                        duplex((client, steps) -> assertThat(
                                        call(client, "Ping", part("text", "x")).getElementText())
                                .isEqualTo("pong:x")))
                .add("duplex-one-way-callbacks", duplex((client, steps) -> {
                    client.send(DuplexService.named("Start").request(part("steps", 3)));
                    threeSteps(steps);
                }))
                .add("duplex-callbacks-inside-call", duplex((client, steps) -> {
                    assertThat(call(client, "StartAndWait", part("steps", 3)).getElementAsInt())
                            .isEqualTo(3);
                    threeSteps(steps);
                }))
                .add(
                        "duplex-request-reply-callback",
                        duplex((client, steps) -> assertThat(call(client, "Ask", part("question", "why"))
                                        .getElementText())
                                .isEqualTo("answer:re:why")))
                .all();
    }

    private static Scenario duplex(Calls calls) {
        return site -> {
            List<Integer> steps = new CopyOnWriteArrayList<>();
            try (NetTcpClient client = NetTcpClient.builder(
                            site.address("/duplex"), site.buffered().build())
                    .onMessage(callback(steps))
                    .build()) {
                calls.run(client, steps);
            }
        };
    }

    private static Operations callback(List<Integer> steps) {
        Operation question = DuplexService.named("OnQuestion");
        return Operations.of(Map.of(
                DuplexService.named("OnProgress").action(),
                        (message, session) -> {
                            steps.add(Operation.parts(message).getElementAsInt());
                            return null;
                        },
                question.action(),
                        (message, session) -> {
                            String answer = "re:" + Operation.parts(message).getElementText();
                            return question.result(out -> out.writeCharacters(answer));
                        }));
    }

    private static void threeSteps(List<Integer> steps) {
        Waiting.until("three steps", () -> steps.size() >= 3);
        assertThat(steps).containsExactly(1, 2, 3);
    }

    private static TypedXMLStreamReader call(NetTcpClient client, String operation, Operation.Part... arguments)
            throws Exception {
        return Operation.parts(client.request(DuplexService.named(operation).request(arguments)));
    }
}
