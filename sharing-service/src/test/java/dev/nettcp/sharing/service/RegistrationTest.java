package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.EXACT;
import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static dev.nettcp.framing.via.HostNameComparisonMode.WEAK_WILDCARD;
import static dev.nettcp.sharing.service.telemetry.Counter.URIS_REGISTERED;
import static dev.nettcp.sharing.service.telemetry.Counter.URIS_UNREGISTERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of registering, over the control socket; and which sockets it opens. */
class RegistrationTest extends ServiceTest {

    private StatusCode statusOf(String address) {
        return service().tryWorker(address, STRONG_WILDCARD).status();
    }

    private void assertRefused(String address, StatusCode status) {
        ScriptedWorker worker = service().tryWorker(address, STRONG_WILDCARD);
        assertThat(worker.status()).isEqualTo(status);
        worker.awaitSessionEnd();
        assertThat(service().service().routes().size()).isZero();
    }

    private boolean refusesConnections(String host) {
        try {
            ScriptedPeer.connect(host, service().port()).close();
            return false;
        } catch (UncheckedIOException refused) {
            return true;
        }
    }

    private static Optional<String> addressOfAnInterface() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    @Test
    void case001_registeringOpensThePortForIpv4AndIpv6() {
        assertThat(service().worker("/a").status()).isEqualTo(StatusCode.SUCCESS);

        service().client("127.0.0.1", "/b").close();
        service().client("::1", "/b").close();
        assertThat(service().service().addresses())
                .extracting(address -> address.getAddress().isAnyLocalAddress())
                .containsExactly(true, true);
    }

    @Test
    void case002_theIdenticalAddressIsAConflictAndTheFirstGoesOn() {
        ScriptedWorker first = service().worker("/a");
        ScriptedWorker second = service().tryWorker(service().address("/a"), STRONG_WILDCARD);

        assertThat(second.status()).isEqualTo(StatusCode.CONFLICTING_REGISTRATION);
        assertThat(second.registered().text())
                .contains(
                        service().address("/a"),
                        "pid " + ProcessHandle.current().pid());
        service().client("127.0.0.1", "/a");
        first.takes();
    }

    @Test
    void case003_004_spellingsAndHostNamesDoNotMakeAnotherAddress() {
        service().worker("/a");

        assertThat(statusOf(service().address("//A/"))).isEqualTo(StatusCode.CONFLICTING_REGISTRATION);
        assertThat(statusOf("net.tcp://another.example:%d/a".formatted(service().port())))
                .isEqualTo(StatusCode.CONFLICTING_REGISTRATION);
    }

    @Test
    void case005_anotherModeIsAnotherRegistration() {
        service().worker("/a");

        assertThat(service().worker(service().address("/a"), EXACT).status()).isEqualTo(StatusCode.SUCCESS);
        assertThat(service().worker(service().address("/a"), WEAK_WILDCARD).status())
                .isEqualTo(StatusCode.SUCCESS);
    }

    @Test
    void case006_anAddressBelowAnothersIsFree() {
        service().worker("/a");

        assertThat(statusOf(service().address("/a/b"))).isEqualTo(StatusCode.SUCCESS);
    }

    @Test
    void case007_037_theSamePathOnAnotherPortIsAnotherListener() {
        ScriptedWorker first = service().worker("/a");
        int otherPort = FreePort.next();
        ScriptedWorker second = service().worker("net.tcp://localhost:%d/a".formatted(otherPort), STRONG_WILDCARD);

        ScriptedPeer client = service().closeLater(ScriptedPeer.connect("127.0.0.1", otherPort));
        client.sends(Preambles.duplex(service().address("/a"))); // the port of the socket counts, not the via's
        second.takes();
        assertThat(first.takenAndNotLookedAt()).isZero();
    }

    @Test
    void case009_2048BytesAreAcceptedAnd2049Not() {
        String address = service().address("/");
        String longest = address + "x".repeat(2048 - address.length());

        assertRefused(longest + "x", StatusCode.PATH_TOO_LONG);
        assertThat(statusOf(longest)).isEqualTo(StatusCode.SUCCESS);
    }

    @Test
    void case009_theEscapedFormCounts() {
        String address = service().address("/");

        assertRefused(address + "ü".repeat(400), StatusCode.PATH_TOO_LONG); // %C3%BC each
    }

    @Test
    void case011_anotherSchemeIsRefused() {
        assertRefused("http://localhost:%d/a".formatted(service().port()), StatusCode.PROTOCOL_UNSUPPORTED);
    }

    @Test
    void case012_aPortOfAnotherProgramIsFailedToListenUntilItIsFree() throws IOException {
        try (ServerSocket other = new ServerSocket(service().port())) {
            assertThat(other.isBound()).isTrue();
            assertRefused(service().address("/a"), StatusCode.FAILED_TO_LISTEN);
        }
        assertThat(service().service().addresses()).isEmpty();
        assertThat(statusOf(service().address("/a"))).isEqualTo(StatusCode.SUCCESS);
    }

