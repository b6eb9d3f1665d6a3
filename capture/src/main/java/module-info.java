import org.jspecify.annotations.NullMarked;

/** Packet files and recorded conversations of net.tcp, as readable SOAP. */
@NullMarked
module dev.nettcp.capture {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.framing;
    requires transitive dev.nettcp.soap;
    requires com.fasterxml.jackson.core;
    requires io.netty.common;

    exports dev.nettcp.capture;
}
