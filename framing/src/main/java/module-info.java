import org.jspecify.annotations.NullMarked;

/** Message framing of net.tcp ([MC-NMF]): records, codec, rules of order, addresses. */
@NullMarked
module dev.nettcp.framing {
    requires static transitive org.jspecify;
    requires transitive io.netty.buffer;

    exports dev.nettcp.framing;
    exports dev.nettcp.framing.via;
}
