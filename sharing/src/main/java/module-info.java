import org.jspecify.annotations.NullMarked;

/** Between worker and port sharing service: control protocol, lanes, descriptor passing. */
@NullMarked
module dev.nettcp.sharing {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.framing;
    requires io.netty.transport;
    requires io.netty.common;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.slf4j;
}
