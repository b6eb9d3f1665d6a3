package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.examples.CalculatorClient;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.DotNetServer;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Our client against Microsoft's encoders and serializers: the calculator, and messages without a contract. */
@Timeout(120)
class OurClientAgainstTheDotNetServerTest {

    private static final NetTcpBinding BINDING = NetTcpBinding.builder()
            .security(SecurityMode.NONE)
            .maxReceivedMessageSize(4 << 20)
            .build();

    private static final Map<String, String> BODIES = bodies();

    private static DotNetServer server;

    @BeforeEach
    void startOnce() {
        if (server == null) {
            server = DotNetServer.start();
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

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
        bodies.put("wide", "<list>" + numbered(2000) + "</list>");
        bodies.put("1-mib", "<a>" + "abcdefghijklmnopqrstuvwxyz".repeat(40_330) + "</a>");
        return bodies;
    }

    private static String numbered(int count) {
        return String.join(
                "",
                IntStream.range(0, count)
                        .mapToObj(i -> "<item n='%d'>%d</item>".formatted(i, i * i))
                        .toList());
    }

    private static String raw() {
        return server.address() + "/raw";
    }

    private static Message message(String action, String xml) {
        return Message.of(action, XmlText.body(xml));
    }

    private static void assertEcho(Message reply, String xml) throws Exception {
        assertThat(XmlText.canonical(reply.body())).isEqualTo(XmlText.canonical(xml));
    }

    private static void ran(String scenario) {
        Counterpart.DOTNET_SERVER.ran(scenario + " (our client)");
    }

    @TestFactory
    Stream<DynamicTest> theCalculatorCalculates() {
        return Stream.of(
                calculation("calculator-add", 115.99, client -> client.add(100, 15.99)),
                calculation("calculator-subtract", 68.46, client -> client.subtract(145, 76.54)),
                calculation("calculator-multiply", 731.25, client -> client.multiply(9, 81.25)),
                calculation("calculator-divide", 22.0 / 7, client -> client.divide(22, 7)),
                calculation("calculator-divide-by-zero", Double.POSITIVE_INFINITY, client -> client.divide(1, 0)));
    }

    private static DynamicTest calculation(String name, double expected, Calculation calculation) {
        return dynamicTest(name, () -> {
            try (CalculatorClient client = new CalculatorClient(server.address() + "/calculator", BINDING)) {
                assertThat(calculation.with(client)).isEqualTo(expected);
            }
            ran(name);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyBodyComesBackAsItWas() {
        return BODIES.keySet().stream()
                .map(name -> dynamicTest("raw-echo-" + name, () -> {
                    try (NetTcpClient client = NetTcpClient.to(raw(), BINDING)) {
                        assertEcho(client.request(message("urn:echo", BODIES.get(name))), BODIES.get(name));
                    }
                    ran("raw-echo-" + name);
                }));
    }

    @Test
    void anEmptyBodyComesBackEmpty() throws Exception {
        try (NetTcpClient client = NetTcpClient.to(raw(), BINDING)) {
            assertThat(client.request(Message.empty("urn:echo")).isEmpty()).isTrue();
        }
        ran("raw-echo-no-body");
    }

    @Test
    void oneWayMessagesArriveInTheSessionThatSentThem() throws Exception {
        try (NetTcpClient client = NetTcpClient.to(raw(), BINDING)) {
            for (int i = 0; i < 5; i++) {
                client.send(message("urn:note", "<note>" + i + "</note>"));
            }
            assertEcho(client.request(message("urn:count", "<x/>")), "<count xmlns='urn:raw'>5</count>");
        }
        ran("raw-one-way");
    }

    @Test
    void aThousandRequestsWithoutWaitingGetTheirReplies() throws Exception {
        try (NetTcpClient client = NetTcpClient.to(raw(), BINDING)) {
            List<CompletableFuture<Message>> replies = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                replies.add(client.requestAsync(message("urn:echo", "<n>" + i + "</n>")));
            }
            for (int i = 0; i < 1000; i++) {
                assertEcho(Waiting.result("reply " + i, replies.get(i)), "<n>" + i + "</n>");
            }
        }
        ran("raw-interleaved-1000");
    }

    @Test
    void aThousandPushedMessagesArriveInOrder() throws Exception {
        List<Integer> pushed = new CopyOnWriteArrayList<>();
        NetTcpClient.Builder builder = NetTcpClient.builder(raw(), BINDING).onMessage((message, session) -> {
            assertThat(message.action()).isEqualTo("urn:pushed");
            pushed.add(message.body().getElementAsInt());
            return null;
        });
        try (NetTcpClient client = builder.build()) {
            client.send(message("urn:push", "<push xmlns='urn:raw'>1000</push>"));
            Waiting.until("1000 messages", () -> pushed.size() == 1000);
        }
        assertThat(pushed).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        ran("raw-pushed-1000");
    }

    @Test
    void repliesStillComeAfterTheClientHasEndedItsDirection() throws Exception {
        try (NetTcpClient client = NetTcpClient.to(raw(), BINDING)) {
            MessageSession session = client.open();
            List<CompletableFuture<Message>> replies = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                replies.add(session.requestAsync(message("urn:echo", "<n>" + i + "</n>")));
            }
            session.closeOutput();
            for (int i = 0; i < 10; i++) {
                assertEcho(Waiting.result("reply " + i, replies.get(i)), "<n>" + i + "</n>");
            }
            Waiting.result("the end of the session", session.ended());
        }
        ran("raw-half-close");
    }

    @Test
    void anUnknownActionIsTheFaultActionNotSupported() throws Exception {
        try (NetTcpClient client = NetTcpClient.to(raw(), BINDING)) {
            assertThatThrownBy(() -> client.request(message("urn:no-such-action", "<x/>")))
                    .isInstanceOfSatisfying(
                            SoapFaultException.class,
                            e -> assertThat(e.fault().subcodes()).contains(FaultCodes.ACTION_NOT_SUPPORTED));
            client.abort();
        }
        ran("raw-unknown-action");
    }

    /** One call of a calculator. */
    @FunctionalInterface
    private interface Calculation {
        double with(CalculatorClient client) throws Exception;
    }
}
