package dev.nettcp.interop.contracts;

import static dev.nettcp.interop.services.Operation.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.interop.services.Operation;
import dev.nettcp.interop.services.SessionService;
import dev.nettcp.soap.FaultCodes;
import java.util.Map;
import javax.xml.namespace.QName;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/** The contract ISession. */
final class SessionScenarios {

    private static final String ENDPOINT = "/session";

    private SessionScenarios() {}

    static Map<String, Scenario> all() {
        return new Scenario.Names()
                .add(
                        "session-instance",
                        client -> client.buffered(ENDPOINT, session -> {
                            begin(session, 10);
                            assertThat(add(session, 5)).isEqualTo(15);
                            assertThat(add(session, 3)).isEqualTo(18);
                            assertThat(call(session, "End").getElementAsInt()).isEqualTo(18);
                        }))
                .add(
                        "session-separate",
                        client -> client.buffered(
                                ENDPOINT,
                                a -> client.buffered(ENDPOINT, b -> {
                                    begin(a, 0);
                                    begin(b, 100);
                                    assertThat(add(a, 1)).isEqualTo(1);
                                    assertThat(add(b, 1)).isEqualTo(101);
                                })))
                .add(
                        "session-not-initiated",
                        client -> client.buffered(ENDPOINT, session -> {
                            refused(session, FaultCodes.ACTION_NOT_SUPPORTED);
                            session.abort();
                        }))
                .add(
                        "session-after-end",
                        client -> client.buffered(ENDPOINT, session -> {
                            begin(session, 1);
                            call(session, "End");
                            refused(session, FaultCodes.SESSION_TERMINATED);
                        }))
                .add(
                        "session-id",
                        client -> client.buffered(ENDPOINT, session -> {
                            begin(session, 1);
                            assertThat(call(session, "SessionId").getElementText())
                                    .isNotBlank();
                            call(session, "End");
                        }))
                .all();
    }

    private static TypedXMLStreamReader call(NetTcpClient session, String operation, Operation.Part... arguments)
            throws Exception {
        return Operation.parts(session.request(SessionService.named(operation).request(arguments)));
    }

    private static void begin(NetTcpClient session, int start) throws Exception {
        session.request(SessionService.named("Begin").request(part("start", start)));
    }

    private static int add(NetTcpClient session, int amount) throws Exception {
        return call(session, "Add", part("amount", amount)).getElementAsInt();
    }

    private static void refused(NetTcpClient session, QName code) {
        assertThatThrownBy(() -> add(session, 1))
                .isInstanceOfSatisfying(
                        SoapFaultException.class,
                        e -> assertThat(e.fault().subcodes()).contains(code));
    }
}
