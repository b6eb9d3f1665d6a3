import org.jspecify.annotations.NullMarked;

/** SOAP messages with WS-Addressing and their encoders. */
@NullMarked
module dev.nettcp.soap {
    requires static transitive org.jspecify;
    requires transitive dev.nettcp.nbfx;

    exports dev.nettcp.soap;
}
