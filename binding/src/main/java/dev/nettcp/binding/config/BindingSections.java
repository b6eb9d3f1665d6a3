package dev.nettcp.binding.config;

import static dev.nettcp.binding.config.Texts.unlessZero;

import dev.nettcp.binding.ConnectionPoolSettings;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.ReaderQuotas;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.framing.via.HostNameComparisonMode;
import java.util.function.BiFunction;

/** What {@code <netTcpBinding>} and {@code <customBinding>} have in common. */
final class BindingSections {
    private BindingSections() {}

    /** The attributes that every binding of WCF has. */
    static void timeouts(Section binding, NetTcpBinding.Builder builder) {
        binding.text("name");
        binding.set("openTimeout", TimeSpans::parse, builder::openTimeout);
        binding.set("closeTimeout", TimeSpans::parse, builder::closeTimeout);
        binding.set("sendTimeout", TimeSpans::parse, builder::sendTimeout);
        binding.set("receiveTimeout", TimeSpans::parse, builder::receiveTimeout);
    }

    /** The attributes that {@code <netTcpBinding>} has from {@code <tcpTransport>}. */
    static void transport(Section transport, NetTcpBinding.Builder builder) {
        transport.set("transferMode", Texts.memberOf(TransferMode.class), builder::transferMode);
        transport.set(
                "hostNameComparisonMode",
                Texts.memberOf(HostNameComparisonMode.class),
                builder::hostNameComparisonMode);
        transport.set("portSharingEnabled", Texts::bool, builder::portSharingEnabled);
        transport.set("listenBacklog", Texts::int32, unlessZero(builder::listenBacklog));
        transport.set("maxBufferPoolSize", Texts::int64, builder::maxBufferPoolSize);
        transport.set("maxBufferSize", Texts::int32, builder::maxBufferSize);
        transport.set("maxReceivedMessageSize", Texts::int64, builder::maxReceivedMessageSize);
    }

    /** A quota of 0 is the default one. */
    static void readerQuotas(Section parent, NetTcpBinding.Builder builder) {
        parent.child("readerQuotas").ifPresent(quotas -> {
            ReaderQuotas all = new ReaderQuotas();
            all = quota(quotas, "maxDepth", all, ReaderQuotas::maxDepth);
            all = quota(quotas, "maxStringContentLength", all, ReaderQuotas::maxStringContentLength);
            all = quota(quotas, "maxArrayLength", all, ReaderQuotas::maxArrayLength);
            all = quota(quotas, "maxBytesPerRead", all, ReaderQuotas::maxBytesPerRead);
            all = quota(quotas, "maxNameTableCharCount", all, ReaderQuotas::maxNameTableCharCount);
            builder.readerQuotas(all);
            quotas.done();
        });
    }

    private static ReaderQuotas quota(
            Section quotas, String name, ReaderQuotas before, BiFunction<ReaderQuotas, Integer, ReaderQuotas> setter) {
        return quotas.value(name, text -> {
                    int quota = Texts.int32(text);
                    return quota == 0 ? before : setter.apply(before, quota);
                })
                .orElse(before);
    }

    static void connectionPool(Section transport, NetTcpBinding.Builder builder) {
        transport.child("connectionPoolSettings").ifPresent(pool -> {
            ConnectionPoolSettings defaults = ConnectionPoolSettings.DEFAULT;
            ConnectionPoolSettings settings;
            try {
                settings = new ConnectionPoolSettings(
                        pool.text("groupName").orElse(defaults.groupName()),
                        pool.value("idleTimeout", TimeSpans::parse).orElse(defaults.idleTimeout()),
                        pool.value("leaseTimeout", TimeSpans::parse).orElse(defaults.leaseTimeout()),
                        pool.value("maxOutboundConnectionsPerEndpoint", Texts::int32)
                                .orElse(defaults.maxOutboundConnectionsPerEndpoint()));
            } catch (AppConfigException e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw pool.element().problem(String.valueOf(e.getMessage()), e);
            }
            builder.connectionPoolSettings(settings);
            pool.done();
        });
    }
}
