import org.jspecify.annotations.NullMarked;

/** The connection source that is fed by the port sharing service. */
@NullMarked
module dev.nettcp.sharing.worker {
    requires static transitive org.jspecify;
    requires dev.nettcp.sharing;
    requires dev.nettcp.connection;
    requires org.slf4j;
}
