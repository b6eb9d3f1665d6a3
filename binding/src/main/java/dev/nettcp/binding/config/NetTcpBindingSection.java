package dev.nettcp.binding.config;

import static dev.nettcp.binding.config.Texts.unlessZero;

import dev.nettcp.binding.NetTcpBinding;
import java.util.Optional;

/** {@code <binding>} of {@code <netTcpBinding>}. */
final class NetTcpBindingSection {
    private NetTcpBindingSection() {}

    static void read(Section binding, NetTcpBinding.Builder builder, StreamSecurity security) {
        BindingSections.timeouts(binding, builder);
        BindingSections.transport(binding, builder);
        binding.set("maxConnections", Texts::int32, unlessZero(builder::maxConnections));
        binding.set("transactionFlow", Texts::bool, builder::transactionFlow);
        binding.ignore("transactionProtocol", "transactions do not flow");
        BindingSections.readerQuotas(binding, builder);
        binding.child("reliableSession").ifPresent(session -> {
            session.set("enabled", Texts::bool, builder::reliableSession);
            session.ignore("ordered", "the reliable session is not enabled");
            session.ignore("inactivityTimeout", "the reliable session is not enabled");
            session.done();
        });
        Optional<Section> itsSecurity = binding.child("security");
        binding.done(); // a typing error is told before what it may lead to
        security.ofNetTcpBinding(binding, itsSecurity, builder);
    }
}
