package dev.nettcp.binding.config;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import java.util.List;

/**
 * An endpoint of {@code <client>} out of a configuration file.
 *
 * @param address of the service
 * @param binding its settings, with the identity of the service that the endpoint names
 * @param contract as in the file
 * @param ignored what has no meaning here, and why
 */
public record ConfiguredClient(String address, NetTcpBinding binding, String contract, List<IgnoredSetting> ignored) {
    /** Immutable. */
    public ConfiguredClient {
        ignored = List.copyOf(ignored);
    }

    /** A client of that service. */
    public NetTcpClient connect() {
        return NetTcpClient.to(address, binding);
    }
}
