import org.jspecify.annotations.NullMarked;

/** An accepted connection, how it arrives and how one leaves it. */
@NullMarked
module dev.nettcp.connection {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.framing;
    requires transitive io.netty.transport;
    requires transitive io.netty.common;
    requires org.slf4j;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;

    uses dev.nettcp.connection.ConnectionSourceProvider;

    exports dev.nettcp.connection;
}
