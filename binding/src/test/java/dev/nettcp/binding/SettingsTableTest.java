package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code docs/settings.md}: all properties of WCF, each with WCF's default, which is also that of a binding. */
class SettingsTableTest {
    private static final Pattern ROW = Pattern.compile("\\| ([a-z][A-Za-z.]*) \\| (.+?) \\| (.+) \\|");
    private static final Pattern PER_PROCESSOR = Pattern.compile("(\\d+) for each processor");

    /** The properties of NetTcpBinding, of its parts, and of the elements of a custom binding over TCP. */
    private static final Map<String, Function<NetTcpBinding, Object>> PROPERTIES = properties();

    private static Map<String, Function<NetTcpBinding, Object>> properties() {
        Map<String, Function<NetTcpBinding, Object>> all = new LinkedHashMap<>();
        all.put("security.transport.protectionLevel", b -> tls().protectionLevel());
        all.put(
                "security.transport.sslProtocols",
                b -> String.join(", ", tls().sslProtocols().stream().sorted().toList()));
        all.put(
                "security.message.clientCredentialType",
                b -> b.messageSecurity().clientCredentialType());
        all.put("security.message.algorithmSuite", b -> b.messageSecurity().algorithmSuite());
        all.put("transferMode", NetTcpBinding::transferMode);
        all.put("hostNameComparisonMode", b -> b.listener().hostNameComparisonMode());
        all.put("portSharingEnabled", b -> b.listener().portSharingEnabled());
        all.put("maxReceivedMessageSize", b -> b.messageLimits().maxReceivedMessageSize());
        all.put("maxBufferSize", b -> b.messageLimits().maxBufferSize());
        all.put("maxBufferPoolSize", b -> b.messageLimits().maxBufferPoolSize());
        all.put("readerQuotas.maxDepth", b -> b.readerQuotas().maxDepth());
        all.put("readerQuotas.maxStringContentLength", b -> b.readerQuotas().maxStringContentLength());
        all.put("readerQuotas.maxArrayLength", b -> b.readerQuotas().maxArrayLength());
        all.put("readerQuotas.maxBytesPerRead", b -> b.readerQuotas().maxBytesPerRead());
        all.put("readerQuotas.maxNameTableCharCount", b -> b.readerQuotas().maxNameTableCharCount());
        all.put("openTimeout", b -> b.timeouts().openTimeout());
        all.put("closeTimeout", b -> b.timeouts().closeTimeout());
        all.put("sendTimeout", b -> b.timeouts().sendTimeout());
        all.put("receiveTimeout", b -> b.timeouts().receiveTimeout());
        all.put("maxConnections", NetTcpBinding::maxConnections);
        all.put("listenBacklog", b -> b.listener().limits().listenBacklog());
        all.put("maxPendingConnections", b -> b.listener().limits().maxPendingConnections());
        all.put("maxPendingAccepts", b -> b.listener().limits().maxPendingAccepts());
        all.put("channelInitializationTimeout", b -> b.listener().channelInitializationTimeout());
        all.put(
                "connectionPoolSettings.groupName",
                b -> b.connectionPoolSettings().groupName());
        all.put(
                "connectionPoolSettings.idleTimeout",
                b -> b.connectionPoolSettings().idleTimeout());
        all.put(
                "connectionPoolSettings.leaseTimeout",
                b -> b.connectionPoolSettings().leaseTimeout());
        all.put(
                "connectionPoolSettings.maxOutboundConnectionsPerEndpoint",
                b -> b.connectionPoolSettings().maxOutboundConnectionsPerEndpoint());
        all.put(
                "serviceThrottle.maxConcurrentSessions",
                b -> b.serviceThrottle().maxConcurrentSessions());
        all.put("serviceThrottle.maxConcurrentCalls", b -> b.serviceThrottle().maxConcurrentCalls());
        all.put("envelopeVersion", b -> "Soap" + b.envelopeVersion().name().substring("SOAP_".length()));
        all.put("scheme", NetTcpBinding::scheme);
        all.put("connectionBufferSize", b -> b.tcpTransport().connectionBufferSize());
        all.put("maxOutputDelay", b -> b.tcpTransport().maxOutputDelay());
        all.put("teredoEnabled", b -> b.tcpTransport().teredoEnabled());
        all.put("manualAddressing", b -> b.tcpTransport().manualAddressing());
        all.put("extendedProtectionPolicy", b -> b.tcpTransport().extendedProtectionPolicy());
        all.put("reliableSession.enabled", b -> b.reliableSession().enabled());
        all.put("reliableSession.ordered", b -> b.reliableSession().ordered());
        all.put("reliableSession.inactivityTimeout", b -> b.reliableSession().inactivityTimeout());
        all.put("transactionFlow", NetTcpBinding::transactionFlow);
        all.put("transactionProtocol", NetTcpBinding::transactionProtocol);
        return all;
    }

