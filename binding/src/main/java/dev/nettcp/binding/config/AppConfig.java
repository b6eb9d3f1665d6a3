package dev.nettcp.binding.config;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.transport.tls.EndpointIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The {@code <system.serviceModel>} of a .NET configuration file: {@code app.config}, {@code web.config}, or what {@code svcutil} writes.
 * Immutable; the file is read once.
 *
 * <pre>
 * AppConfig config = AppConfig.read(Path.of("app.config"));
 * NetTcpBinding binding = config.binding("secure").binding();
 * NetTcpServer server = config.service("Acme.Shop").server(Map.of("Acme.IOrders", orders)).open();
 * </pre>
 *
 * Unknown elements, attributes and values are refused, as by .NET. What is known and has no meaning here is listed as ignored, with the reason.
 * What cannot be had and would be missed, security above all, is refused.
 */
public final class AppConfig {
    private final ServiceModel model;
    private final Optional<UnaryOperator<TransportSecurity>> certificates;

    private AppConfig(ServiceModel model, Optional<UnaryOperator<TransportSecurity>> certificates) {
        this.model = model;
        this.certificates = certificates;
    }

    /**
     * Reads the file, and the files that its sections name as their {@code configSource}, which must lie in the same directory or below.
     *
     * @throws IOException if one of them cannot be read
     * @throws AppConfigException if one of them is no configuration file
     */
    public static AppConfig read(Path file) throws IOException {
        return new AppConfig(ServiceModel.read(file), Optional.empty());
    }

    /**
     * With what WCF keeps in the stores of Windows, and therefore is not in the file: certificates with their keys, and whom to trust. Is applied
     * to every binding with TLS, after the credential type and the versions of TLS from the file are there.
     */
    public AppConfig withTransportSecurity(UnaryOperator<TransportSecurity> addition) {
        return new AppConfig(model, Optional.of(addition));
    }

    /**
     * The binding of this name, of {@code <netTcpBinding>} or {@code <customBinding>}.
     *
     * @param name empty for the default binding, the {@code <binding>} of {@code <netTcpBinding>} without a name; if the file has none, this is
     *     WCF's default, whose security does not exist here
     * @throws AppConfigException if there is none of this name, or it cannot be had
     */
    public ConfiguredBinding binding(String name) {
        XmlElement plain = name.isEmpty()
                ? model.defaultBinding()
                : model.find("netTcpBinding", name).orElse(null);
        Optional<XmlElement> custom = name.isEmpty() ? Optional.empty() : model.find("customBinding", name);
        if (plain != null && custom.isPresent()) {
            throw custom.get()
                    .problem("\"%s\" is the name of a netTcpBinding on line %d, too; rename one of them"
                            .formatted(name, plain.line()));
        }
        if (plain == null && custom.isEmpty()) {
            throw model.noBinding(name);
        }
        List<IgnoredSetting> ignored = new ArrayList<>();
        NetTcpBinding binding = plain != null
                ? build(plain, ignored, NetTcpBindingSection::read)
                : build(custom.orElseThrow(), ignored, CustomBindingSection::read);
        return new ConfiguredBinding(binding, ignored);
    }

    /**
     * The service of this name.
     *
     * @throws AppConfigException if there is none of this name, or it says what cannot be had
     */
    public ConfiguredService service(String name) {
        return new ServiceSection(this, model).read(name);
    }

    /**
     * The endpoint of {@code <client>} with this name.
     *
     * @param name may be empty if there is one endpoint only
     * @throws AppConfigException if there is none of this name, it is not one of net.tcp, or it says what cannot be had
     */
    public ConfiguredClient client(String name) {
        return new ClientSection(this, model).read(name);
    }

    /** With an identity that an endpoint of a client names; what the program says goes before it. */
    AppConfig expecting(EndpointIdentity identity) {
        UnaryOperator<TransportSecurity> program = certificates.orElse(UnaryOperator.identity());
        return new AppConfig(model, Optional.of(tls -> program.apply(tls.withServiceIdentity(identity))));
    }

    /** Whether the program has said whom to trust, so that the file is not asked. */
    boolean hasTransportSecurity() {
        return certificates.isPresent();
    }

    /** The binding of an endpoint; {@code kind} is netTcpBinding or customBinding, and an empty name the default one. */
    NetTcpBinding binding(String kind, String name, Section endpoint, List<IgnoredSetting> ignored) {
        if (name.isEmpty() && kind.equals("netTcpBinding")) {
            XmlElement found = model.defaultBinding();
            return build(found, ignored, NetTcpBindingSection::read);
        }
        XmlElement found = model.find(kind, name)
                .orElseThrow(() -> endpoint.problem("bindingConfiguration: there is no %s \"%s\"%s"
                        .formatted(kind, name, Nearest.hint(name, model.bindingNames(kind)))));
        return build(
                found, ignored, kind.equals("customBinding") ? CustomBindingSection::read : NetTcpBindingSection::read);
    }

    private interface Reader {
        void read(Section section, NetTcpBinding.Builder builder, StreamSecurity security);
    }

    private NetTcpBinding build(XmlElement element, List<IgnoredSetting> ignored, Reader reader) {
        return build(
                element,
                builder -> reader.read(
                        new Section(element, ignored),
                        builder,
                        new StreamSecurity(certificates.orElse(UnaryOperator.identity()))));
    }

    private static NetTcpBinding build(XmlElement element, Consumer<NetTcpBinding.Builder> settings) {
        NetTcpBinding.Builder builder = NetTcpBinding.builder();
        settings.accept(builder);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw element.problem(String.valueOf(e.getMessage()), e);
        }
    }
}
