package dev.nettcp.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.sharing.ControlMessage.AdminEnd;
import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.ControlMessage.AdminRow;
import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlMessage.LaneHello;
import dev.nettcp.sharing.ControlMessage.LaneOpened;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.ControlMessage.Unknown;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.ControlMessage.Welcome;
import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the bytes of section 9 of docs/registration-protocol.md. */
class ControlCodecTest {
    private static final Path PAGE = Path.of("../docs/registration-protocol.md");
    private static final LaneToken TOKEN =
            LaneToken.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    private static final InetSocketAddress LOCAL = address("127.0.0.1", 9000);

    private static final Map<String, ControlMessage> MESSAGES = Map.ofEntries(
            entry("Hello 1.0 \"python-worker 1\"", new Hello(new ProtocolVersion(1, 0), "python-worker 1", List.of())),
            entry("Hello 1.0 \"w\" feature \"relay\"", new Hello(new ProtocolVersion(1, 0), "w", List.of("relay"))),
            entry("Welcome 1.0 \"nettcp\"", new Welcome(new ProtocolVersion(1, 0), "nettcp", List.of())),
            entry("Refused 100 \"no\"", new Refused(StatusCode.ACCESS_DENIED, "no")),
            entry(
                    "Register \"net.tcp://localhost:9000/a\" StrongWildcard",
                    new Register("net.tcp://localhost:9000/a", HostNameComparisonMode.STRONG_WILDCARD)),
            entry("Registered 0 \"\" token 01..10 lanes 4", new Registered(StatusCode.SUCCESS, "", TOKEN, 4)),
            entry("Validate 7 \"net.tcp://h/b\" 127.0.0.1:9000", new Validate(7, "net.tcp://h/b", LOCAL)),
            entry("Validated 7 same user", new Validated(7, RouteOwner.SAME_USER)),
            entry("Unregister", new Unregister()),
            entry("Unregistered", new Unregistered()),
            entry("LaneHello token 01..10 handover", new LaneHello(TOKEN, LaneDirection.HANDOVER)),
            entry("LaneOpened", new LaneOpened()),
            entry(
                    "Offer 1 \"net.tcp://h/a\" 127.0.0.1:9000 from [::1]:4660 read 00 01 00",
                    new Offer(
                            1,
                            new HandoverHeader(
                                    "net.tcp://h/a", LOCAL, address("::1", 4660), Unpooled.wrappedBuffer(new byte[] {
                                        0, 1, 0
                                    })))),
            entry("Ready 1", new Ready(1)),
            entry("Taken 1", new Taken(1)),
            entry("Declined 1 DescriptorLimit \"full\"", new Declined(1, DeclineReason.DESCRIPTOR_LIMIT, "full")),
            entry("AdminRequest 1 \"routes\" all=yes", new AdminRequest(1, "routes", Map.of("all", "yes"))),
            entry("AdminRow 1 mode=Exact", new AdminRow(1, Map.of("mode", "Exact"))),
            entry("AdminEnd 1 0 \"\"", new AdminEnd(1, StatusCode.SUCCESS, "")));

