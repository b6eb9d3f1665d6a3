package dev.nettcp.sharing.service.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.sharing.service.config.ListenAddresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortPlanTest {
    private final PortPlan plan = new PortPlan(ListenAddresses.REGISTERED, true);

    private static Optional<InetAddress> host(String host) {
        return BaseAddress.parse("net.tcp://%s:9000/".formatted(host)).address();
    }

    private List<String> addresses() {
        return plan.addresses().stream().map(InetAddress::getHostAddress).toList();
    }

    @Test
    void aNameNeedsAllAddressesOfBothFamilies() {
        plan.add(host("localhost"));

        assertThat(addresses()).containsExactly("0.0.0.0", "0:0:0:0:0:0:0:0");
    }

    @Test
    void withoutIpv6ANameNeedsAllAddressesOfIpv4() {
        PortPlan ipv4 = new PortPlan(ListenAddresses.REGISTERED, false);
        ipv4.add(host("localhost"));

        assertThat(ipv4.addresses()).extracting(InetAddress::getHostAddress).containsExactly("0.0.0.0");
    }

    @Test
    void literalsNeedTheirOwnAddresses() {
        plan.add(host("127.0.0.1"));
        plan.add(host("[::1]"));

        assertThat(addresses()).containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void theWildcardOfAFamilyStandsForItsLiterals() {
        plan.add(host("127.0.0.1"));
        plan.add(host("0.0.0.0"));
        plan.add(host("[::1]"));

        assertThat(addresses()).containsExactly("0.0.0.0", "0:0:0:0:0:0:0:1");
    }

    @Test
    void aNameBesideLiteralsWidensThePortAndItsEndNarrowsIt() {
        plan.add(host("127.0.0.1"));
        plan.add(host("localhost"));
        assertThat(addresses()).containsExactly("0.0.0.0", "0:0:0:0:0:0:0:0");

        plan.remove(host("localhost"));
        assertThat(addresses()).containsExactly("127.0.0.1");
    }

    @Test
    void theSameHostTwiceIsNeededUntilBothHaveGone() {
        plan.add(host("127.0.0.1"));
        plan.add(host("127.0.0.1"));
        plan.remove(host("127.0.0.1"));
        assertThat(addresses()).containsExactly("127.0.0.1");

        plan.remove(host("127.0.0.1"));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(addresses()).isEmpty();
    }

    @Test
    void aWildcardPolicyOpensEverythingForAnybody() {
        PortPlan wildcard = new PortPlan(ListenAddresses.WILDCARD, true);
        assertThat(wildcard.addresses()).isEmpty();

        wildcard.add(host("127.0.0.1"));

        assertThat(wildcard.addresses()).hasSize(2);
    }
}
