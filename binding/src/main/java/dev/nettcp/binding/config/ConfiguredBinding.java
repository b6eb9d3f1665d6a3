package dev.nettcp.binding.config;

import dev.nettcp.binding.NetTcpBinding;
import java.util.List;

/**
 * A binding out of a configuration file.
 *
 * @param binding with everything the file says that has a meaning here
 * @param ignored what has none, and why; never something that would make the binding weaker
 */
public record ConfiguredBinding(NetTcpBinding binding, List<IgnoredSetting> ignored) {
    /** Immutable. */
    public ConfiguredBinding {
        ignored = List.copyOf(ignored);
    }
}
