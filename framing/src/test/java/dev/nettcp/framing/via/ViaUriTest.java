package dev.nettcp.framing.via;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViaUriTest {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");

    static Stream<String> dotNet() throws IOException {
        try (InputStream rows = Objects.requireNonNull(ViaUriTest.class.getResourceAsStream("dotnet-uris.tsv"))) {
            return new String(rows.readAllBytes(), UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("dotNet")
    void aTextIsTakenAsDotNetTakesIt(String row) {
        int tab = row.indexOf('\t');
        String text = unescaped(row.substring(0, tab));
        String expected = row.substring(tab + 1);
        if (expected.equals("INVALID")) {
            assertThatThrownBy(() -> ViaUri.parse(text)).isInstanceOf(UriFormatException.class);
        } else {
            assertThat(ViaUri.parse(text)).hasToString(escapesInUpperCase(expected));
        }
    }

    @Test
    void aTextThatWasReadBeforeMeansTheSameAgainHoweverManyCameBetween() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1000; i++) {
                assertThat(ViaUri.parse("NET.TCP://h/%d/./a".formatted(i)))
                        .hasToString("net.tcp://h/%d/a".formatted(i));
                assertThat(ViaUri.parse("net.tcp://h/same")).hasToString("net.tcp://h/same");
            }
        }
    }

    /** .NET keeps the case of some escapes and not of others; no comparison sees the difference. */
    private static String escapesInUpperCase(String uri) {
        return ESCAPE.matcher(uri).replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT));
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(u([0-9a-f]{4})|.)").matcher(text).replaceAll(escape -> {
            String code = escape.group(2);
            String plain = code != null
                    ? String.valueOf((char) Integer.parseInt(code, 16))
                    : switch (escape.group(1)) {
                        case "t" -> "\t";
                        case "r" -> "\r";
                        case "n" -> "\n";
                        default -> escape.group(1);
                    };
            return Matcher.quoteReplacement(plain);
        });
    }

    @ParameterizedTest
    @MethodSource("dotNet")
    void theCanonicalTextIsItsOwnCanonicalText(String row) {
        String canonical = row.substring(row.indexOf('\t') + 1);
        if (!canonical.equals("INVALID")) {
            ViaUri uri = ViaUri.parse(canonical);
            assertThat(ViaUri.parse(uri.toString())).isEqualTo(uri).hasSameHashCodeAs(uri);
        }
    }

    @Test
    void thePartsOfAnAddressAreThere() {
        ViaUri uri = ViaUri.parse("Net.Tcp://Host:9000//a/%62/?q#f");
        assertThat(uri.isNetTcp()).isTrue();
        assertThat(uri.scheme()).isEqualTo("net.tcp");
        assertThat(uri.host()).isEqualTo("host");
        assertThat(uri.address()).isEmpty();
        assertThat(uri.port()).isEqualTo(9000);
        assertThat(uri.path()).isEqualTo("//a/b/");
        assertThat(uri.segments()).containsExactly("a", "b");
        assertThat(uri.queryAndFragment()).isEqualTo("?q#f");
    }

    @ParameterizedTest
    @CsvSource({
        "net.tcp://10.0.0.1/a, 10.0.0.1",
        "net.tcp://127.1/a, 127.0.0.1",
        "net.tcp://[::1]/a, ::1",
        "net.tcp://[fe80::1%eth0]/a, fe80::1",
        "net.tcp://[::ffff:10.0.0.1]/a, 10.0.0.1"
    })
    void aLiteralIsAnAddress(String uri, String address) throws UnknownHostException {
        assertThat(ViaUri.parse(uri).address()).contains(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.pipe://host/a", "http://user@host:80/a", "urn:a", "mailto:x@y", "foo:b\u0000r"})
    void anAddressOfAnotherProtocolIsValidAndHasNoParts(String text) {
        ViaUri uri = ViaUri.parse(text);
        assertThat(uri.isNetTcp()).isFalse();
        assertThat(uri.host()).isEmpty();
        assertThat(uri.port()).isEqualTo(-1);
        assertThat(uri.segments()).isEmpty();
        assertThat(uri.toString())
                .startsWith(text.substring(0, text.indexOf(':') + 1))
                .doesNotContain("\u0000");
    }

    /** What .NET takes and nobody means: text behind an IPv6 literal, and blanks and invisible characters in a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {"net.tcp://[::1]x/a", "net.tcp://[::1]%eth0/a", "net.tcp://h\u00a0/a", "net.tcp://h\u202e/a", ""
            })
    void someTextsAreRefusedThoughDotNetTakesThem(String text) {
        assertThatThrownBy(() -> ViaUri.parse(text)).isInstanceOf(UriFormatException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            calc                   | "calc" is refused: it does not begin with a scheme such as net.tcp:
            net.tcp:/host/a        | "net.tcp:/host/a" is refused: net.tcp: must be followed by //
            net.tcp://u:p@host/a   | "net.tcp://u:p@host/a" is refused: net.tcp addresses carry no user info
            net.tcp://host:65536/a | "net.tcp://host:65536/a" is refused: port 65536 is not between 0 and 65535
            net.tcp://a..b/a       | "net.tcp://a..b/a" is refused: "a..b" is neither a host name nor an IP address
            net.tcp://h:80x/a      | "net.tcp://h:80x/a" is refused: "h:80x" is not a host, or a host and a port
            """)
    void aRefusalSaysWhy(String text, String message) {
        assertThatThrownBy(() -> ViaUri.parse(text)).hasMessage(message);
    }

    @Test
    void aRefusalIsFitForALogWhateverTheTextHolds() {
        assertThatThrownBy(() -> ViaUri.parse("no\nuri\u202e" + "x".repeat(500)))
                .hasMessageStartingWith("\"no\\u000Auri\\u202Exxx")
                .hasMessageContaining("x…\" is refused");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noTextDoesWorseThanToBeRefused(long seed) {
        Random random = new Random(seed);
        String letters = "net.tcp://[]%@:?#\\/aB0.-_ 25\u00fc\ud83d\u0000";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) > 0 ? "net.tcp://" : "");
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                ViaUri uri = ViaUri.parse(text.toString());
                assertThat(ViaUri.parse(uri.toString())).isEqualTo(uri);
            } catch (UriFormatException expected) {
                assertThat(expected).hasMessageContaining("is refused");
            }
        }
    }
}
