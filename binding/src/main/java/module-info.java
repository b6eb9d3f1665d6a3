import org.jspecify.annotations.NullMarked;

/** NetTcpBinding, NetTcpClient, NetTcpServer: the face of the library. */
@NullMarked
module dev.nettcp.binding {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.soap;
    requires transitive dev.nettcp.transport;
    requires org.slf4j;
    requires java.xml;

    exports dev.nettcp.binding;
    exports dev.nettcp.binding.config;
}
