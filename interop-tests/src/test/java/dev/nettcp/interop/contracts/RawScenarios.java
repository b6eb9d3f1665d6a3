package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.interop.services.XmlText;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages without a contract, in both transfer modes. */
final class RawScenarios {

    private static final Map<String, String> BODIES = bodies();

    private RawScenarios() {}

    private static Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("text", "<a>hello</a>");
        bodies.put("empty-element", "<a/>");
        bodies.put(
                "namespaces",
                "<a xmlns='urn:one'><b xmlns='urn:two'><p:c xmlns:p='urn:three' p:x='1' y='2'/></b><d xmlns=''/></a>");
        bodies.put("attributes", "<a one='1' two='' three='&lt;&amp;&quot;' xml:lang='en'>x</a>");
        bodies.put("mixed-content", "<a>one <b>two</b> three\n<c/> <!-- note --> four</a>");
        bodies.put("unicode", "<a>\u00e9\u4e2d\ud83d\ude00<\u4e2d>x</\u4e2d></a>");
        bodies.put("deep", "<e>".repeat(25) + "</e>".repeat(25));
        bodies.put(
                "wide",
                IntStream.range(0, 2000)
                        .mapToObj(i -> "<item n='%d'>%d</item>".formatted(i, i * i))
                        .collect(Collectors.joining("", "<list>", "</list>")));
        bodies.put("1-mib", "<a>" + "abcdefghijklmnopqrstuvwxyz".repeat(40_330) + "</a>");
        return bodies;
    }

    static Map<String, Scenario> buffered() {
        Scenario.Names names = new Scenario.Names();
        BODIES.forEach((name, xml) -> names.add("raw-echo-" + name, raw(client -> echo(client, xml))));
        return names.add(
                        "raw-echo-no-body",
                        raw(client -> assertThat(client.request(Message.empty("urn:echo"))
                                        .isEmpty())
                                .isTrue()))
                .add("raw-one-way", raw(RawScenarios::oneWay))
                .add("raw-interleaved-1000", raw(RawScenarios::interleaved))
                .add("raw-pushed-1000", RawScenarios::pushed)
                .add("raw-half-close", raw(RawScenarios::halfClose))
                .add("raw-unknown-action", raw(RawScenarios::unknownAction))
                .all();
    }

    static Map<String, Scenario> streamed() {
        Scenario.Names names = new Scenario.Names();
        BODIES.forEach((name, xml) -> names.add("raw-request-echo-" + name, streamed(client -> echo(client, xml))));
        return names.add("raw-request-one-way", streamed(client -> client.send(message("urn:note", "<note/>"))))
                .add("raw-request-many", streamed(client -> {
                    for (int i = 0; i < 50; i++) {
                        echo(client, number(i));
                    }
                }))
                .all();
    }

    private static Scenario raw(OurClient.Calls calls) {
        return client -> client.buffered("/raw", calls);
    }

    private static Scenario streamed(OurClient.Calls calls) {
        return client -> client.streamed("/raw-streamed", calls);
    }

    private static Message message(String action, String xml) {
        return Message.of(action, XmlText.body(xml));
    }

    private static String number(int number) {
        return "<n>" + number + "</n>";
    }

    private static void echo(NetTcpClient client, String xml) throws Exception {
        try (Message reply = client.request(message("urn:echo", xml))) {
            assertBody(reply, xml);
        }
    }

    private static void assertBody(Message reply, String xml) throws Exception {
        assertThat(XmlText.canonical(reply.body())).isEqualTo(XmlText.canonical(xml));
    }

    private static void oneWay(NetTcpClient client) throws Exception {
        for (int i = 0; i < 5; i++) {
            client.send(message("urn:note", "<note>" + i + "</note>"));
        }
        assertBody(client.request(message("urn:count", "<x/>")), "<count xmlns='urn:raw'>5</count>");
    }

    private static void interleaved(NetTcpClient client) throws Exception {
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            replies.add(client.requestAsync(message("urn:echo", number(i))));
        }
        assertInOrder(replies);
    }

    private static void assertInOrder(List<CompletableFuture<Message>> replies) throws Exception {
        for (int i = 0; i < replies.size(); i++) {
            assertBody(Waiting.result("reply " + i, replies.get(i)), number(i));
        }
    }

    private static void pushed(OurClient site) throws Exception {
        List<Integer> pushed = new CopyOnWriteArrayList<>();
        NetTcpClient.Builder builder = NetTcpClient.builder(
                        site.address("/raw"), site.buffered().build())
                .onMessage((message, session) -> {
                    assertThat(message.action()).isEqualTo("urn:pushed");
                    pushed.add(message.body().getElementAsInt());
                    return null;
                });
        try (NetTcpClient client = builder.build()) {
            client.send(message("urn:push", "<push xmlns='urn:raw'>1000</push>"));
            Waiting.until("1000 messages", () -> pushed.size() == 1000);
        }
        assertThat(pushed).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    private static void halfClose(NetTcpClient client) throws Exception {
        MessageSession session = client.open();
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            replies.add(session.requestAsync(message("urn:echo", number(i))));
        }
        session.closeOutput();
        assertInOrder(replies);
        Waiting.result("the end of the session", session.ended());
    }

    private static void unknownAction(NetTcpClient client) {
        assertThatThrownBy(() -> client.request(message("urn:no-such-action", "<x/>")))
                .isInstanceOfSatisfying(
                        SoapFaultException.class,
                        e -> assertThat(e.fault().subcodes()).contains(FaultCodes.ACTION_NOT_SUPPORTED));
        client.abort();
    }
}
