package dev.nettcp.binding;

import static dev.nettcp.binding.Loopback.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.soap.SoapFault;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.tls.TlsCertificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every kind of failure of a call, provoked from a live peer: it names its layer, carries the peer's fault, and says what to do. */
class ErrorLayersTest {
    private static final TestCertificate SERVICE =
            TestAuthority.create("Nobody's CA").issue(Wish.forServer("localhost"));

    /** A failure to be provoked. */
    private record Failure(
            String name, Provocation provocation, Layer layer, Optional<FaultCode> fault, String advice) {

        static Failure of(Layer layer, String name, Provocation provocation, String advice) {
            return new Failure(name, provocation, layer, Optional.empty(), advice);
        }

        Failure with(FaultCode code) {
            return new Failure(name, provocation, layer, Optional.of(code), advice);
        }
    }

    /** Calls and fails. */
    private interface Provocation {
        void call(Loopback loopback) throws Exception;
    }

    private static Stream<Failure> failures() {
        return Stream.of(
                Failure.of(
                        Layer.CONNECT,
                        "nobody listens there",
                        l -> call(l, Loopback.binding(), "net.tcp://localhost:" + FreePort.next() + "/x"),
                        "Is the server running, and is this its port?"),
                Failure.of(
                        Layer.CONNECT,
                        "the name is unknown",
                        l -> call(l, Loopback.binding(), "net.tcp://no-such-host.invalid/x"),
                        "Check the address, and DNS or /etc/hosts"),
                Failure.of(
                                Layer.FRAMING,
                                "no endpoint has this address",
                                l -> call(l, Loopback.binding(), echo(l).replace("/service", "/nobody")),
                                "Compare it with the address of the service")
                        .with(FaultCode.ENDPOINT_NOT_FOUND),
                Failure.of(
                                Layer.FRAMING,
                                "the transfer modes differ",
                                l -> call(
                                        l,
                                        Loopback.builder()
                                                .transferMode(TransferMode.STREAMED)
                                                .build(),
                                        echo(l)),
                                "Make the transferMode of both bindings agree")
                        .with(FaultCode.UNSUPPORTED_MODE),
                Failure.of(
                        Layer.FRAMING,
                        "the server speaks HTTP",
                        l -> callScripted(l, peer -> peer.sends("48 54 54 50 2f 31 2e 31 20 34 30 30 0d 0a")),
                        "HTTP"),
                Failure.of(
                                Layer.UPGRADE,
                                "the server has no security",
                                l -> call(l, tls(false), echo(l)),
                                "Make the security modes of both bindings agree")
                        .with(FaultCode.UPGRADE_INVALID),
                Failure.of(
                        Layer.UPGRADE,
                        "the certificate of the server is not trusted",
                        l -> call(
                                l,
                                tls(false),
                                l.serve(tls(true), s -> s.endpoint("net.tcp://localhost:0/x", Loopback::echo))
                                        .address()),
                        "CN=localhost"),
                Failure.of(
                        Layer.FRAMING,
                        "the server demands security, and so ends the connection",
                        l -> callScripted(l, ScriptedPeer::endsItsDirection),
                        "make the security modes of both bindings agree"),
                Failure.of(
                        Layer.SESSION,
                        "the connection is lost during the call",
                        l -> callScripted(l, peer -> {
                            peer.sends("0b");
                            peer.receives(1);
                            peer.resets();
                        }),
                        "was lost"),
                Failure.of(
                        Layer.ENCODING,
                        "the reply is no message",
                        l -> callScripted(l, peer -> {
                            peer.sends("0b");
                            peer.receives(1);
                            peer.sends("06 03 00 ff ff");
                        }),
                        "cannot be decoded"),
                Failure.of(
                        Layer.ADDRESSING,
                        "no operation has this action",
                        l -> call(
                                l,
                                Loopback.binding(),
                                l.serve((request, session) -> {
                                            throw new ActionNotSupportedException(request.action());
                                        })
                                        .address()),
                        "Check that both sides mean the same contract"),
                Failure.of(
                        Layer.ADDRESSING,
                        "the message is for another endpoint than the session",
                        l -> {
                            String address = echo(l);
                            l.connect(NetTcpClient.builder(address + "/elsewhere", Loopback.binding())
                                            .via(address))
                                    .request(message("urn:echo", ""));
                        },
                        "Check that both sides mean the same address"),
                Failure.of(
                        Layer.SOAP,
                        "the operation refuses",
                        l -> call(
                                l,
                                Loopback.binding(),
                                l.serve((request, session) -> {
                                            throw new SoapFaultException(SoapFault.sender("Not today."));
                                        })
                                        .address()),
                        "Not today."),
                Failure.of(
                        Layer.SOAP,
                        "the operation fails",
                        l -> call(
                                l,
                                Loopback.binding(),
                                l.serve((request, session) -> {
                                            throw new IllegalStateException("as tests do");
                                        })
                                        .address()),
                        "The log of the service says why"),
                Failure.of(
                                Layer.QUOTA,
                                "the request is larger than the server takes",
                                l -> call(
                                        l,
                                        Loopback.binding(),
                                        l.serve(
                                                        Loopback.builder()
                                                                .maxReceivedMessageSize(100)
                                                                .build(),
                                                        s -> s.endpoint("net.tcp://localhost:0/x", Loopback::echo))
                                                .address()),
                                "Raise maxReceivedMessageSize there")
                        .with(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED),
                Failure.of(
                        Layer.QUOTA,
                        "the reply is larger than the client takes",
                        l -> call(
                                l,
                                Loopback.builder().maxReceivedMessageSize(100).build(),
                                l.serve((request, session) -> message("urn:reply", "x".repeat(1000)))
                                        .address()),
                        "maxReceivedMessageSize is the setting to raise"),
                Failure.of(
                        Layer.TIMEOUT,
                        "the session is not acknowledged",
                        l -> {
                            try (ScriptedListener silent = ScriptedListener.open()) {
                                call(
                                        l,
                                        Loopback.builder()
                                                .openTimeout(Duration.ofMillis(200))
                                                .build(),
                                        address(silent));
                            }
                        },
                        "openTimeout of 200 ms passed"),
                Failure.of(
                        Layer.TIMEOUT,
                        "the reply does not come",
                        l -> {
                            CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
                            String address = l.serve((request, session) -> {
                                        over.join();
                                        return null;
                                    })
                                    .address();
                            try {
                                call(
                                        l,
                                        Loopback.builder()
                                                .sendTimeout(Duration.ofMillis(500))
                                                .build(),
                                        address);
                            } finally {
                                over.complete(null);
                            }
                        },
                        "sendTimeout of 500 ms passed"));
    }

