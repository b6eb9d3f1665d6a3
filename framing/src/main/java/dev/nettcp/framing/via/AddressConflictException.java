package dev.nettcp.framing.via;

/** Somebody is registered at this very place of a prefix table already: same mode, same slot of host and port, same path. */
public final class AddressConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient PrefixTable.Entry<?> existing;

    AddressConflictException(BaseAddress wanted, HostNameComparisonMode mode, PrefixTable.Entry<?> existing) {
        super("%s (%s) is taken by %s".formatted(wanted, mode.wcfName(), existing.address()));
        this.existing = existing;
    }

    /** Who was first. */
    public PrefixTable.Entry<?> existing() {
        return existing;
    }
}
