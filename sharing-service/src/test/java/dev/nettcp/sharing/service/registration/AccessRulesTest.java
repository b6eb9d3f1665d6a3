package dev.nettcp.sharing.service.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.config.AllowAccounts;
import dev.nettcp.sharing.service.config.ConfigException;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.sharing.service.config.SettingPlaces;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessRulesTest {
    private static final int SERVICE = 990;
    private static final PeerCredentials ROOT = new PeerCredentials(1, 0, 0);
    private static final PeerCredentials OWN = new PeerCredentials(2, SERVICE, SERVICE);
    private static final PeerCredentials CALC = new PeerCredentials(3, 1001, 1001);
    private static final PeerCredentials OTHER = new PeerCredentials(4, 1002, 1002);

    @TempDir
    Path etc;

    private SystemUsers users;

    @BeforeEach
    void writeUsers() throws Exception {
        Files.writeString(etc.resolve("passwd"), """
                root:x:0:0:root:/root:/bin/sh
                calc:x:1001:1001::/home/calc:/bin/sh
                other:x:1002:1002::/home/other:/bin/sh
                """);
        Files.writeString(etc.resolve("group"), """
                root:x:0:
                workers:x:2000:other,third
                calc:x:1001:
                """);
        users = new SystemUsers(etc);
    }

    private AccessRules rules(AllowAccounts accounts) throws ConfigException {
        return AccessRules.of(accounts, SettingPlaces.NONE, SERVICE, users);
    }

    private static boolean mayRegister(AccessRules rules, PeerCredentials peer) {
        return rules.byCredentials(peer)
                .orElseGet(() -> rules.byMembership(peer))
                .allowed();
    }

    @Test
    void case113_byDefaultOnlyRootAndTheServicesOwnUserMayRegister() throws ConfigException {
        AccessRules rules = rules(AllowAccounts.DEFAULT);

        assertThat(mayRegister(rules, ROOT)).isTrue();
        assertThat(mayRegister(rules, OWN)).isTrue();
        assertThat(mayRegister(rules, CALC)).isFalse();
    }

    @Test
    void aServiceOfRootsHasTheSameDefault() throws ConfigException {
        AccessRules rules = AccessRules.of(AllowAccounts.DEFAULT, SettingPlaces.NONE, 0, users);

        assertThat(mayRegister(rules, ROOT)).isTrue();
        assertThat(mayRegister(rules, CALC)).isFalse();
    }

    @Test
    void aListIsTheWholeList() throws ConfigException {
        AccessRules rules = rules(AllowAccounts.of(List.of("calc"), List.of()));

        assertThat(mayRegister(rules, CALC)).isTrue();
        assertThat(mayRegister(rules, ROOT)).isFalse();
        assertThat(rules.isOperator(ROOT)).as("may still ask").isTrue();
        assertThat(rules.isOperator(CALC)).isFalse();
    }

    @Test
    void aGroupAllowsItsMembersAndThoseWhosePrimaryGroupItIs() throws ConfigException {
        AccessRules workers = rules(AllowAccounts.of(List.of(), List.of("workers")));
        assertThat(mayRegister(workers, OTHER)).isTrue();
        assertThat(mayRegister(workers, CALC)).isFalse();

        AccessRules primary = rules(AllowAccounts.of(List.of(), List.of("1001")));
        assertThat(mayRegister(primary, CALC)).isTrue();
        assertThat(mayRegister(primary, OTHER)).isFalse();
    }

    @Test
    void aMembershipCountsAsSoonAsTheUserDatabaseHasIt() throws Exception {
        AccessRules rules = rules(AllowAccounts.of(List.of(), List.of("workers")));
        assertThat(mayRegister(rules, CALC)).isFalse();

        Files.writeString(etc.resolve("group"), "workers:x:2000:other,calc\n");

        assertThat(mayRegister(rules, CALC)).isTrue();
    }

    @Test
    void aUserWithoutANameIsAllowedByNumber() throws ConfigException {
        AccessRules rules = rules(AllowAccounts.of(List.of("4242"), List.of()));

        assertThat(mayRegister(rules, new PeerCredentials(9, 4242, 4242))).isTrue();
    }

    @Test
    void unknownNamesAreRefusedAllAtOnce() {
        assertThatThrownBy(() -> rules(AllowAccounts.of(List.of("no-such-user-here"), List.of("no-such-group-here"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("allowAccounts.users: this host knows no user 'no-such-user-here'")
                .hasMessageContaining("allowAccounts.groups: this host knows no group 'no-such-group-here'");
    }

    @Test
    void anUnknownNameIsRefusedWithItsLineInTheFile() throws ConfigException {
        ServiceConfig config = ServiceConfig.parse("c.yml", """
                allowAccounts:
                  users:
                    - root
                    - no-such-user-here
                """);

        assertThatThrownBy(() -> AccessRules.of(config.allowAccounts(), config.places(), SERVICE, users))
                .isInstanceOf(ConfigException.class)
                .hasMessage("c.yml:4: allowAccounts.users: this host knows no user 'no-such-user-here'");
    }

    @Test
    void case112_whoIsNotListedIsRefusedBeforeAnythingIsRead() throws Exception {
        Counters counters = new Counters();
        var admission = new Admission(
                rules(AllowAccounts.of(List.of("calc"), List.of("calc"))), Runnable::run, Runnable::run, counters);

        assertThat(result(admission.admit(OTHER))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(StatusCode.ACCESS_DENIED);
            assertThat(refused.text())
                    .isEqualTo("user 1002 is not among allowAccounts (allowAccounts.users: calc, allowAccounts.groups:"
                            + " calc); an administrator adds the user, or a group of it, there");
        });
        assertThat(result(admission.admit(CALC))).isEqualTo("admitted");
        assertThat(result(admission.admit(ROOT))).as("an operator").isEqualTo("admitted");
        assertThat(counters.value(Counter.ACCOUNTS_REFUSED)).isEqualTo(1);
    }

    private static Object result(CompletionStage<java.util.Optional<Refused>> admitted) {
        return admitted.toCompletableFuture()
                .join()
                .<Object>map(refused -> refused)
                .orElse("admitted");
    }

    @Test
    void theUsersOfThisHostAreFound() {
        var host = new SystemUsers();

        assertThat(host.userId("root")).contains(0);
        assertThat(host.userName(0)).contains("root");
        assertThat(host.groupId("no-such-group-here")).isEmpty();
    }
}