    @TestFactory
    Stream<DynamicTest> aFailureNamesItsLayerAndSaysWhatToDo() {
        return failures()
                .map(failure ->
                        DynamicTest.dynamicTest(failure.layer() + ": " + failure.name(), () -> provoke(failure)));
    }

    private static void provoke(Failure failure) {
        try (Loopback loopback = new Loopback()) {
            NetTcpException thrown = catchThrowableOfType(
                    NetTcpException.class, () -> failure.provocation().call(loopback));

            assertThat(thrown.layer()).as("layer of %s", thrown).isEqualTo(failure.layer());
            assertThat(thrown.framingFault()).isEqualTo(failure.fault().map(FaultCode::uri));
            assertThat(thrown).hasMessageContaining(failure.advice());
        }
    }

    private static void call(Loopback loopback, NetTcpBinding binding, String address) throws Exception {
        loopback.connect(NetTcpClient.builder(address, binding)).request(message("urn:echo", "text"));
    }

    private static String echo(Loopback loopback) throws Exception {
        return loopback.serve(Loopback::echo).address();
    }

    private static String address(ScriptedListener listener) {
        return "net.tcp://localhost:" + listener.port() + "/x";
    }

    /** @param answer what the peer does once the client has spoken */
    private static void callScripted(Loopback loopback, Consumer<ScriptedPeer> answer) throws Exception {
        try (ScriptedListener listener = ScriptedListener.open()) {
            CompletableFuture<?> call = loopback.connect(NetTcpClient.builder(address(listener), Loopback.binding()))
                    .requestAsync(message("urn:echo", "text"));
            ScriptedPeer peer = listener.accept();
            peer.receives(3 + 2 + 2 + address(listener).length() + 2 + 1);
            answer.accept(peer);
            call.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NetTcpException failure ? failure : e;
        }
    }

    private static NetTcpBinding tls(boolean server) {
        TransportSecurity security = TransportSecurity.tls(ClientCredentialType.NONE);
        return NetTcpBinding.builder()
                .security(SecurityMode.TRANSPORT)
                .transportSecurity(
                        server
                                ? security.withServiceCertificate(new TlsCertificate(SERVICE.key(), SERVICE.chain()))
                                : security)
                .build();
    }
}