    @Test
    void case013_anAddressThatIsNotOfThisHostIsFailedToListen() {
        assertRefused("net.tcp://198.51.100.7:%d/a".formatted(service().port()), StatusCode.FAILED_TO_LISTEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "a/b",
                "net.tcp://h:9000/a?x",
                "net.tcp://h:9000/a#f",
                "net.tcp://u@h:9000/a",
                "net.tcp://h:0/a"
            })
    void case015_whatIsNoBaseAddressIsRefused(String address) {
        assertRefused(address, StatusCode.INVALID_ARGUMENT);
    }

    @Test
    void case016_aQuestionBeforeARegistrationIsAnsweredWithNobodyAndEndsTheSession() {
        ScriptedWorker worker =
                service().closeLater(ScriptedWorker.connects(service().socket()));
        worker.sends(new Validate(
                3, service().address("/a"), new InetSocketAddress(service().port())));

        assertThat(worker.receives(Validated.class)).isEqualTo(new Validated(3, RouteOwner.NOBODY));
        worker.awaitSessionEnd();
    }

    @Test
    void case017_unregisteringTwiceIsAnsweredTwice() {
        ScriptedWorker worker = service().worker("/a");

        worker.unregisters();
        assertThat(statusOf(service().address("/a"))).isEqualTo(StatusCode.SUCCESS);
        worker.unregisters();
        assertThat(service().service().routes().size()).isEqualTo(1);
    }

    @Test
    void case018_020_thePortClosesWithItsLastRegistration() {
        ScriptedWorker a = service().worker("/a");
        ScriptedWorker b = service().worker("/b");
        a.unregisters();
        service().client().close();

        b.dies();

        Waiting.until("the port to be free", () -> FreePort.isFree(service().port()));
        assertThat(service().service().routes().size()).isZero();
        ScriptedWorker again = service().worker("/b");
        service().client("127.0.0.1", "/b");
        again.takes();
    }

    @Test
    void case019_registrationsOfOneProcessEndOneByOne() {
        ScriptedWorker a = service().worker("/a");
        ScriptedWorker b = service().worker("/b");
        ScriptedWorker c = service().worker("/c");

        b.dies();
        Waiting.until("two registrations", () -> service().service().routes().size() == 2);

        service().client("127.0.0.1", "/a");
        a.takes();
        service().client("127.0.0.1", "/c");
        c.takes();
        expectsFault(service().client("127.0.0.1", "/b"), FaultCode.ENDPOINT_NOT_FOUND);
    }

    @Test
    void aSecondWishInOneSessionBreaksTheProtocol() {
        ScriptedWorker worker = service().worker("/a");

        worker.sends(new Register(service().address("/b"), STRONG_WILDCARD));

        worker.awaitSessionEnd();
        Waiting.until("no registration", () -> service().service().routes().size() == 0);
    }

    @Test
    void aWorkerThatLeavesBeforeTheAnswerIsNotRegistered() throws IOException {
        try (ServerSocket other = new ServerSocket(service().port())) {
            assertThat(other.isBound()).isTrue();
            ScriptedWorker worker = ScriptedWorker.connects(service().socket());
            worker.sends(new Register(service().address("/a"), STRONG_WILDCARD));
            worker.dies();
        }
        service().worker("/b");
        Waiting.until(
                "one registration only", () -> service().service().routes().size() == 1);
    }

    @Test
    void whoConnectsWhileThePortIsStillBeingOpenedFindsTheWorker() throws IOException {
        Optional<ScriptedWorker> registered = Optional.empty();
        for (int attempt = 0; attempt < 10 && registered.isEmpty(); attempt++) {
            registered = registeredAfterAClientCame();
        }
        ScriptedWorker worker = registered.orElseThrow();
        worker.opensLanes();

        assertThat(worker.takes().header().via()).endsWith("/a");
    }

    /** IPv4 opens, IPv6 is tried again and again for a second; on a machine that is too busy for that the worker is refused. */
    private Optional<ScriptedWorker> registeredAfterAClientCame() throws IOException {
        ScriptedWorker worker =
                service().closeLater(ScriptedWorker.connects(service().socket()));
        long before = service().count(Counter.CONNECTIONS_ACCEPTED);
        try (ServerSocket delay = new ServerSocket(service().port(), 1, InetAddress.getAllByName("::1")[0])) {
            assertThat(delay.isBound()).isTrue();
            worker.sends(new Register(service().address("/a"), STRONG_WILDCARD));
            Waiting.until("a client at the IPv4 socket", () -> worker.isAnswered() || connects());
            Waiting.until(
                    "it to be accepted",
                    () -> worker.isAnswered() || service().count(Counter.CONNECTIONS_ACCEPTED) > before);
        }
        worker.receivesRegistered();
        return Optional.of(worker).filter(one -> one.status().equals(StatusCode.SUCCESS));
    }

