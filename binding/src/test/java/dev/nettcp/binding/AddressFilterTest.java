package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.ViaUri;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFilterTest {
    private final AddressFilter filter = AddressFilter.of(ViaUri.parse("net.tcp://localhost:9000/Calculator/1"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net.tcp://localhost:9000/Calculator/1",
                "net.tcp://localhost:9000/calculator/1/",
                "net.tcp://another.host:9000/CALCULATOR/1",
                "NET.TCP://127.0.0.1:9000/calculator/./1",
                "net.tcp://localhost:9000/calculator/1?query#fragment",
            })
    void theToMeansTheEndpoint(String to) {
        assertThat(filter.matches(Optional.of(to))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net.tcp://localhost:9001/Calculator/1",
                "net.tcp://localhost/Calculator/1",
                "net.tcp://localhost:9000/Calculator/1/below",
                "net.tcp://localhost:9000/Calculator",
                "http://localhost:9000/Calculator/1",
                "http://www.w3.org/2005/08/addressing/anonymous",
                "urn:x",
                "no uri at all",
            })
    void theToMeansSomethingElse(String to) {
        assertThat(filter.matches(Optional.of(to))).isFalse();
    }

    @Test
    void aMissingToMeansNothing() {
        assertThat(filter.matches(Optional.empty())).isFalse();
    }

    @Test
    void theRootIsAnEndpointToo() {
        AddressFilter root = AddressFilter.of(ViaUri.parse("net.tcp://localhost:9000/"));

        assertThat(root.matches(Optional.of("net.tcp://localhost:9000"))).isTrue();
    }
}
