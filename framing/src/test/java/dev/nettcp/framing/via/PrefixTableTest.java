package dev.nettcp.framing.via;

import static dev.nettcp.framing.via.HostNameComparisonMode.EXACT;
import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static dev.nettcp.framing.via.HostNameComparisonMode.WEAK_WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of docs/compatibility.md. Values are the names of workers. */
class PrefixTableTest {
    private static final String NOBODY = "nobody";

    private PrefixTable<String> table = PrefixTable.ofRegistrations();

    private void register(String worker, String address, HostNameComparisonMode mode) {
        table = table.with(BaseAddress.parse(address), mode, worker);
    }

    private boolean conflicts(String address, HostNameComparisonMode mode) {
        return table.find(BaseAddress.parse(address), mode).isPresent();
    }

    /** Who gets a connection that arrived at 10.0.0.1:9000. */
    private String to(String via) {
        return to(via, "10.0.0.1", 9000);
    }

    private String to(String via, String localAddress, int localPort) {
        return table.lookup(ViaUri.parse(via), ip(localAddress), localPort)
                .match()
                .map(PrefixTable.Entry::value)
                .orElse(NOBODY);
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    @Test
    void case003_anotherCaseOrAnotherSlashIsTheSameAddress() {
        register("W1", "net.tcp://localhost:9000/a", STRONG_WILDCARD);
        assertThat(conflicts("net.tcp://localhost:9000/A", STRONG_WILDCARD)).isTrue();
        assertThat(conflicts("net.tcp://localhost:9000/a/", STRONG_WILDCARD)).isTrue();
        assertThat(conflicts("net.tcp://localhost:9000//a", STRONG_WILDCARD)).isTrue();
    }

    @Test
    void case004_anotherHostIsTheSameAddressForAWildcard() {
        register("W1", "net.tcp://localhost:9000/a", STRONG_WILDCARD);
        assertThat(conflicts("net.tcp://other:9000/a", STRONG_WILDCARD)).isTrue();
        assertThat(conflicts("net.tcp://10.0.0.2:9000/a", STRONG_WILDCARD)).isTrue();
    }

    @Test
    void case005_anotherModeIsAnotherAddress() {
        register("W1", "net.tcp://localhost:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://localhost:9000/a", EXACT);
        register("W3", "net.tcp://localhost:9000/a", WEAK_WILDCARD);
        register("W4", "net.tcp://other:9000/a", EXACT);
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void case006_aPathBelowAnotherIsAnotherAddressWhicheverComesFirst() {
        register("W1", "net.tcp://localhost:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://localhost:9000/a/b/c", STRONG_WILDCARD);
        register("W3", "net.tcp://localhost:9000/a/b", STRONG_WILDCARD);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void case007_anotherPortIsAnotherAddress() {
        register("W1", "net.tcp://localhost:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://localhost:9001/a", STRONG_WILDCARD);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void case008_aMissingPortIs808() {
        register("W1", "net.tcp://h:808/x", STRONG_WILDCARD);
        assertThat(conflicts("net.tcp://h/x", STRONG_WILDCARD)).isTrue();
    }

    @Test
    void whoComesSecondLearnsWhoWasFirst() {
        register("W1", "net.tcp://h1:9000/a", STRONG_WILDCARD);
        assertThatThrownBy(() -> register("W2", "net.tcp://h2:9000/A/", STRONG_WILDCARD))
                .isInstanceOfSatisfying(
                        AddressConflictException.class,
                        e -> assertThat(e.existing().value()).isEqualTo("W1"))
                .hasMessage("net.tcp://h2:9000/A/ (StrongWildcard) is taken by net.tcp://h1:9000/a");
    }

    @Test
    void case027_theLongestPathWins() {
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/a/b", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a/b/c")).isEqualTo("W2");
        assertThat(to("net.tcp://h:9000/a/x")).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/a")).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/")).isEqualTo(NOBODY);
    }

    @Test
    void case028_onlyWholeSegmentsCountAndCaseDoesNot() {
        register("W1", "net.tcp://h:9000/calc", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/calculator")).isEqualTo(NOBODY);
        assertThat(to("net.tcp://h:9000/calc/")).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/CALC/x")).isEqualTo("W1");
    }

    @Test
    void case029_anEmptyPathTakesEverythingOnItsPort() {
        register("W1", "net.tcp://x:9000/", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/")).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/any/thing")).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/any", "10.0.0.1", 9001)).isEqualTo(NOBODY);
    }

