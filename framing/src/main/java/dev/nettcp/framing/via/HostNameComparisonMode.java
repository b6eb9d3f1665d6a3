package dev.nettcp.framing.via;

/** How the host part of a registered address is compared with a via's. The order is the order in which they are tried. */
public enum HostNameComparisonMode {
    /** Any host will do, and nothing is asked before this: the default of WCF. */
    STRONG_WILDCARD("StrongWildcard"),
    /** Only the very host, and the very port, of the registered address. */
    EXACT("Exact"),
    /** Any host will do, if nobody else wanted the connection. */
    WEAK_WILDCARD("WeakWildcard");

    private final String wcfName;

    HostNameComparisonMode(String wcfName) {
        this.wcfName = wcfName;
    }

    /** The name WCF and its configuration files use. */
    public String wcfName() {
        return wcfName;
    }
}
