package dev.nettcp.binding.config;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.transport.tls.EndpointIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an {@code <endpoint>} of {@code <client>}. */
final class ClientSection {
    private static final String NOBODY = "without security nobody proves who he is";

    private final AppConfig config;
    private final ServiceModel model;
    private final List<IgnoredSetting> ignored = new ArrayList<>();

    ClientSection(AppConfig config, ServiceModel model) {
        this.config = config;
        this.model = model;
    }

    ConfiguredClient read(String name) {
        Section endpoint = new Section(find(name), ignored);
        ignored.addAll(model.otherSections());
        String kind = endpoint.required("binding");
        if (!kind.equals("netTcpBinding") && !kind.equals("customBinding")) {
            throw endpoint.problem(
                    "binding: the value \"%s\" is not net.tcp; netTcpBinding and customBinding are".formatted(kind));
        }
        Optional<Section> identity = endpoint.child("identity");
        Optional<EndpointIdentity> dns = identity.flatMap(section -> section.child("dns"))
                .map(section -> {
                    String value = section.required("value");
                    section.done();
                    return EndpointIdentity.dns(value);
                });
        AppConfig expecting = dns.map(config::expecting).orElse(config);
        NetTcpBinding binding =
                expecting.binding(kind, endpoint.textOrEmpty("bindingConfiguration"), endpoint, ignored);
        boolean secured = binding.security() != SecurityMode.NONE;
        identity.ifPresent(section -> otherIdentities(section, secured));
        EndpointSections.common(endpoint);
        endpoint.ignore("kind", "it is for standard endpoints");
        endpoint.child("headers").ifPresent(headers -> {
            if (!headers.element().children().isEmpty()) {
                throw headers.problem("of an address are not implemented; put them into the messages");
            }
        });
        Behaviors behaviors = new Behaviors(ignored, config.hasTransportSecurity(), secured);
        model.behavior("endpointBehaviors", endpoint.textOrEmpty("behaviorConfiguration"), endpoint)
                .ifPresent(behaviors::ofEndpoint);
        String address = endpoint.required("address").strip();
        String contract = endpoint.textOrEmpty("contract");
        endpoint.done();
        return new ConfiguredClient(address, binding, contract, ignored);
    }

    private XmlElement find(String name) {
        List<XmlElement> all = model.clientEndpoints();
        List<XmlElement> found = all.stream()
                .filter(one -> name.isEmpty()
                        || one.attributes().getOrDefault("name", "").equals(name))
                .toList();
        if (found.size() != 1) {
            List<String> names = all.stream()
                    .map(one -> one.attributes().getOrDefault("name", ""))
                    .toList();
            throw model.element()
                    .problem("has %s client endpoint \"%s\"; there are %s%s"
                            .formatted(
                                    found.isEmpty() ? "no" : "more than one", name, names, Nearest.hint(name, names)));
        }
        return found.get(0);
    }

    /** With TLS, one that is not understood would let in a service that is not the one that is meant. */
    private void otherIdentities(Section identity, boolean secured) {
        for (String windows : List.of("userPrincipalName", "servicePrincipalName")) {
            identity.ignoreChild(
                    windows, secured ? "it is for Windows authentication; TLS looks at the certificate" : NOBODY);
        }
        for (String certificate : List.of("certificate", "certificateReference", "rsa")) {
            if (secured && !config.hasTransportSecurity()) {
                identity.child(certificate).ifPresent(found -> {
                    throw found.problem(
                            "as an identity is not read; say whose certificate is expected with withTransportSecurity"
                                    + " and withServiceIdentity");
                });
            }
            identity.ignoreChild(certificate, secured ? "withTransportSecurity says whom to trust" : NOBODY);
        }
        if (!secured) {
            identity.ignoreChild("dns", NOBODY);
        }
        identity.done();
    }
}
