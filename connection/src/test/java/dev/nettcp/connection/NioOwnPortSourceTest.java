package dev.nettcp.connection;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.FreePort;

/** The same on NIO, for platforms without epoll. */
class NioOwnPortSourceTest extends ConnectionSourceContract {

    private EventLoops nio;

    @Override
    protected void prepare() {
        nio = EventLoops.nio("nio-source", 2);
    }

    @Override
    protected void tidyUp() {
        nio.close();
    }

    @Override
    protected ConnectionSource newSource(ListenRequest request) {
        return new OwnPortSource(new ListenRequest(
                request.address(),
                request.hostNameComparisonMode(),
                request.limits(),
                request.openTimeout(),
                nio,
                request.listener(),
                request.controlSocketOrNull()));
    }

    @Override
    protected BaseAddress freeAddress() {
        return BaseAddress.parse("net.tcp://localhost:" + FreePort.next() + "/calc");
    }
}