    @Test
    void case030_modeComesBeforeLength() {
        register("W1", "net.tcp://h:9000/", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/a/b/c", EXACT);
        assertThat(to("net.tcp://h:9000/a/b/c")).isEqualTo("W1");
    }

    @Test
    void case031_exactComesBeforeWeak() {
        register("W1", "net.tcp://h:9000/a", EXACT);
        register("W2", "net.tcp://h:9000/a/b", WEAK_WILDCARD);
        assertThat(to("net.tcp://h:9000/a/b")).isEqualTo("W1");
    }

    @Test
    void case032_weakTakesWhatExactLeaves() {
        register("W1", "net.tcp://h:9000/a", EXACT);
        register("W2", "net.tcp://h:9000/a", WEAK_WILDCARD);
        assertThat(to("net.tcp://other:9000/a")).isEqualTo("W2");
        assertThat(to("net.tcp://h:9000/a")).isEqualTo("W1");
    }

    @Test
    void case033_aStrongWildcardTakesAnyHost() {
        register("W1", "net.tcp://localhost:9000/a", STRONG_WILDCARD);
        assertThat(to("net.tcp://anything.example:9000/a")).isEqualTo("W1");
    }

    @Test
    void case034_theExactHostIgnoresCase() {
        register("W1", "net.tcp://HOST:9000/a", EXACT);
        assertThat(to("net.tcp://host:9000/a")).isEqualTo("W1");
        register("W2", "net.tcp://B\u00dcCHER.de:9000/a", EXACT);
        assertThat(to("net.tcp://b\u00fccher.DE:9000/a")).isEqualTo("W2");
    }

    @Test
    void case035_forAWildcardThePortIsTheSocketsAndNotTheVias() {
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:808/a")).isEqualTo("W1");
        assertThat(to("net.tcp://h/a")).isEqualTo("W1");
    }

    @Test
    void case036_forExactThePortIsTheVias() {
        register("W1", "net.tcp://h:9000/a", EXACT);
        assertThat(to("net.tcp://h/a")).isEqualTo(NOBODY);
        assertThat(to("net.tcp://h:9000/a")).isEqualTo("W1");
    }

    @Test
    void case037_thePortOfTheSocketChoosesBetweenTwoThatShareAPath() {
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9001/a", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a", "10.0.0.1", 9001)).isEqualTo("W2");
    }

    @Test
    void case038_anIpLiteralReceivesOnlyWhatArrivesThere() {
        register("W1", "net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/b", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a", "10.0.0.1", 9000)).isEqualTo(NOBODY);
        assertThat(to("net.tcp://h:9000/a", "127.0.0.1", 9000)).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/a", "::ffff:127.0.0.1", 9000)).isEqualTo("W1");
    }

    @Test
    void case039_aFailedAddressCheckLeavesTheConnectionToTheNextMode() {
        register("W1", "net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/a", WEAK_WILDCARD);
        assertThat(to("net.tcp://h:9000/a", "10.0.0.1", 9000)).isEqualTo("W2");
    }

    @Test
    void case040_aFailedAddressCheckDoesNotLeadToAShorterPathOfTheSameMode() {
        register("W1", "net.tcp://h:9000/", STRONG_WILDCARD);
        register("W2", "net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a", "10.0.0.1", 9000)).isEqualTo(NOBODY);
    }

    @Test
    void case041_theAddressThatStandsForAllTakesWhatArrivesAnywhere() {
        register("W1", "net.tcp://0.0.0.0:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://[::]:9001/a", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a", "10.0.0.1", 9000)).isEqualTo("W1");
        assertThat(to("net.tcp://h:9001/a", "::1", 9001)).isEqualTo("W2");
        assertThat(to("net.tcp://h:9001/a", "10.0.0.1", 9001)).isEqualTo("W2");
    }

    @Test
    void case042_anIpv6LiteralReceivesOnlyWhatArrivesThere() {
        register("W1", "net.tcp://[::1]:9000/a", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a", "::1", 9000)).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/a", "127.0.0.1", 9000)).isEqualTo(NOBODY);
    }

    @Test
    void case043_localhostIsANameAndTakesWhatArrivesAnywhere() {
        register("W1", "net.tcp://localhost:9000/a", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a", "192.0.2.7", 9000)).isEqualTo("W1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb", "/a/./b", "/x/../a/b", "/\\a\\b", "/a%5cb", "/%61/b"})
    void case044_viasAreComparedInTheirCanonicalForm(String path) {
        register("W1", "net.tcp://h:9000/a/b", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000" + path)).isEqualTo("W1");
    }

    @Test
    void case045_emptySegmentsDoNotCount() {
        register("W1", "net.tcp://h:9000/a/b", STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a//b")).isEqualTo("W1");
    }

    @Test
    void case046_queryAndFragmentDoNotCount() {
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/b", EXACT);
        assertThat(to("net.tcp://h:9000/a?x=1")).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/a#f")).isEqualTo("W1");
        assertThat(to("net.tcp://h:9000/b?x=1")).isEqualTo("W2");
    }

    @Test
    void case047_anotherSchemeLeadsNowhere() {
        register("W1", "net.tcp://h:9000/", STRONG_WILDCARD);
        assertThat(to("net.pipe://h/a")).isEqualTo(NOBODY);
        assertThat(to("http://h:9000/a")).isEqualTo(NOBODY);
    }

    @Test
    void case048_whatWasRegisteredAndUnregisteredLeavesNoTrace() {
        BaseAddress deeper = BaseAddress.parse("net.tcp://h:9000/a/b");
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        register("W2", deeper.toString(), STRONG_WILDCARD);
        table = table.without(deeper, STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a/b")).isEqualTo("W1");
        register("W2", deeper.toString(), STRONG_WILDCARD);
        assertThat(to("net.tcp://h:9000/a/b")).isEqualTo("W2");
        assertThat(table.without(BaseAddress.parse("net.tcp://h:9000/c"), STRONG_WILDCARD))
                .isSameAs(table);
        assertThat(table.without(deeper, EXACT)).isSameAs(table);
    }

    /** Nothing is remembered of a lookup: there is no cache that could grow. */
    @Test
    void case049_unknownViasLeaveNothingBehind() throws IllegalAccessException {
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/a/b", EXACT);
        Set<Object> before = reachable(table);
        for (int i = 0; i < 1_000; i++) {
            assertThat(to("net.tcp://h" + i + ":9000/unknown/" + i, "10.0.0.1", 9000 + i))
                    .isEqualTo(NOBODY);
        }
        assertThat(reachable(table)).as("the very same objects, and no more").isEqualTo(before);

        register("W3", "net.tcp://h:9000/a/c", EXACT);
        assertThat(reachable(table)).as("what a change of the table looks like").isNotEqualTo(before);
    }

    /** All objects that a table is made of, by identity. */
    private static Set<Object> reachable(Object root) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Object next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof Object[] array) {
                Stream.of(array).filter(Objects::nonNull).forEach(open::add);
            } else if (next.getClass().getPackage().equals(PrefixTable.class.getPackage()) && !(next instanceof Enum)) {
                for (Field field : next.getClass().getDeclaredFields()) {
                    if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        Optional.ofNullable(field.get(next)).ifPresent(open::add);
                    }
                }
            }
        }
        return seen;
    }

    @Test
    void case050_twoModesOfOneWorkerFollowTheSameOrder() {
        register("/s", "net.tcp://h:9000/s", STRONG_WILDCARD);
        register("/s/x", "net.tcp://h:9000/s/x", EXACT);
        assertThat(to("net.tcp://h:9000/s/x")).isEqualTo("/s");
    }

    @Test
    void case051_amongEndpointsTheViaAloneDecides() {
        PrefixTable<String> endpoints = PrefixTable.<String>ofEndpoints()
                .with(BaseAddress.parse("net.tcp://10.0.0.1:9000/s/x"), STRONG_WILDCARD, "x")
                .with(BaseAddress.parse("net.tcp://h:9000/s/y"), EXACT, "y");
        assertThat(endpoint(endpoints, "net.tcp://other:1/s/x/deeper")).isEqualTo("x");
        assertThat(endpoint(endpoints, "net.tcp://h:9000/s/y")).isEqualTo("y");
        assertThat(endpoint(endpoints, "net.tcp://h/s/y")).isEqualTo(NOBODY);
        assertThat(endpoint(endpoints, "net.tcp://h:9000/s/z")).isEqualTo(NOBODY);
    }

    private static String endpoint(PrefixTable<String> endpoints, String via) {
        return endpoints
                .lookup(ViaUri.parse(via))
                .match()
                .map(PrefixTable.Entry::value)
                .orElse(NOBODY);
    }

    @Test
    void aLookupTellsWhatItTriedInWhichOrder() {
        register("W1", "net.tcp://127.0.0.1:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/a", WEAK_WILDCARD);
        Lookup<String> lookup = table.lookup(ViaUri.parse("net.tcp://h:808/a/b"), ip("10.0.0.1"), 9000);
        assertThat(lookup.steps())
                .containsExactly(
                        new Lookup.Step<>(
                                STRONG_WILDCARD, 9000, entry("127.0.0.1", STRONG_WILDCARD), AddressCheck.FAILED),
                        new Lookup.Step<>(EXACT, 808, Optional.empty(), AddressCheck.NOT_MADE),
                        new Lookup.Step<>(WEAK_WILDCARD, 9000, entry("h", WEAK_WILDCARD), AddressCheck.PASSED));
        assertThat(lookup.match()).isEqualTo(entry("h", WEAK_WILDCARD));
    }

    private Optional<PrefixTable.Entry<String>> entry(String host, HostNameComparisonMode mode) {
        return table.find(BaseAddress.parse("net.tcp://%s:9000/a".formatted(host)), mode);
    }

    @Test
    void allEntriesAreListed() {
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        register("W2", "net.tcp://h:9000/a/b", STRONG_WILDCARD);
        register("W3", "net.tcp://h:9001/", EXACT);
        List<String> workers = new ArrayList<>();
        table.forEach(entry -> workers.add(entry.value()));
        assertThat(workers).containsExactlyInAnyOrder("W1", "W2", "W3");
    }

    @Test
    void anOldTableStaysAsItWas() {
        register("W1", "net.tcp://h:9000/a", STRONG_WILDCARD);
        PrefixTable<String> before = table;
        register("W2", "net.tcp://h:9000/a/b", STRONG_WILDCARD);
        assertThat(before.size()).isEqualTo(1);
        assertThat(before.lookup(ViaUri.parse("net.tcp://h/a/b"), ip("10.0.0.1"), 9000)
                        .match())
                .map(PrefixTable.Entry::value)
                .contains("W1");
    }

    /** A plain list of everything that is registered, searched from end to end, decides the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theTableDecidesAsAListWould(long seed) {
        Random random = new Random(seed);
        List<PrefixTable.Entry<String>> model = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            HostNameComparisonMode mode =
                    List.of(HostNameComparisonMode.values()).get(random.nextInt(3));
            BaseAddress address = BaseAddress.parse(randomUri(random));
            Optional<PrefixTable.Entry<String>> taken = table.find(address, mode);
            if (taken.isEmpty()) {
                PrefixTable.Entry<String> entry = new PrefixTable.Entry<>(address, mode, "W" + i);
                table = table.with(address, mode, entry.value());
                model.add(entry);
            } else if (random.nextBoolean()) {
                table = table.without(address, mode);
                model.remove(taken.get());
            }
            ViaUri via = ViaUri.parse(randomUri(random));
            InetAddress local = ip(random.nextBoolean() ? "10.0.0.1" : "10.0.0.2");
            assertThat(table.lookup(via, local, 9000).match()).isEqualTo(search(model, via, local, 9000));
            assertThat(table.size()).isEqualTo(model.size());
        }
    }

    private static String randomUri(Random random) {
        String[] hosts = {"h", "H", "other", "10.0.0.1", "0.0.0.0"};
        StringBuilder uri = new StringBuilder("net.tcp://" + hosts[random.nextInt(hosts.length)]);
        uri.append(random.nextInt(4) == 0 ? "" : ":9000");
        for (int depth = random.nextInt(5); depth > 0; depth--) {
            uri.append('/').append("aAbB".charAt(random.nextInt(4)));
        }
        return uri.toString();
    }

    private static Optional<PrefixTable.Entry<String>> search(
            List<PrefixTable.Entry<String>> model, ViaUri via, InetAddress local, int port) {
        for (HostNameComparisonMode mode : HostNameComparisonMode.values()) {
            Optional<PrefixTable.Entry<String>> longest = model.stream()
                    .filter(entry -> entry.mode() == mode)
                    .filter(entry -> entry.address().port() == (mode == EXACT ? via.port() : port))
                    .filter(entry -> mode != EXACT || entry.address().host().equals(via.host()))
                    .filter(entry -> isBelow(via.segments(), entry.address().segments()))
                    .max((a, b) -> Integer.compare(
                            a.address().segments().size(),
                            b.address().segments().size()));
            if (longest.isPresent() && isWanted(longest.get().address(), local)) {
                return longest;
            }
        }
        return Optional.empty();
    }

    private static boolean isBelow(List<String> via, List<String> registered) {
        return registered.size() <= via.size()
                && String.join("/", registered).equalsIgnoreCase(String.join("/", via.subList(0, registered.size())));
    }

    private static boolean isWanted(BaseAddress registered, InetAddress local) {
        return registered
                .address()
                .map(a -> a.isAnyLocalAddress() || a.equals(local))
                .orElse(true);
    }
}
