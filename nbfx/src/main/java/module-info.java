import org.jspecify.annotations.NullMarked;

/** .NET Binary XML (NBFX, NBFS, NBFSE) as StAX. */
@NullMarked
module dev.nettcp.nbfx {
    requires static transitive org.jspecify;
    requires transitive java.xml;
    requires transitive org.jvnet.staxex;
    requires transitive org.codehaus.stax2;

    exports dev.nettcp.nbfx;
    exports dev.nettcp.nbfx.dictionary;
}
