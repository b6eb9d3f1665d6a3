package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressOrderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    10.0.0.1                                  | 10.0.0.1
                    10.0.0.1 10.0.0.2 10.0.0.3                | 10.0.0.1 10.0.0.2 10.0.0.3
                    fd00::1 fd00::2 10.0.0.1 10.0.0.2         | fd00::1 10.0.0.1 fd00::2 10.0.0.2
                    10.0.0.1 10.0.0.2 fd00::1                 | 10.0.0.1 fd00::1 10.0.0.2
                    10.0.0.1 fd00::1 fd00::2 fd00::3          | 10.0.0.1 fd00::1 fd00::2 fd00::3
                    fd00::1 10.0.0.2 fd00::1 10.0.0.2         | fd00::1 10.0.0.2
                    """)
    void theFamiliesTakeTurnsInTheOrderOfTheLookUp(String lookedUp, String order) {
        assertThat(AddressOrder.interleaved(addresses(lookedUp))).isEqualTo(addresses(order));
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(AddressOrder.interleaved(List.of())).isEmpty();
    }

    private static List<InetAddress> addresses(String literals) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals.split(" ", -1)) {
            try {
                addresses.add(InetAddress.getByName(literal));
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return addresses;
    }
}
