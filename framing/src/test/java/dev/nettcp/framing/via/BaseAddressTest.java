package dev.nettcp.framing.via;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseAddressTest {
    @Test
    void anAddressHasACanonicalText() {
        BaseAddress address = BaseAddress.parse("NET.TCP://Host:808/Service%2Fone/");
        assertThat(address).hasToString("net.tcp://host/Service/one/");
        assertThat(address.host()).isEqualTo("host");
        assertThat(address.port()).isEqualTo(808);
        assertThat(address.path()).isEqualTo("/Service/one/");
        assertThat(address.segments()).containsExactly("Service", "one");
        assertThat(address.address()).isEmpty();
        assertThat(address).isEqualTo(BaseAddress.parse("net.tcp://host/Service/one/"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            net.tcp://h/a?x=1   | "net.tcp://h/a?x=1" is refused: an address to listen at has neither query nor fragment
            net.tcp://h/a#f     | "net.tcp://h/a#f" is refused: an address to listen at has neither query nor fragment
            http://h/a          | "http://h/a" is refused: only net.tcp addresses can be listened at
            net.tcp://u@h/a     | "net.tcp://u@h/a" is refused: net.tcp addresses carry no user info
            a/b                 | "a/b" is refused: it does not begin with a scheme such as net.tcp:
            """)
    void case015_whatIsNoAddressToListenAtIsRefused(String text, String message) {
        assertThatThrownBy(() -> BaseAddress.parse(text))
                .isInstanceOf(UriFormatException.class)
                .hasMessage(message);
    }

    @Test
    void case009_theLengthIsThatOfTheEscapedUriInBytes() {
        String longest = "net.tcp://h:9000/" + "a".repeat(2048 - "net.tcp://h:9000/".length());
        assertThat(BaseAddress.parse(longest).utf8Length()).isEqualTo(2048);
        assertThat(BaseAddress.parse(longest + "a").utf8Length()).isEqualTo(2049);
        assertThat(BaseAddress.parse("net.tcp://h/\u00fc").utf8Length()).isEqualTo("net.tcp://h/%C3%BC".length());
    }

    @Test
    void anAddressLeadsToItsNeighbours() {
        BaseAddress address = BaseAddress.parse("net.tcp://[::1]:9000/a");
        assertThat(address.withPort(9001)).hasToString("net.tcp://[::1]:9001/a");
        assertThat(address.withPort(808)).hasToString("net.tcp://[::1]/a");
        assertThat(address.withPath("/b/c/")).hasToString("net.tcp://[::1]:9000/b/c/");
    }

    @ParameterizedTest
    @CsvSource({
        "net.tcp://h/a,  net.tcp://h/A/b,        true",
        "net.tcp://h/a/, net.tcp://other:1/a,    true",
        "net.tcp://h/,   net.tcp://h/anything,   true",
        "net.tcp://h/a,  net.tcp://h/ab,         false",
        "net.tcp://h/a,  net.tcp://h/,           false"
    })
    void aPathCoversWhatLiesBelowIt(String above, String below, boolean covers) {
        assertThat(BaseAddress.parse(above).pathCovers(BaseAddress.parse(below)))
                .isEqualTo(covers);
    }
}
