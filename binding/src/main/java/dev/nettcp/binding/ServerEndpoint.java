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
 * @param number which of the server's endpoints it is, from 0
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

    /** What handles a session of this endpoint. */
    ServerSession serve(Session session, NetTcpBinding binding, Places calls) {
        return binding.transferMode().isStreamed()
                ? operate(session, binding, calls)
                : converse(session, binding, calls);
    }

    private StreamedOperation operate(Session session, NetTcpBinding binding, Places calls) {
        return new StreamedOperation(
                session,
                binding,
                new Dispatcher(rules()),
                Addresser.ofStreamedServer(address.toString()),
                executor,
                calls);
    }

    private Dispatcher.Rules rules() {
        return new Dispatcher.Rules(AddressFilter.of(address.uri()), handler, understood, true, exceptionDetail);
    }

    private Conversation converse(Session session, NetTcpBinding binding, Places calls) {
        return new Conversation(
                session,
                new Conversation.Parts(
                        BinaryMessageEncoder.session(binding.readerQuotas().buffered()),
                        Addresser.ofServer(address.toString()),
                        new Dispatcher(rules()),
                        understood,
                        binding.timeouts(),
                        executor,
                        calls));
    }
}
