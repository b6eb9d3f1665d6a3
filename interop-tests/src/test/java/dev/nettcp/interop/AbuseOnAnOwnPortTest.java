package dev.nettcp.interop;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import java.io.IOException;

/** Bad clients of a server that has its port to itself. */
class AbuseOnAnOwnPortTest extends AbuseContract {

    @Override
    NetTcpServer open(NetTcpBinding.Builder binding, MessageHandler handler) throws IOException {
        return NetTcpServer.open("net.tcp://localhost:0/calc", binding.build(), handler);
    }
}
