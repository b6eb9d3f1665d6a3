package dev.nettcp.sharing.service.routing;

import static dev.nettcp.framing.FaultCode.ENDPOINT_NOT_FOUND;
import static dev.nettcp.framing.FaultCode.ENDPOINT_UNAVAILABLE;
import static dev.nettcp.framing.via.HostNameComparisonMode.EXACT;
import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static dev.nettcp.framing.via.HostNameComparisonMode.WEAK_WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.AddressConflictException;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.testkit.Waiting;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbered cases of registration and routing that are pure decisions; docs/compatibility.md lists them. */
class RoutingTableTest {
    private static final PeerCredentials USER = new PeerCredentials(4711, 1000, 1000);
    private static final InetSocketAddress ON_9000 = at("192.0.2.10", 9000);

    private RoutingTable table = RoutingTable.EMPTY;

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(literal), port);
    }

    private Registration register(String address, HostNameComparisonMode mode) {
        return register(address, mode, USER);
    }

    private Registration register(String address, HostNameComparisonMode mode, PeerCredentials worker) {
        var registration = new Registration(BaseAddress.parse(address), mode, worker);
        table = table.with(registration);
        return registration;
    }

    private void unregister(Registration registration) {
        table = table.without(registration);
    }

    private RouteDecision route(String via) {
        return route(via, ON_9000);
    }

    private RouteDecision route(String via, InetSocketAddress local) {
        return table.route(ViaUri.parse(via), local);
    }

    private static RouteDecision to(Registration registration) {
        return new RouteDecision.To(registration);
    }

    private void assertNotFound(String via, InetSocketAddress local) {
        assertThat(route(via, local))
                .isInstanceOfSatisfying(
                        RouteDecision.Refuse.class,
                        refused -> assertThat(refused.fault()).isEqualTo(ENDPOINT_NOT_FOUND));
    }

    private void assertConflict(String address, HostNameComparisonMode mode) {
        assertThatThrownBy(() -> register(address, mode)).isInstanceOf(AddressConflictException.class);
    }

    @Test
    void case002_theIdenticalAddressAndModeIsAConflict() {
        register("net.tcp://localhost:9000/a", STRONG_WILDCARD);

        assertConflict("net.tcp://localhost:9000/a", STRONG_WILDCARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a/", "/a"})
    void case003_caseAndSlashesDoNotMakeAnotherAddress(String path) {
        register("net.tcp://localhost:9000/a", STRONG_WILDCARD);

        assertConflict("net.tcp://localhost:9000/" + path, STRONG_WILDCARD);
    }

    @Test
    void case004_anotherHostNameIsAConflictInAWildcardMode() {
        register("net.tcp://h1:9000/a", STRONG_WILDCARD);

        assertConflict("net.tcp://h2:9000/a", STRONG_WILDCARD);
        assertConflict("net.tcp://10.0.0.1:9000/a", STRONG_WILDCARD);
    }

    @Test
    void case005_anotherModeIsNoConflict() {
        register("net.tcp://h1:9000/a", STRONG_WILDCARD);
        register("net.tcp://h1:9000/a", EXACT);
        register("net.tcp://h1:9000/a", WEAK_WILDCARD);

        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void case008_aMissingPortIs808() {
        register("net.tcp://h:808/x", STRONG_WILDCARD);

        assertConflict("net.tcp://h/x", STRONG_WILDCARD);
    }

    @Test
    void case027_theLongestPathWins() {
        Registration a = register("net.tcp://h:9000/a", STRONG_WILDCARD);
        Registration ab = register("net.tcp://h:9000/a/b", STRONG_WILDCARD);

        assertThat(route("net.tcp://h:9000/a/b/c")).isEqualTo(to(ab));
        assertThat(route("net.tcp://h:9000/a/x")).isEqualTo(to(a));
        assertThat(route("net.tcp://h:9000/a")).isEqualTo(to(a));
        assertNotFound("net.tcp://h:9000/", ON_9000);
    }

    @Test
    void case028_onlyWholeSegmentsMatchAndCaseDoesNotCount() {
        Registration calc = register("net.tcp://h:9000/calc", STRONG_WILDCARD);

        assertNotFound("net.tcp://h:9000/calculator", ON_9000);
        assertThat(route("net.tcp://h:9000/calc/")).isEqualTo(to(calc));
        assertThat(route("net.tcp://h:9000/CALC/x")).isEqualTo(to(calc));
    }

    @Test
    void case029_anEmptyPathTakesEverythingOnItsPort() {
        Registration root = register("net.tcp://x:9000/", STRONG_WILDCARD);

        assertThat(route("net.tcp://h:9000/any/thing")).isEqualTo(to(root));
        assertNotFound("net.tcp://h:9000/any", at("192.0.2.10", 9001));
    }

    @Test
    void case030_modeBeforeLength() {
        Registration strong = register("net.tcp://x:9000/", STRONG_WILDCARD);
        register("net.tcp://h:9000/a/b/c", EXACT);

        assertThat(route("net.tcp://h:9000/a/b/c")).isEqualTo(to(strong));
    }

    @Test
    void case031_exactBeforeWeak() {
        Registration exact = register("net.tcp://h:9000/a", EXACT);
        register("net.tcp://h:9000/a/b", WEAK_WILDCARD);

        assertThat(route("net.tcp://h:9000/a/b")).isEqualTo(to(exact));
    }

    @Test
    void case032_weakTakesTheHostsNobodyNamed() {
        register("net.tcp://h:9000/", EXACT);
        Registration weak = register("net.tcp://h:9000/", WEAK_WILDCARD);

        assertThat(route("net.tcp://other:9000/a")).isEqualTo(to(weak));
    }

    @Test
    void case033_aStrongWildcardDoesNotLookAtTheHost() {
        Registration strong = register("net.tcp://localhost:9000/a", STRONG_WILDCARD);

        assertThat(route("net.tcp://anything.example:9000/a")).isEqualTo(to(strong));
    }

    @Test
    void case034_hostsAreComparedIgnoringCase() {
        Registration exact = register("net.tcp://HOST:9000/a", EXACT);

        assertThat(route("net.tcp://host:9000/a")).isEqualTo(to(exact));
    }

    @Test
    void case035_aWildcardTakesThePortFromTheSocket() {
        Registration strong = register("net.tcp://h:9000/a", STRONG_WILDCARD);

        assertThat(route("net.tcp://h:808/a")).isEqualTo(to(strong));
        assertThat(route("net.tcp://h/a")).isEqualTo(to(strong));
    }

    @Test
    void case036_exactTakesThePortFromTheVia() {
        Registration exact = register("net.tcp://h:9000/a", EXACT);

        assertNotFound("net.tcp://h/a", ON_9000);
        assertThat(route("net.tcp://h:9000/a")).isEqualTo(to(exact));
    }

    @Test
    void case037_theSocketsPortDecidesBetweenTwoRegistrationsOfOnePath() {
        register("net.tcp://h:9000/a", STRONG_WILDCARD);
        Registration on9001 = register("net.tcp://h:9001/a", STRONG_WILDCARD);

        assertThat(route("net.tcp://h:9000/a", at("192.0.2.10", 9001))).isEqualTo(to(on9001));
    }

    @Test
    void case038_anIpLiteralReceivesOnlyWhatArrivesAtIt() {
        Registration literal = register("net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);
        register("net.tcp://h:9000/b", STRONG_WILDCARD);

        assertNotFound("net.tcp://h:9000/a", ON_9000);
        assertThat(route("net.tcp://h:9000/a", at("127.0.0.1", 9000))).isEqualTo(to(literal));
    }

    @Test
    void case039_afterAFailedAddressCheckTheNextModeIsAsked() {
        register("net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);
        Registration weak = register("net.tcp://h:9000/a", WEAK_WILDCARD);

        assertThat(route("net.tcp://h:9000/a")).isEqualTo(to(weak));
    }

    @Test
    void case040_afterAFailedAddressCheckNoShorterPathOfTheModeIsTaken() {
        register("net.tcp://h:9000/", STRONG_WILDCARD);
        register("net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);

        assertNotFound("net.tcp://h:9000/a", ON_9000);
    }

    @Test
    void case041_theAnyAddressIsNoRestriction() {
        Registration any = register("net.tcp://0.0.0.0:9000/a", STRONG_WILDCARD);

        assertThat(route("net.tcp://h:9000/a")).isEqualTo(to(any));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb", "/a/./b", "/x/../a/b", "/a\\b", "/a//b", "/a/b?x=1", "/a/b#f", "/%61/b"})
    void case044_045_046_spellingsOfOnePathRouteAlike(String path) {
        Registration ab = register("net.tcp://h:9000/a/b", STRONG_WILDCARD);

        assertThat(route("net.tcp://h:9000" + path)).isEqualTo(to(ab));
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.pipe://h/a", "http://h:9000/a", "file:///a"})
    void case047_anotherSchemeHasNoRoute(String via) {
        register("net.tcp://h:9000/", STRONG_WILDCARD);

        assertNotFound(via, ON_9000);
    }

    @Test
    void case048_aChangeCountsForTheNextVia() {
        Registration a = register("net.tcp://h:9000/a", STRONG_WILDCARD);
        Registration ab = register("net.tcp://h:9000/a/b", STRONG_WILDCARD);
        unregister(ab);
        assertThat(route("net.tcp://h:9000/a/b")).isEqualTo(to(a));

        Registration again = register("net.tcp://h:9000/a/b", STRONG_WILDCARD);
        assertThat(route("net.tcp://h:9000/a/b")).isEqualTo(to(again));
    }

    @Test
    void aSnapshotDoesNotChangeUnderItsReader() {
        Registration a = register("net.tcp://h:9000/a", STRONG_WILDCARD);
        RoutingTable snapshot = table;
        unregister(a);

        assertThat(snapshot.route(ViaUri.parse("net.tcp://h:9000/a"), ON_9000)).isEqualTo(to(a));
        assertThat(table.size()).isZero();
    }

    @Test
    void removingARegistrationLeavesTheOneThatTookItsPlace() {
        Registration first = register("net.tcp://h:9000/a", STRONG_WILDCARD);
        unregister(first);
        Registration second = register("net.tcp://h:9000/a", STRONG_WILDCARD);

        unregister(first);

        assertThat(table.registrations()).containsExactly(second);
    }

    @Test
    void case081_whilePausedWhatHasARouteIsUnavailableAndTheRestNotFound() {
        Registration a = register("net.tcp://h:9000/a", STRONG_WILDCARD);
        table = table.paused(true);

        assertThat(route("net.tcp://h:9000/a"))
                .isInstanceOfSatisfying(
                        RouteDecision.Refuse.class,
                        refused -> assertThat(refused.fault()).isEqualTo(ENDPOINT_UNAVAILABLE));
        assertNotFound("net.tcp://h:9000/b", ON_9000);

        table = table.paused(false);
        assertThat(route("net.tcp://h:9000/a")).isEqualTo(to(a));
    }

    @Test
    void aConnectionGivenBackGoesToAnotherWorkerOfTheSameUserOnly() {
        PeerCredentials otherProcess = new PeerCredentials(4712, 1000, 5);
        PeerCredentials otherUser = new PeerCredentials(4713, 1001, 1000);
        Registration mine = register("net.tcp://h:9000/a", STRONG_WILDCARD, otherProcess);
        register("net.tcp://h:9000/b", STRONG_WILDCARD, otherUser);

        assertThat(table.routeReturned(ViaUri.parse("net.tcp://h:9000/a"), ON_9000, USER))
                .isEqualTo(to(mine));
        assertThat(table.routeReturned(ViaUri.parse("net.tcp://h:9000/b"), ON_9000, USER))
                .isInstanceOf(RouteDecision.Abort.class);
        assertThat(table.routeReturned(ViaUri.parse("net.tcp://h:9000/c"), ON_9000, USER))
                .isInstanceOf(RouteDecision.Refuse.class);
    }

    @Test
    void anExplanationNamesEveryModeThatWasAskedAndTheWinner() {
        register("net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);
        register("net.tcp://h:9000/a", WEAK_WILDCARD);

        RouteExplanation explanation = table.explain(ViaUri.parse("net.tcp://h:9000/a/x"), ON_9000);

        assertThat(explanation.reasons())
                .containsExactly(
                        "StrongWildcard, any host, port 9000 of the socket: net.tcp://127.0.0.1:9000/a has the longest path, but"
                                + " receives only what arrives at 127.0.0.1; this arrived at 192.0.2.10",
                        "Exact, host h, port 9000 of the via: no registered path is a prefix of /a/x",
                        "WeakWildcard, any host, port 9000 of the socket: net.tcp://h:9000/a has the longest path that matches; no"
                                + " further mode is asked");
        assertThat(explanation.verdict())
                .isEqualTo("goes to net.tcp://h:9000/a (WeakWildcard) of pid 4711 of user 1000");
    }

    @Test
    void anExplanationWithoutAWinnerNamesTheFault() {
        RouteExplanation explanation = table.explain(ViaUri.parse("net.tcp://h:9000/a"), ON_9000);

        assertThat(explanation.reasons()).hasSize(3);
        assertThat(explanation.verdict())
                .isEqualTo("is answered with the fault EndpointNotFound: no registration matches at port 9000");
    }

    @Test
    void registrationsAreListedByPortPathAndMode() {
        Registration b = register("net.tcp://h:9000/b", STRONG_WILDCARD);
        Registration on8000 = register("net.tcp://h:8000/z", STRONG_WILDCARD);
        Registration weak = register("net.tcp://h:9000/a", WEAK_WILDCARD);
        Registration exact = register("net.tcp://h:9000/a", EXACT);

        assertThat(table.registrations()).containsExactly(on8000, exact, weak, b);
    }

    /** The table is all that a via can reach; it keeps nothing about the vias it was asked for. */
    @Test
    void case049_aHundredThousandUnknownViasLeaveNothingBehind() {
        register("net.tcp://h:9000/a", STRONG_WILDCARD);
        String long1000 = "x".repeat(1000);
        long before = usedHeap();
        for (int i = 0; i < 100_000; i++) {
            assertThat(table.route(ViaUri.parse("net.tcp://h:9000/" + long1000 + i), ON_9000))
                    .isInstanceOf(RouteDecision.Refuse.class);
        }
        // Any trace of their texts would be a hundred megabytes.
        Waiting.until("the heap to be what it was", () -> usedHeap() - before < 20_000_000);
        assertThat(table.registrations()).hasSize(1);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
