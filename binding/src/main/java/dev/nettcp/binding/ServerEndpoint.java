package dev.nettcp.binding;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.soap.BinaryMessageEncoder;
import dev.nettcp.transport.Session;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.xml.namespace.QName;

/**
 * One address of a server and who handles its messages.
 *
 * @param number its place among the endpoints of the server
 */
record ServerEndpoint(
        int number,
        BaseAddress address,
        MessageHandler handler,
        Set<QName> understood,
        boolean exceptionDetail,
        Executor executor) {

    ServerEndpoint at(BaseAddress real) {
        return new ServerEndpoint(number, real, handler, understood, exceptionDetail, executor);
    }

    Conversation converse(Session session, NetTcpBinding binding) {
        Dispatcher.Rules rules =
                new Dispatcher.Rules(AddressFilter.of(address.uri()), handler, understood, true, exceptionDetail);
        return new Conversation(
                session,
                new Conversation.Parts(
                        BinaryMessageEncoder.session(binding.readerQuotas().buffered()),
                        Addresser.ofServer(address.toString()),
                        new Dispatcher(rules),
                        understood,
                        binding.timeouts(),
                        executor));
    }
}
