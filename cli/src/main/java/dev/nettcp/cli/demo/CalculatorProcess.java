package dev.nettcp.cli.demo;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.Calculator;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import java.io.IOException;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;

/**
 * A calculator on a shared port, as a process of the demo: it says on standard output when it is ready, tells its process id in a header
 * of every reply, and ends when its standard input does. Clients that do not know the header pass it over.
 */
final class CalculatorProcess {

    private static final QName WORKER = new QName("urn:dev.nettcp:demo", "Worker", "d");

    private CalculatorProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        ParentWatch.whenGone(System.in, () -> System.exit(0));
        NetTcpBinding binding = NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .portSharingEnabled(true)
                .build();
        try (NetTcpServer server = NetTcpServer.open(arguments[0], binding, signed(Calculator.service()))) {
            System.out.println(WorkerProcess.READY);
            server.awaitClosed();
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static MessageHandler signed(MessageHandler handler) {
        Header signature =
                Header.of(WORKER, Long.toString(ProcessHandle.current().pid()));
        return (request, session) -> {
            Message reply = handler.handle(request, session);
            return reply == null ? null : reply.withHeader(signature);
        };
    }

    /** The process that made this reply, if it says so. */
    static Optional<Long> workerOf(Message reply) throws XMLStreamException {
        Optional<Header> signature = reply.header(WORKER);
        return signature.isPresent() ? Optional.of(Long.valueOf(signature.get().text())) : Optional.empty();
    }
}
