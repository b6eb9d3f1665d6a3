package dev.nettcp.binding;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.StreamUpgrade;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * One address of a server and who handles its messages.
 *
 * @param number which of the server's endpoints it is, from 0
 * @param address what the To of messages must say
 * @param listenAddress what the via of sessions must say
 * @param alone whether nobody else may listen on its port
 * @param inherits whether it joins the listener that is there
 * @param upgrade what secures its sessions; null: nothing
 * @param hosting what all endpoints of the server have in common
 */
record ServerEndpoint(
        int number,
        BaseAddress address,
        BaseAddress listenAddress,
        boolean alone,
        boolean inherits,
        NetTcpBinding binding,
        @Nullable StreamUpgrade upgrade,
        MessageHandler handler,
        Hosting hosting) {

    /**
     * What a server gives all its endpoints.
     *
     * @param understood headers that their handlers understand
     * @param exceptionDetail whether faults tell the exception behind them
     * @param executor where handlers run
     */
    record Hosting(Set<QName> understood, boolean exceptionDetail, Executor executor) {}

    /** The endpoint that is described, with absolute addresses. */
    static ServerEndpoint of(
            int number, ServiceEndpoint described, NetTcpBinding binding, ServerBase base, Hosting hosting) {
        BaseAddress address = base.resolve("address", described.address());
        BaseAddress wanted =
                described.listenUri().map(uri -> base.resolve("listenUri", uri)).orElse(address);
        boolean unique = described.listenUriMode() == ListenUriMode.UNIQUE;
        if (unique && described.inheritsBaseAddressSettings()) {
            throw new InvalidBindingException(
                    "listenUriMode",
                    "UNIQUE of " + wanted
                            + " contradicts inheritsBaseAddressSettings=true, which joins a listener that others have");
        }
        boolean shared = binding.listener().portSharingEnabled();
        BaseAddress listenAddress = !unique ? wanted : shared ? withUniqueSegment(wanted) : wanted.withPort(0);
        return new ServerEndpoint(
                number,
                described.listenUri().isEmpty() ? listenAddress : address,
                listenAddress,
                unique && !shared,
                described.inheritsBaseAddressSettings(),
                binding,
                binding.transportSecurity().map(TransportSecurity::ofServer).orElse(null),
                described.handler(),
                hosting);
    }

    private static BaseAddress withUniqueSegment(BaseAddress address) {
        String slash = address.path().endsWith("/") ? "" : "/";
        return address.withPath(address.path() + slash + UUID.randomUUID());
    }

    /** The same with the port that it was given, if it had asked for any. */
    ServerEndpoint atPort(int port) {
        return new ServerEndpoint(
                number,
                address.equals(listenAddress) ? listenAddress.withPort(port) : address,
                listenAddress.withPort(port),
                alone,
                inherits,
                binding,
                upgrade,
                handler,
                hosting);
    }

    HostNameComparisonMode mode() {
        return binding.listener().hostNameComparisonMode();
    }

    /** What handles a session of this endpoint. */
    ServerSession serve(Session session, Places calls) {
        return binding.transferMode().isStreamed() ? operate(session, calls) : converse(session, calls);
    }

    private StreamedOperation operate(Session session, Places calls) {
        return new StreamedOperation(
                session,
                binding,
                new Dispatcher(rules()),
                Addresser.ofStreamedServer(address.toString()),
                hosting.executor(),
                calls);
    }

    private Dispatcher.Rules rules() {
        return new Dispatcher.Rules(
                AddressFilter.of(address.uri()), handler, hosting.understood(), true, hosting.exceptionDetail());
    }

    private Conversation converse(Session session, Places calls) {
        return new Conversation(
                session,
                new Conversation.Parts(
                        BinaryMessageEncoder.session(binding.readerQuotas().buffered()),
                        Addresser.ofServer(address.toString()),
                        new Dispatcher(rules()),
                        hosting.understood(),
                        binding.timeouts(),
                        hosting.executor(),
                        calls));
    }
}