    private boolean connects() {
        try {
            service().client("127.0.0.1", "/a");
            return true;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    @Test
    void twoWhoWantOneAddressAtTheSameTimeAreNotBothGivenIt() {
        List<ScriptedWorker> workers = List.of(
                service().closeLater(ScriptedWorker.connects(service().socket())),
                service().closeLater(ScriptedWorker.connects(service().socket())));

        workers.forEach(worker -> worker.sends(new Register(service().address("/a"), STRONG_WILDCARD)));

        assertThat(workers)
                .extracting(worker -> worker.receives(Registered.class).status())
                .containsExactlyInAnyOrder(StatusCode.SUCCESS, StatusCode.CONFLICTING_REGISTRATION);
    }

    @Test
    void case125_registrationsAreCountedAsTheyComeAndGo() {
        for (int i = 0; i < 2; i++) {
            ScriptedWorker worker = service().worker("/a");
            worker.sends(new Unregister());
            worker.receives(Unregistered.class);
        }
        service().awaitCount(URIS_REGISTERED, 2);
        service().awaitCount(URIS_UNREGISTERED, 2);
        assertThat(service().service().routes().size()).isZero();
    }

    // ---- which addresses of a port are open
    // --------------------------------------------------------------------------

    @Test
    void case041_theAnyAddressOfIpv4OpensNoIpv6Socket() {
        ScriptedWorker worker =
                service().worker("net.tcp://0.0.0.0:%d/a".formatted(service().port()), STRONG_WILDCARD);

        service().client("127.0.0.1", "/a");
        worker.takes();
        assertThat(refusesConnections("::1")).isTrue();
    }

    @Test
    void case042_anIpv6LiteralIsReachedAtItsAddressOnly() {
        ScriptedWorker worker =
                service().worker("net.tcp://[::1]:%d/a".formatted(service().port()), STRONG_WILDCARD);

        service().client("::1", "/a");
        worker.takes();
        assertThat(refusesConnections("127.0.0.1")).isTrue();
    }

    @Test
    void case043_localhostIsReachedFromOutside() throws IOException {
        ScriptedWorker worker = service().worker("/a");

        service().client(addressOfAnInterface().orElse("127.0.0.1"), "/a");

        worker.takes();
    }

    @Test
    void case038_aLiteralBesideANameReceivesOnlyWhatArrivesAtItsAddress() throws IOException {
        ScriptedWorker literal =
                service().worker("net.tcp://127.0.0.1:%d/a".formatted(service().port()), STRONG_WILDCARD);
        service().worker("/b");

        service().client("127.0.0.1", "/a");
        literal.takes();
        expectsFault(service().client(addressOfAnInterface().orElse("127.0.0.2"), "/a"), FaultCode.ENDPOINT_NOT_FOUND);
    }

    @Test
    void aPortIsWidenedForANameAndNarrowedWhenOnlyLiteralsAreLeft() {
        service().worker("net.tcp://127.0.0.1:%d/a".formatted(service().port()), STRONG_WILDCARD);
        assertThat(refusesConnections("::1")).isTrue();
        assertThat(refusesConnections("127.0.0.2")).isTrue();

        ScriptedWorker named = service().worker("/b");
        assertThat(refusesConnections("::1")).isFalse();
        assertThat(refusesConnections("127.0.0.2")).isFalse();

        named.unregisters();
        Waiting.until("the port to be narrow again", () -> refusesConnections("127.0.0.2"));
        Waiting.until("its literal to be open", () -> !refusesConnections("127.0.0.1"));
    }

    @Test
    void whenAPortCannotBeWidenedWhatWasOpenStaysOpen() throws IOException {
        ScriptedWorker literal =
                service().worker("net.tcp://127.0.0.1:%d/a".formatted(service().port()), STRONG_WILDCARD);
        try (ServerSocket other =
                new ServerSocket(service().port(), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))) {
            assertThat(other.isBound()).isTrue();
            assertThat(statusOf(service().address("/b"))).isEqualTo(StatusCode.FAILED_TO_LISTEN);
        }

        service().client("127.0.0.1", "/a");
        literal.takes();
    }

    @Test
    void withListenAddressesWildcardALiteralOpensAllAddresses() {
        launch("listenAddresses: wildcard");
        ScriptedWorker literal =
                service().worker("net.tcp://127.0.0.1:%d/a".formatted(service().port()), STRONG_WILDCARD);

        expectsFault(service().client("::1", "/a"), FaultCode.ENDPOINT_NOT_FOUND);
        service().client("127.0.0.1", "/a");
        literal.takes();
    }
}
