import org.jspecify.annotations.NullMarked;

/** The port sharing service: listen, read the preamble, route, hand over. */
@NullMarked
module dev.nettcp.sharing.service {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.framing;
    requires dev.nettcp.sharing;
    requires dev.nettcp.connection;
    requires org.slf4j;
    requires org.snakeyaml.engine.v2;

    exports dev.nettcp.sharing.service.config;
    exports dev.nettcp.sharing.service.routing;
}
