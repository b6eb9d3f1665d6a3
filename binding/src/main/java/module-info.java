import org.jspecify.annotations.NullMarked;

/** NetTcpBinding, NetTcpClient, NetTcpServer: the face of the library. */
@NullMarked
module dev.nettcp.binding {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.soap;
    requires transitive dev.nettcp.transport;
    requires org.slf4j;

    exports dev.nettcp.binding;
}
