package dev.nettcp.interop.contracts;

import static dev.nettcp.interop.services.Operation.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.examples.Calculator;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.interop.services.TypesService;
import dev.nettcp.interop.services.Worker;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.EndpointIdentity;
import dev.nettcp.transport.tls.RevocationMode;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;

/** What a server must refuse, and what our client makes of it. The server takes messages of up to {@link Worker#MESSAGE_LIMIT} bytes. */
final class RefusalScenarios {

    private RefusalScenarios() {}

    static Map<String, Scenario> all() {
        return new Scenario.Names()
                .add(
                        "connection-refused",
                        site -> refused("net.tcp://localhost:" + FreePort.next() + "/closed", plain(), Layer.CONNECT))
                .add("unknown-path", site -> refused(unknown(site), plain(), FaultCode.ENDPOINT_NOT_FOUND))
                .add("unknown-path-below-an-endpoint", RefusalScenarios::below)
                .add(
                        "unknown-path-streamed",
                        site -> refused(unknown(site), site.streamed().build(), FaultCode.ENDPOINT_NOT_FOUND))
                .add(
                        "streamed-client-to-buffered-endpoint",
                        site -> refused(site.address(""), site.streamed().build(), FaultCode.UNSUPPORTED_MODE))
                .add(
                        "buffered-client-to-streamed-endpoint",
                        site -> refused(site.address("/streaming"), plain(), FaultCode.UNSUPPORTED_MODE))
                .add("message-over-the-servers-limit", site -> tooLarge(site, Worker.MESSAGE_LIMIT + 1))
                .add("message-far-over-the-servers-limit", site -> tooLarge(site, 2 * Worker.MESSAGE_LIMIT))
                .add("reply-over-the-clients-limit", RefusalScenarios::replyTooLarge)
                .add("unknown-action", RefusalScenarios::unknownAction)
                .add(
                        "tls-client-to-plain-endpoint",
                        site -> refused(
                                site.address(""), secured(site, Security.TLS, any -> any), FaultCode.UPGRADE_INVALID))
                .add("plain-client-to-tls-endpoint", site -> refused(site.address(""), plain()))
                .add(
                        "unknown-path-over-tls",
                        site -> refused(
                                unknown(site), secured(site, Security.TLS, any -> any), FaultCode.ENDPOINT_NOT_FOUND))
                .add(
                        "untrusted-certificate",
                        site -> refused(
                                site.address(""),
                                secured(
                                        site,
                                        Security.TLS,
                                        tls -> tls.withServiceValidation(CertificateValidation.chainTrust()
                                                .withRevocationMode(RevocationMode.NO_CHECK))),
                                Layer.UPGRADE))
                .add(
                        "certificate-for-another-name",
                        site -> refused(
                                site.address(""),
                                secured(
                                        site,
                                        Security.TLS,
                                        tls -> tls.withServiceIdentity(EndpointIdentity.dns("another.example.org"))),
                                Layer.UPGRADE))
                .add(
                        "no-client-certificate",
                        site -> refused(site.address(""), secured(site, Security.TLS, any -> any)))
                .all();
    }

    private static NetTcpBinding plain() {
        return NetTcpBinding.builder().security(SecurityMode.NONE).build();
    }

    private static NetTcpBinding secured(OurClient site, Security security, UnaryOperator<TransportSecurity> change) {
        return NetTcpBinding.builder()
                .security(SecurityMode.TRANSPORT)
                .transportSecurity(change.apply(site.parties().tls(security)))
                .build();
    }

    private static String unknown(OurClient site) {
        return site.address("").replaceFirst("/[^/]*$", "/no-such-service");
    }

    private static Message hello() {
        return TypesService.request("EchoString", "value", out -> out.writeCharacters("hello"));
    }

    /** @return what the client says */
    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String address, NetTcpBinding binding) {
        NetTcpClient client = NetTcpClient.to(address, binding);
        try {
            return assertThatThrownBy(() -> client.request(hello())).isInstanceOf(NetTcpException.class);
        } finally {
            client.abort();
        }
    }

    private static void refused(String address, NetTcpBinding binding, Layer layer) {
        refused(address, binding)
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(layer));
    }

    private static void refused(String address, NetTcpBinding binding, FaultCode fault) {
        refused(address, binding)
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.framingFault()).contains(fault.uri()));
    }

    /** The session is opened by the endpoint above, which then finds that the message is not for it. */
    private static void below(OurClient site) {
        refused(site.address("/no/such/service"), plain()).isInstanceOfSatisfying(NetTcpException.class, e -> {
            if (e instanceof SoapFaultException fault) {
                assertThat(fault.fault().subcodes()).contains(FaultCodes.DESTINATION_UNREACHABLE);
            } else {
                assertThat(e.framingFault()).contains(FaultCode.ENDPOINT_NOT_FOUND.uri());
            }
        });
    }

    private static void tooLarge(OurClient site, int size) throws Exception {
        byte[] bytes = TypesService.payload(size);
        NetTcpClient client = NetTcpClient.to(site.address(""), plain());
        assertThatThrownBy(() -> client.request(
                        TypesService.request("EchoBytes", "value", out -> out.writeBinary(bytes, 0, size))))
                .isInstanceOf(NetTcpException.class);
        client.abort();
    }

    private static void replyTooLarge(OurClient site) {
        NetTcpClient client = NetTcpClient.to(site.address(""), plain());
        assertThatThrownBy(() -> client.request(TypesService.named("MakeBytes").request(part("length", 100_000))))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(Layer.QUOTA));
        client.abort();
    }

    private static void unknownAction(OurClient site) {
        NetTcpClient client = NetTcpClient.to(site.address(""), plain());
        assertThatThrownBy(() -> client.request(Calculator.request("Add", 1, 2)))
                .isInstanceOfSatisfying(
                        SoapFaultException.class,
                        e -> assertThat(e.fault().subcodes()).contains(FaultCodes.ACTION_NOT_SUPPORTED));
        client.abort();
    }
}
