import org.jspecify.annotations.NullMarked;

/** The connection source that is fed by the port sharing service. */
@NullMarked
module dev.nettcp.sharing.worker {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.connection;
    requires transitive dev.nettcp.sharing;
    requires io.netty.common;
    requires io.netty.buffer;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires jdk.jfr;
    requires org.slf4j;

    exports dev.nettcp.sharing.worker;

    provides dev.nettcp.connection.ConnectionSourceProvider with
            dev.nettcp.sharing.worker.SharedPortProvider;
}
