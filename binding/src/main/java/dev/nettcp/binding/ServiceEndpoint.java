package dev.nettcp.binding;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint as it is described to a {@link NetTcpServer.Builder}; WCF's {@code ServiceEndpoint}. Immutable.
 *
 * @param address what clients put into the To of their messages. Absolute, a {@code net.tcp} URI; or relative to the server's base address
 * @param handler who handles its messages
 * @param bindingOrNull its settings; null: those of the server
 * @param listenUriOrNull where it listens, and so what clients must give as their via, if that is not its address; absolute or relative, too
 * @param listenUriMode whether the address to listen at is taken as it is, or made unique. A unique one is the endpoint's address as well,
 *     unless a {@code listenUri} was given
 * @param inheritsBaseAddressSettings whether it joins the listener whose address its own lies below, whatever their settings; see
 *     {@link #inheritingBaseAddressSettings()}
 */
public record ServiceEndpoint(
        String address,
        MessageHandler handler,
        @Nullable NetTcpBinding bindingOrNull,
        @Nullable String listenUriOrNull,
        ListenUriMode listenUriMode,
        boolean inheritsBaseAddressSettings) {

    /** Refuses what is missing. */
    public ServiceEndpoint {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(listenUriMode, "listenUriMode");
    }

    /** An endpoint with the binding of its server, which listens at its address. */
    public static ServiceEndpoint of(String address, MessageHandler handler) {
        return new ServiceEndpoint(address, handler, null, null, ListenUriMode.EXPLICIT, false);
    }

    /** Its settings, where they are not those of its server. */
    public Optional<NetTcpBinding> binding() {
        return Optional.ofNullable(bindingOrNull);
    }

    /** Where it listens, if that is not its address. */
    public Optional<String> listenUri() {
        return Optional.ofNullable(listenUriOrNull);
    }

    /** With settings of its own. */
    public ServiceEndpoint withBinding(NetTcpBinding binding) {
        return new ServiceEndpoint(
                address,
                handler,
                Objects.requireNonNull(binding, "binding"),
                listenUriOrNull,
                listenUriMode,
                inheritsBaseAddressSettings);
    }

    /** Listening elsewhere than at its address. */
    public ServiceEndpoint withListenUri(String uri) {
        return new ServiceEndpoint(
                address,
                handler,
                bindingOrNull,
                Objects.requireNonNull(uri, "listenUri"),
                listenUriMode,
                inheritsBaseAddressSettings);
    }

    /** With the address to listen at taken as it is, or made unique. */
    public ServiceEndpoint withListenUriMode(ListenUriMode mode) {
        return new ServiceEndpoint(address, handler, bindingOrNull, listenUriOrNull, mode, inheritsBaseAddressSettings);
    }

    /**
     * For metadata endpoints, as WCF has it: the endpoint joins the listener that is there, whatever its own binding says, and never makes the
     * others move.
     *
     * <p>The listener decides what happens before there is a session: portSharingEnabled, channelInitializationTimeout, listenBacklog,
     * maxPendingConnections, maxPendingAccepts, connectionBufferSize, maxOutputDelay, and idleTimeout and maxOutboundConnectionsPerEndpoint of
     * connectionPoolSettings. Of this endpoint's binding all the rest applies: security, transferMode, hostNameComparisonMode, the other
     * timeouts, sizes and quotas. If no listener has an address above its own, it gets one with the settings of its binding.
     */
    public ServiceEndpoint inheritingBaseAddressSettings() {
        return new ServiceEndpoint(address, handler, bindingOrNull, listenUriOrNull, listenUriMode, true);
    }
}
