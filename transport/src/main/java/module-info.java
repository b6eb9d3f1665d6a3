import org.jspecify.annotations.NullMarked;

/** Sessions of net.tcp that carry opaque envelopes, both sides. */
@NullMarked
module dev.nettcp.transport {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.connection;
    requires io.netty.handler;
    requires io.netty.codec;
    requires io.netty.common;
    requires java.naming;
    requires jdk.jfr;
    requires org.slf4j;

    exports dev.nettcp.transport;
    exports dev.nettcp.transport.tls;
}
