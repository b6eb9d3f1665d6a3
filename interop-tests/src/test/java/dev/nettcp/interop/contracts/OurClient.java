package dev.nettcp.interop.contracts;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.ReaderQuotas;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.interop.peers.DotNetServer;

/**
 * Our client, and the server that it talks to.
 *
 * @param security of both
 */
record OurClient(Parties parties, Security security, DotNetServer server) {

    /** More than any message of the scenarios. */
    private static final int LARGE = 16 << 20;

    /** Sends or receives messages; its session is closed behind it. */
    @FunctionalInterface
    interface Calls {
        void run(NetTcpClient client) throws Exception;
    }

    NetTcpBinding.Builder buffered() {
        return parties.secure(NetTcpBinding.builder().maxReceivedMessageSize(LARGE), security);
    }

    NetTcpBinding.Builder streamed() {
        return parties.secure(
                NetTcpBinding.builder()
                        .transferMode(TransferMode.STREAMED)
                        .maxReceivedMessageSize(Long.MAX_VALUE)
                        .readerQuotas(new ReaderQuotas().maxStringContentLength(LARGE)),
                security);
    }

    /** @param endpoint such as {@code /calculator}; nothing for that of the types */
    String address(String endpoint) {
        return server.address() + endpoint;
    }

    void buffered(String endpoint, Calls calls) throws Exception {
        with(endpoint, buffered(), calls);
    }

    void streamed(String endpoint, Calls calls) throws Exception {
        with(endpoint, streamed(), calls);
    }

    private void with(String endpoint, NetTcpBinding.Builder binding, Calls calls) throws Exception {
        try (NetTcpClient client = NetTcpClient.to(address(endpoint), binding.build())) {
            calls.run(client);
        }
    }
}
