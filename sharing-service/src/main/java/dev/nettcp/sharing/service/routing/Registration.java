package dev.nettcp.sharing.service.routing;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.sharing.PeerCredentials;

/**
 * One base address of one worker, from its registration until its control session ends. The same address registered again is
 * another registration, so they are told apart by identity.
 */
public final class Registration {
    private final BaseAddress address;
    private final HostNameComparisonMode mode;
    private final PeerCredentials worker;

    public Registration(BaseAddress address, HostNameComparisonMode mode, PeerCredentials worker) {
        this.address = address;
        this.mode = mode;
        this.worker = worker;
    }

    public BaseAddress address() {
        return address;
    }

    public HostNameComparisonMode mode() {
        return mode;
    }

    public PeerCredentials worker() {
        return worker;
    }

    @Override
    public String toString() {
        return "%s (%s) of %s".formatted(address, mode.wcfName(), worker);
    }
}
