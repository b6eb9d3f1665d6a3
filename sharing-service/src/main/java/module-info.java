import org.jspecify.annotations.NullMarked;

/** The port sharing service: listen, read the preamble, route, hand over. */
@NullMarked
module dev.nettcp.sharing.service {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.framing;
    requires transitive dev.nettcp.sharing;
    requires transitive dev.nettcp.connection;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.slf4j;
    requires org.snakeyaml.engine.v2;

    exports dev.nettcp.sharing.service;
    exports dev.nettcp.sharing.service.admin;
    exports dev.nettcp.sharing.service.config;
    exports dev.nettcp.sharing.service.routing;
    exports dev.nettcp.sharing.service.telemetry;
}
