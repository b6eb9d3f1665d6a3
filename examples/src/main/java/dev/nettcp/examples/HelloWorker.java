package dev.nettcp.examples;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.soap.ElementName;
import dev.nettcp.soap.Message;

/** A service in ten lines: greets whoever calls {@code net.tcp://localhost:9000/hello}, on a port of its own. */
public final class HelloWorker {
    static final ElementName NAME = ElementName.of("urn:hello", "name");

    private HelloWorker() {}

    /** Serves until the process is ended. */
    public static void main(String[] args) throws Exception {
        NetTcpBinding binding =
                NetTcpBinding.builder().security(SecurityMode.NONE).build();
        try (NetTcpServer server = NetTcpServer.open("net.tcp://localhost:9000/hello", binding, (request, session) -> {
            String name = request.body().getElementText();
            return Message.of("urn:helloResponse", out -> NAME.write(out, "Hello, " + name + "!"));
        })) {
            server.awaitClosed();
        }
    }
}
