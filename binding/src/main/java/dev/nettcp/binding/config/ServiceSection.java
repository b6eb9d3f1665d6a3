package dev.nettcp.binding.config;

import dev.nettcp.binding.ListenUriMode;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.ServiceThrottle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code <service>}: its endpoints of net.tcp, its base address and its behavior. */
final class ServiceSection {
    private static final String SCHEME = "net.tcp:";

    private final AppConfig config;
    private final ServiceModel model;
    private final List<IgnoredSetting> ignored = new ArrayList<>();

    ServiceSection(AppConfig config, ServiceModel model) {
        this.config = config;
        this.model = model;
    }

    ConfiguredService read(String name) {
        Section service = new Section(model.service(name), ignored);
        ignored.addAll(model.otherSections());
        service.text("name");
        Optional<String> baseAddress = service.child("host").flatMap(this::host);
        List<ConfiguredEndpoint> endpoints = new ArrayList<>();
        service.children("endpoint").forEach(endpoint -> endpoint(endpoint).ifPresent(endpoints::add));
        Behaviors behaviors = new Behaviors(ignored, config.hasTransportSecurity(), isSecured(endpoints));
        Optional<XmlElement> behavior =
                model.behavior("serviceBehaviors", service.textOrEmpty("behaviorConfiguration"), service);
        behavior.ifPresent(behaviors::ofService);
        service.done();
        Optional<ServiceThrottle> throttle = behaviors.throttle();
        return new ConfiguredService(
                name, baseAddress, endpoints, throttle, behaviors.includeExceptionDetailInFaults(), ignored);
    }

    private static boolean isSecured(List<ConfiguredEndpoint> endpoints) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.binding().security() != SecurityMode.NONE);
    }

    private Optional<String> host(Section host) {
        Optional<String> address = host.child("baseAddresses").flatMap(this::baseAddress);
        host.ignoreChild("timeouts", "the close timeout of the bindings counts, and the time that is given to close");
        host.done();
        return address;
    }

    private Optional<String> baseAddress(Section baseAddresses) {
        List<String> ours = new ArrayList<>();
        for (Section add : baseAddresses.children("add")) {
            String address = add.required("baseAddress").strip();
            if (address.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
                ours.add(address);
            } else {
                add.ignore("baseAddress", "\"%s\" is not one of net.tcp".formatted(address));
            }
            if (ours.size() > 1) {
                throw add.problem("is the second base address of net.tcp; a service has one for each scheme at most");
            }
            add.done();
        }
        baseAddresses.done();
        return ours.stream().findFirst();
    }

    private Optional<ConfiguredEndpoint> endpoint(Section endpoint) {
        String kind = endpoint.text("binding").orElse("");
        String contract = endpoint.textOrEmpty("contract");
        Optional<NetTcpBinding> binding = binding(endpoint, kind);
        if (binding.isEmpty()) {
            return Optional.empty();
        }
        EndpointSections.common(endpoint);
        endpoint.ignore("isSystemEndpoint", "nothing is listed by it here");
        endpoint.ignoreChild("identity", "it is for the WSDL, which is not made here");
        endpoint.ignoreChild("headers", "endpoints are told apart by their addresses alone");
        behavior(endpoint);
        ConfiguredEndpoint configured = new ConfiguredEndpoint(
                endpoint.element().file(),
                endpoint.element().line(),
                contract,
                endpoint.textOrEmpty("address").strip(),
                endpoint.text("listenUri"),
                endpoint.value("listenUriMode", Texts.memberOf(ListenUriMode.class))
                        .orElse(ListenUriMode.EXPLICIT),
                binding.get());
        endpoint.done();
        if (configured.isMetadata()) {
            endpoint.ignore(
                    "contract", "metadata is not made here; the endpoint is opened if a handler is given for it");
        }
        return Optional.of(configured);
    }

    /** Empty if the endpoint is none of net.tcp, which is on the list then. */
    private Optional<NetTcpBinding> binding(Section endpoint, String kind) {
        if (endpoint.text("kind").isPresent()) {
            endpoint.ignore("kind", "standard endpoints are not opened");
            return Optional.empty();
        }
        String name = endpoint.textOrEmpty("bindingConfiguration");
        if (kind.equals("mexTcpBinding")) {
            endpoint.ignore("bindingConfiguration", "mexTcpBinding has its defaults here");
        }
        return switch (kind) {
            case "netTcpBinding" -> Optional.of(config.binding(kind, name, endpoint, ignored));
            case "customBinding" -> custom(endpoint, name);
            case "mexTcpBinding" ->
                Optional.of(NetTcpBinding.builder().security(SecurityMode.NONE).build());
            case "" -> throw endpoint.problem("has no binding");
            default -> {
                endpoint.ignore("binding", kind + " is not net.tcp; the endpoint is not opened");
                yield Optional.empty();
            }
        };
    }

    private Optional<NetTcpBinding> custom(Section endpoint, String name) {
        Optional<XmlElement> found = model.find("customBinding", name);
        boolean foreign =
                found.isPresent() && found.get().children("tcpTransport").isEmpty();
        if (foreign) {
            endpoint.ignore("binding", "this customBinding is not net.tcp; the endpoint is not opened");
            return Optional.empty();
        }
        return Optional.of(config.binding("customBinding", name, endpoint, ignored));
    }

    private void behavior(Section endpoint) {
        Behaviors behaviors = new Behaviors(ignored, config.hasTransportSecurity(), true);
        model.behavior("endpointBehaviors", endpoint.textOrEmpty("behaviorConfiguration"), endpoint)
                .ifPresent(behaviors::ofEndpoint);
    }
}
