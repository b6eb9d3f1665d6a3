import org.jspecify.annotations.NullMarked;

/** Between worker and port sharing service: control protocol, lanes, descriptor passing. */
@NullMarked
module dev.nettcp.sharing {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.framing;
    requires transitive io.netty.transport;
    requires transitive io.netty.transport.unix.common;
    requires io.netty.common;
    requires io.netty.transport.classes.epoll;
    requires org.slf4j;

    exports dev.nettcp.sharing;
    exports dev.nettcp.sharing.unix;
}
