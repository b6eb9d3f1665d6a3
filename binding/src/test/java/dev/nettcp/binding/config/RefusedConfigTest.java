package dev.nettcp.binding.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong, or cannot be had, is refused with file, line, element, what was seen and what is allowed. */
class RefusedConfigTest {
    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void prepare() {
        files = new ConfigFiles(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <binding openTimeout='1m'/>                        | <binding> openTimeout: the value "1m" is no time; allowed is a time as .NET writes it
                    <binding sendTimeout='-00:00:01'/>                 | <binding> sendTimeout: the value "-00:00:01" is negative
                    <binding closeTimeout='00:00:00'/>                 | <binding> closeTimeout: the value "00:00:00" is refused: PT0S is not allowed, it must be longer than zero
                    <binding maxConnections='many'/>                   | <binding> maxConnections: the value "many" is no whole number
                    <binding maxConnections='-1'/>                     | <binding> maxConnections: the value "-1" is refused: -1 is not allowed, it must be positive
                    <binding listenBacklog='3000000000'/>              | <binding> listenBacklog: the value "3000000000" does not fit in 31 bits
                    <binding maxReceivedMessageSize='99999999999999999999'/> | <binding> maxReceivedMessageSize: the value "99999999999999999999" does not fit in 63 bits
                    <binding portSharingEnabled='yes'/>                | <binding> portSharingEnabled: the value "yes" is neither true nor false
                    <binding transferMode='Streamd'/>                | <binding> transferMode: the value "Streamd" is not allowed; allowed are [Buffered, Streamed, StreamedRequest, StreamedResponse]; did you mean "Streamed"?
                    <binding transferMode='buffered'/>                 | did you mean "Buffered"?
                    <binding hostNameComparisonMode='Strong'/>         | allowed are [StrongWildcard, Exact, WeakWildcard]
                    <binding maxRecievedMessageSize='1'/>              | <binding> has the unknown attribute maxRecievedMessageSize; known are
                    <binding maxRecievedMessageSize='1'/>              | did you mean "maxReceivedMessageSize"?
                    <binding><readerQuota/></binding>                  | <readerQuota> is unknown in <binding>; known are [readerQuotas, reliableSession, security]; did you mean "readerQuotas"?
                    <binding><readerQuotas maxDepht='3'/></binding>    | did you mean "maxDepth"?
                    <binding><readerQuotas maxDepth='-3'/></binding>   | <readerQuotas> maxDepth: the value "-3" readerQuotas.maxDepth
                    <binding><readerQuotas/><readerQuotas/></binding>  | <readerQuotas> is here twice; the first is on line 5
                    <binding transactionFlow='true'/>                  | <binding> transactionFlow: the value "true" is refused: true is not implemented
                    <binding><reliableSession enabled='true'/></binding> | <reliableSession> enabled: the value "true"
                    <binding><security mode='Message'/></binding>      | <security> mode Message is not implemented; None is, and Transport with clientCredentialType None or Certificate (TLS)
                    <binding><security mode='TransportWithMessageCredential'/></binding> | <security> mode TransportWithMessageCredential is not implemented
                    <binding><security mode='Tls'/></binding>          | allowed are [None, Transport, Message, TransportWithMessageCredential]
                    <binding/>                                         | <binding> means security mode Transport with clientCredentialType Windows
                    <binding><security/></binding>                     | <security> means security mode Transport with clientCredentialType Windows
                    <binding><security><transport clientCredentialType='Windows'/></security></binding> | <transport> means security mode Transport with clientCredentialType Windows
                    <binding><security><transport clientCredentialType='Basic'/></security></binding> | allowed are [None, Windows, Certificate]
                    <binding><security><transport clientCredentialType='None' protectionLevel='Sign'/></security></binding> | <transport> protectionLevel: the value "Sign" does not go with TLS
                    <binding><security><transport clientCredentialType='None' sslProtocols='Ssl3'/></security></binding> | <transport> sslProtocols: the value "Ssl3" has "Ssl3"; allowed are Tls12 and Tls13
                    <binding><security><transport clientCredentialType='None' sslProtocols='Tls'/></security></binding> | has no version of TLS that is safe
                    <binding><security><transport clientCredentialType='None'><extendedProtectionPolicy policyEnforcement='Always'/></transport></security></binding> | <extendedProtectionPolicy> policyEnforcement: the value "Always" is not implemented
                    <binding maxBufferSize='1000'><security mode='None'/></binding> | <binding> maxBufferSize: 1000 differs from maxReceivedMessageSize=65536
                    <binding/><binding/>                               | <binding> without a name is here twice
                    <bindings/>                                        | <bindings> is unknown in <netTcpBinding>; known are <binding>, <clear> and <remove>; did you mean "binding"?
                    """)
    void aNetTcpBindingThatIsWrongIsRefusedAtItsLine(String binding, String message) {
        assertRefused(files.netTcpBinding(binding), "", 5, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <tcpTransport/><binaryMessageEncoding/>                        | 4 | <binding> has its elements in another order
                    <textMessageEncoding/><tcpTransport/>                          | 5 | <textMessageEncoding> is refused: this encoding is not implemented
                    <windowsStreamSecurity/><tcpTransport/>                        | 5 | <windowsStreamSecurity> is refused: security of the stream by Windows' means
                    <security authenticationMode='UserNameOverTransport'/><tcpTransport/> | 5 | <security> is refused: security of messages
                    <reliableSession/><binaryMessageEncoding/><tcpTransport/>      | 5 | <reliableSession> is refused
                    <transactionFlow/><binaryMessageEncoding/><tcpTransport/>      | 5 | <transactionFlow> is refused
                    <binaryMessageEncoding/>                                       | 4 | <binding> has no <tcpTransport>
                    <binaryMessageEncoding/><httpTransport/>                       | 5 | <httpTransport> is refused: only tcpTransport is net.tcp
                    <binaryMessageEncoding compressionFormat='GZip'/><tcpTransport/> | 5 | <binaryMessageEncoding> compressionFormat: the value "GZip" is not implemented
                    <binaryMessageEncoding maxSessionSize='0'/><tcpTransport/>     | 5 | <binaryMessageEncoding> maxSessionSize: the value "0" is not implemented
                    <tcpTransport teredoEnabled='true'/>                           | 5 | <tcpTransport> teredoEnabled: the value "true" is refused
                    <tcpTransport manualAddressing='true'/>                        | 5 | <tcpTransport> manualAddressing: the value "true" is not implemented
                    <tcpTransport><connectionPoolSettings idleTimeout='00:00:00'/></tcpTransport> | 5 | <connectionPoolSettings> connectionPoolSettings.idleTimeout
                    <tcpTransport channelInitialisationTimeout='00:00:05'/>        | 5 | did you mean "channelInitializationTimeout"?
                    <acmeLogging/><tcpTransport/>                                  | 5 | <acmeLogging> is unknown in <binding>; known are [binaryMessageEncoding, sslStreamSecurity, tcpTransport]
                    """)
    void aCustomBindingThatIsNotNetTcpAsSpokenHereIsRefused(String elements, int line, String message) {
        assertRefused(files.customBinding(elements), "x", line, message);
    }

    @Test
    void aBindingThatIsNotThereIsRefusedWithTheNearestName() {
        assertRefused(
                files.file("svcutil.config"),
                "NetTcpBinding_Calculator",
                3,
                "has no netTcpBinding and no customBinding \"NetTcpBinding_Calculator\"; there are"
                        + " [NetTcpBinding_ICalculator]; did you mean \"NetTcpBinding_ICalculator\"?");
    }

    @Test
    void aNameThatTwoBindingsHaveIsRefused() {
        Path file = files.model("""
                <bindings>
                <netTcpBinding><binding name='x'/></netTcpBinding>
                <customBinding><binding name='x'/></customBinding>
                </bindings>""");

        assertRefused(file, "x", 5, "\"x\" is the name of a netTcpBinding on line 4, too");
    }

    @ParameterizedTest
    @CsvSource({"../other.config", "/etc/passwd", "a/../../b.config"})
    void aSectionOutsideTheDirectoryIsNotRead(String source) {
        assertRefused(
                files.model("<bindings configSource='" + source + "'/>"),
                "",
                3,
                "configSource: \"" + source + "\" must be a file in the directory of this one, or below");
    }

    @Test
    void entitiesAreNotReadFromAnywhere() {
        Path secret = files.write("secret.txt", "secret");
        Path file = files.write(
                "evil.config",
                "<!DOCTYPE configuration [<!ENTITY x SYSTEM '" + secret.toUri()
                        + "'>]>\n<configuration>&x;</configuration>");

        assertThatThrownBy(() -> AppConfig.read(file))
                .isInstanceOf(AppConfigException.class)
                .hasMessageContaining("a document type (<!DOCTYPE) is not read");
    }

    @Test
    void nestedEntitiesDoNotGrow() {
        Path file = files.write(
                "laughs.config",
                "<!DOCTYPE c [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><configuration"
                        + " x='&c;'/>");

        assertThatThrownBy(() -> AppConfig.read(file)).isInstanceOf(AppConfigException.class);
    }

    @Test
    void elementsDoNotNestWithoutLimit() {
        Path file = files.write(
                "deep.config", "<configuration>" + "<a>".repeat(100) + "</a>".repeat(100) + "</configuration>");

        assertThatThrownBy(() -> AppConfig.read(file)).hasMessageContaining("nested deeper than 64");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <configuration>                                      | this is not well-formed XML
                    not XML                                              | this is not well-formed XML
                    ''                                                   | this is not well-formed XML
                    <configuration/> trailing                            | this is not well-formed XML
                    <project/>                                           | <project> is not the root of a .NET configuration file
                    <configuration/>                                     | <configuration> has no <system.serviceModel>
                    <configuration><system.serviceModel/><system.serviceModel/></configuration> | has more than one <system.serviceModel>
                    <configuration xmlns:xdt='http://schemas.microsoft.com/XML-Document-Transform'><a xdt:Transform='Replace'/></configuration> | If this is a transformation (xdt), give the transformed file
                    """)
    void whatIsNoConfigurationFileIsRefused(String content, String message) {
        Path file = files.write("some.config", content);

        assertThatThrownBy(() -> AppConfig.read(file))
                .isInstanceOfSatisfying(
                        AppConfigException.class, e -> assertThat(e.file()).isEqualTo(file.toString()))
                .hasMessageContaining(message);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Path file, String binding, int line, String message) {
        return assertThatThrownBy(() -> AppConfig.read(file).binding(binding))
                .isInstanceOf(AppConfigException.class)
                .hasMessageStartingWith(file + ":" + line + ": ")
                .hasMessageContaining(message);
    }
}
