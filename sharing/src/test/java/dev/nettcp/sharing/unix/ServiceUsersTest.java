package dev.nettcp.sharing.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceUsersTest {
    private static final int ROOT = 0;
    private static final int USER = 1000;
    private static final int ANOTHER = 1001;

    @Test
    void rootAsksAnybodysService() {
        assertThat(ServiceUsers.askedBy(ROOT, List.of()).test(ROOT)).isTrue();
        assertThat(ServiceUsers.askedBy(ROOT, List.of()).test(USER)).isTrue();
    }

    @Test
    void othersAskRootsTheirOwnAndThoseThatAreNamed() {
        assertThat(ServiceUsers.askedBy(USER, List.of()).test(ROOT)).isTrue();
        assertThat(ServiceUsers.askedBy(USER, List.of()).test(USER)).isTrue();
        assertThat(ServiceUsers.askedBy(USER, List.of()).test(ANOTHER)).isFalse();
        assertThat(ServiceUsers.askedBy(USER, List.of(ANOTHER)).test(ANOTHER)).isTrue();
    }

    @Test
    void theEnvironmentNamesThemByNumber() {
        assertThat(ServiceUsers.named(Map.of())).isEmpty();
        assertThat(ServiceUsers.named(Map.of("NETTCP_SERVICE_UID", " "))).isEmpty();
        assertThat(ServiceUsers.named(Map.of("NETTCP_SERVICE_UID", "1000, 4294967294")))
                .containsExactly(1000, -2);
    }

    @Test
    void whatIsNoNumberIsRefusedByName() {
        assertThatThrownBy(() -> ServiceUsers.named(Map.of("NETTCP_SERVICE_UID", "1000,calc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NETTCP_SERVICE_UID=1000,calc; user ids separated by commas are expected");
    }
}
