package dev.nettcp.examples;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.soap.Message;

/** A client in ten lines, for {@link HelloWorker}. */
public final class HelloClient {
    private HelloClient() {}

    /** Greets in the name of the first argument. */
    public static void main(String[] args) throws Exception {
        NetTcpBinding binding =
                NetTcpBinding.builder().security(SecurityMode.NONE).build();
        try (NetTcpClient client = NetTcpClient.to("net.tcp://localhost:9000/hello", binding)) {
            Message request = Message.of("urn:hello", out -> HelloWorker.NAME.write(out, args[0]));
            System.out.println(client.request(request).body().getElementText());
        }
    }
}