    static Stream<Map.Entry<String, String>> examples() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        String page = Files.readString(PAGE);
        int start = page.indexOf("```text", page.indexOf("## 9. Examples"));
        String name = "";
        for (String line : page.substring(start, page.indexOf("```", start + 7))
                .lines()
                .skip(1)
                .toList()) {
            if (line.startsWith(" ")) {
                examples.merge(name, line, String::concat);
            } else {
                name = line;
            }
        }
        return examples.entrySet().stream();
    }

    @Test
    void everyMessageHasAnExample() throws IOException {
        assertThat(examples().map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(MESSAGES.keySet());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void encodesAsThePageSays(Map.Entry<String, String> example) {
        ByteBuf out = Unpooled.buffer();
        ControlCodec.encode(message(example), out);
        assertThat(Hex.of(out)).isEqualTo(Hex.of(Hex.bytes(example.getValue())));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void decodesThePagesBytesOneAtATime(Map.Entry<String, String> example) throws Exception {
        byte[] bytes = Hex.bytes(example.getValue());
        ControlCodec codec = new ControlCodec(ControlCodec.MAX_SIZE_TO_SERVICE);
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < bytes.length - 1; i++) {
            in.writeByte(bytes[i]);
            assertThat(codec.decode(in)).isNull();
        }
        in.writeByte(bytes[bytes.length - 1]);
        assertThat(codec.decode(in)).isEqualTo(message(example));
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void decodesOneMessageAndLeavesTheNext() throws Exception {
        ByteBuf in = Unpooled.buffer();
        ControlCodec.encode(new Ready(1), in);
        ControlCodec.encode(new Taken(1), in);
        ControlCodec codec = new ControlCodec(100);
        assertThat(codec.decode(in)).isEqualTo(new Ready(1));
        assertThat(codec.decode(in)).isEqualTo(new Taken(1));
        assertThat(codec.decode(in)).isNull();
    }

    @Test
    void skipsFieldsAndOptionalMessagesOfLaterVersions() throws Exception {
        assertThat(decode("00 00 00 13 00 33  00 01 00 04 00 00 00 01  00 63 00 05 01 02 03 04 05"))
                .isEqualTo(new Ready(1));
        assertThat(decode("00 00 00 04 80 01 00 00")).isInstanceOf(ControlProtocolException.class);
        assertThat(decode("00 00 00 06 80 01 00 01 00 00")).isEqualTo(new Unknown(0x8001));
    }

    @Test
    void takesAnUnknownOwnerForAStranger() throws Exception {
        assertThat(decode("00 00 00 12 00 13  00 01 00 04 00 00 00 07  00 02 00 04 00 00 00 09"))
                .isEqualTo(new Validated(7, RouteOwner.OTHER_USER));
    }

    @Test
    void keepsAStatusThatHasNoName() throws Exception {
        assertThat(decode("00 00 00 10 00 03  00 01 00 04 00 00 01 F4  00 02 00 02 6E 6F"))
                .isEqualTo(new Refused(new StatusCode(500), "no"))
                .asString()
                .contains("status 500");
    }

    @Test
    void case026_refusesAMessageOverTheLimitBeforeItsBytesAreThere() {
        ControlCodec codec = new ControlCodec(ControlCodec.MAX_SIZE_TO_SERVICE);
        assertThatThrownBy(() -> codec.decode(Unpooled.wrappedBuffer(Hex.bytes("00 00 27 11"))))
                .isInstanceOf(ControlProtocolException.class)
                .hasMessage("a message announces 10001 bytes; 2 to 10000 are allowed here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00 00 01 00", // no room for a type
                "FF FF FF FF",
                "00 00 00 02 00 7F", // unknown and not optional
                "00 00 00 02 00 33", // lacks its sequence number
                "00 00 00 04 00 14 00 01", // half a field's head
                "00 00 00 06 00 14 00 01 00 01", // a field longer than the message
                "00 00 00 08 00 33 00 01 00 02 00 01", // a number of 2 bytes
                "00 00 00 10 00 10 00 01 00 02 C3 28 00 02 00 04 00 00 00 00", // no UTF-8
                "00 00 00 0F 00 10 00 01 00 01 61 00 02 00 04 00 00 00 03", // a mode that does not exist
                "00 00 00 1E 00 30 00 01 00 10 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 00 02 00 04 00 00 00 03",
                "00 00 00 1D 00 30 00 01 00 0F 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 00 02 00 04 00 00 00 01",
                "00 00 00 1C 00 01 00 01 00 04 00 00 00 00 00 02 00 04 00 00 00 00 00 03 00 06 6E 65 74 74 63 70",
                "00 00 00 1F 00 12 00 01 00 04 00 00 00 07 00 02 00 01 61 00 03 00 05 7F 00 00 01 23 00 09 00 03 00 00 00",
                "00 00 00 10 00 03 00 01 00 04 FF FF FF FF 00 02 00 02 6E 6F", // a status over every int
                "00 00 00 17 00 21 00 01 00 04 00 00 00 01 00 03 00 09 00 08 6D 6F 64 65 45 78 61", // a pair's name too
                // long
            })
    void refusesWhatIsNoMessage(String hex) throws Exception {
        assertThat(decode(hex)).isInstanceOf(ControlProtocolException.class);
    }

    @Test
    void aScopeOfAnIPv6AddressSurvives() throws Exception {
        byte[] linkLocal = new byte[16];
        linkLocal[0] = (byte) 0xFE;
        linkLocal[1] = (byte) 0x80;
        linkLocal[15] = 1;
        var scoped = new InetSocketAddress(java.net.Inet6Address.getByAddress(null, linkLocal, 3), 9000);
        ByteBuf out = Unpooled.buffer();
        ControlCodec.encode(new Validate(1, "net.tcp://h/a", scoped), out);
        assertThat(new ControlCodec(1000).decode(out)).isEqualTo(new Validate(1, "net.tcp://h/a", scoped));
    }

    @Test
    void pairsKeepTheirOrder() throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        List.of("z", "a", "m").forEach(name -> values.put(name, name.toUpperCase(java.util.Locale.ROOT)));
        ByteBuf out = Unpooled.buffer();
        ControlCodec.encode(new AdminRow(1, values), out);
        AdminRow decoded = (AdminRow) new ControlCodec(1000).decode(out);
        assertThat(decoded.values().entrySet()).containsExactlyElementsOf(values.entrySet());
    }

    @Test
    void aTokenIsNeverPrinted() {
        assertThat(new LaneHello(TOKEN, LaneDirection.RETURN).toString())
                .isEqualTo("LaneHello[token=LaneToken[hidden], direction=RETURN]");
    }

    @Test
    void aHeaderIsPrintedWithoutTheClientsBytes() {
        var header = new HandoverHeader("net.tcp://h/a", LOCAL, LOCAL, Unpooled.copiedBuffer("secret", UTF_8));
        assertThat(header.toString()).isEqualTo("net.tcp://h/a from /127.0.0.1:9000 at /127.0.0.1:9000 (6 bytes read)");
    }

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(literal), port);
    }

    private static ControlMessage message(Map.Entry<String, String> example) {
        return MESSAGES.get(example.getKey());
    }

    /** The message of these bytes, or the complaint about them. */
    private static Object decode(String hex) {
        try {
            Object message = new ControlCodec(10_000).decode(Unpooled.wrappedBuffer(Hex.bytes(hex)));
            assertThat(message).as("a whole message").isNotNull();
            return message;
        } catch (ControlProtocolException e) {
            return e;
        }
    }
}
