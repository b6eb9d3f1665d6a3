package dev.nettcp.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whose certificate it is: WCF's identity check, name for name. */
class EndpointIdentityTest {

    private static final ViaUri VIA = ViaUri.parse("net.tcp://www.example.org/x");

    @Test
    void theNamesAreThoseOfTheAlternativeNameElseTheCommonName() throws CertificateParsingException {
        assertThat(DnsNames.of(certificate("CN=c.example", "a.example", "b.example")))
                .containsExactly("a.example", "b.example");
        assertThat(DnsNames.of(certificate("CN=c.example, O=d.example"))).containsExactly("c.example");
        assertThat(DnsNames.of(certificate("O=Some\\, thing, CN=c.example"))).containsExactly("c.example");
        assertThat(DnsNames.of(certificate("O=d.example"))).isEmpty();
    }

    @Test
    void theHostOfTheAddressIsTheNameByDefault() {
        EndpointIdentity identity = EndpointIdentity.ofAddress();
        accepts(identity, certificate("CN=x", "other.example", "WWW.Example.ORG"));
        accepts(identity, certificate("CN=www.example.org"));
        refuses(
                identity,
                certificate("CN=www.example.org", "other.example"),
                "is for [other.example], not for \"www.example.org\"");
        refuses(identity, certificate("O=x"), "is for no DNS name");
    }

    @Test
    void thereAreNoWildcards() {
        refuses(EndpointIdentity.ofAddress(), certificate("CN=x", "*.example.org"), "[*.example.org]");
    }

    @Test
    void aDnsIdentityTakesThePlaceOfTheAddress() {
        EndpointIdentity identity = EndpointIdentity.dns("inner.example");
        accepts(identity, certificate("CN=inner.example"));
        refuses(identity, certificate("CN=www.example.org"), "the expected DNS identity");
    }

    @Test
    void aThumbprintIsComparedAsWindowsAndOthersShowIt() throws CertificateException {
        X509Certificate one = certificate("CN=x");
        String sha1 = EndpointIdentity.Thumbprint.of(one, "SHA-1");
        accepts(EndpointIdentity.thumbprint(sha1), one);
        accepts(
                EndpointIdentity.thumbprint(
                        "\u200e" + sha1.toLowerCase(Locale.ROOT).replaceAll("(..)", "$1 ")),
                one);
        accepts(
                EndpointIdentity.thumbprint(
                        EndpointIdentity.Thumbprint.of(one, "SHA-256").replaceAll("(..)(?=.)", "$1:")),
                one);
        refuses(EndpointIdentity.thumbprint(sha1), certificate("CN=x"), "has the thumbprint");
        assertThatThrownBy(() -> EndpointIdentity.thumbprint("abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("40 hexadecimal digits");
    }

    @Test
    void oneCertificateOrAnyone() {
        X509Certificate one = certificate("CN=x");
        accepts(EndpointIdentity.certificate(one), one);
        refuses(EndpointIdentity.certificate(one), certificate("CN=x"), "another is expected");
        accepts(EndpointIdentity.anyone(), one);
    }

    private static X509Certificate certificate(String subject, String... dnsNames) {
        return TestAuthority.selfSigned(Wish.of(subject).withDnsNames(dnsNames)).certificate();
    }

    private static void accepts(EndpointIdentity identity, X509Certificate certificate) {
        assertThatCode(() -> identity.check(certificate, VIA)).doesNotThrowAnyException();
    }

    private static void refuses(EndpointIdentity identity, X509Certificate certificate, String why) {
        assertThatThrownBy(() -> identity.check(certificate, VIA))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(why);
    }
}
