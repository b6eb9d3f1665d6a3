package dev.nettcp.binding.config;

import dev.nettcp.binding.ListenUriMode;
import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.ServiceEndpoint;
import java.util.Optional;

/**
 * An endpoint of a {@link ConfiguredService}.
 *
 * @param file where it is
 * @param line where it is
 * @param contract as in the file
 * @param address absolute, or relative to the base address
 * @param listenUri where it listens, if not at its address
 * @param listenUriMode whether the address is made unique
 * @param binding its settings
 */
public record ConfiguredEndpoint(
        String file,
        int line,
        String contract,
        String address,
        Optional<String> listenUri,
        ListenUriMode listenUriMode,
        NetTcpBinding binding) {
    static final String METADATA = "IMetadataExchange";

    /** Whether it is for WSDL and the like. */
    public boolean isMetadata() {
        return contract.equals(METADATA);
    }

    ServiceEndpoint servedBy(MessageHandler handler) {
        ServiceEndpoint endpoint =
                ServiceEndpoint.of(address, handler).withBinding(binding).withListenUriMode(listenUriMode);
        ServiceEndpoint listening = listenUri.map(endpoint::withListenUri).orElse(endpoint);
        return isMetadata() ? listening.inheritingBaseAddressSettings() : listening;
    }
}