    /** Their defaults do not exist here: another value has to be said. */
    private static final Set<String> TO_BE_SAID = Set.of("security.mode", "security.transport.clientCredentialType");

    private static TransportSecurity tls() {
        return TransportSecurity.tls(ClientCredentialType.NONE);
    }

    private static Path document() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/settings.md"))) {
            directory = directory.getParent();
        }
        return directory.resolve("docs/settings.md");
    }

    private static Map<String, String> defaultsInTheTable() {
        Map<String, String> defaults = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(document())) {
                Matcher row = ROW.matcher(line);
                if (row.matches() && !row.group(1).equals("property")) {
                    assertThat(defaults.put(row.group(1), row.group(2)))
                            .as("a second row of %s", row.group(1))
                            .isNull();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return defaults;
    }

    @Test
    void case139_theTableHasEveryProperty() {
        assertThat(defaultsInTheTable().keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(PROPERTIES.keySet().stream(), TO_BE_SAID.stream())
                        .toList());
    }

    static Stream<String> names() {
        return PROPERTIES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void case139_theDefaultOfABindingIsThatOfTheTable(String property) {
        NetTcpBinding binding =
                NetTcpBinding.builder().security(SecurityMode.NONE).build();

        assertThat(written(PROPERTIES.get(property).apply(binding)))
                .isEqualTo(counted(defaultsInTheTable().get(property)));
    }

    @Test
    void case139_theDefaultsThatDoNotExistAreRefusedByName() {
        assertThat(defaultsInTheTable())
                .containsEntry("security.mode", "Transport")
                .containsEntry("security.transport.clientCredentialType", "Windows");
        assertThatThrownBy(() -> NetTcpBinding.builder().build())
                .hasMessageStartingWith("security: TRANSPORT with clientCredentialType WINDOWS (the default)");
    }

    /** What a binding can tell is in the table; whoever adds a setting adds a row. */
    @Test
    void everySettingOfABindingIsInTheTable() {
        Set<String> rows = defaultsInTheTable().keySet().stream()
                .map(row -> row.substring(row.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());

        List<String> settings = Stream.of(
                        Timeouts.class,
                        MessageLimits.class,
                        ListenerSettings.class,
                        TcpTransportSettings.class,
                        ConnectionPoolSettings.class,
                        ServiceThrottle.class,
                        OptionalReliableSession.class,
                        MessageSecurity.class,
                        dev.nettcp.connection.AcceptLimits.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("limits"))
                .toList();
        assertThat(rows).containsAll(settings);
    }

    /** As the table has it. */
    private static String written(Object value) {
        if (value instanceof Duration time) {
            return time.toSeconds() == 0
                    ? time.toMillis() + " ms"
                    : time.toSeconds() < 60 ? time.toSeconds() + " s" : time.toMinutes() + " min";
        }
        return value instanceof Enum<?> constant ? camelCase(constant.name()) : value.toString();
    }

    private static String camelCase(String name) {
        return Arrays.stream(name.split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static String counted(String written) {
        Matcher each = PER_PROCESSOR.matcher(written);
        return each.matches()
                ? Integer.toString(
                        Integer.parseInt(each.group(1)) * Runtime.getRuntime().availableProcessors())
                : written;
    }
}
